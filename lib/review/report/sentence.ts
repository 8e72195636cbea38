import { kindOf } from "../kinds/kinds";
import type { Review } from "../review";
import { say, words } from "../words/text";
import { counted } from "../../diagnostics/words";
import type { Sentence } from "../words/text";
import type { ChangeGroup } from "./change-group";

/** A group of changes in one sentence, without a final period. */
export function sentence(group: ChangeGroup, review: Review): Sentence {
  const said = kindOf(group.example).sentence(group.example, group, review);
  if (group.unlike === 0) return said;
  return say`${said} (unlike ${words(counted(group.unlike, "other account"))})`;
}
