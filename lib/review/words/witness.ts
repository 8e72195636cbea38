import { isKeyOfName } from "../../access/callers/caller-identity";
import type { WitnessText } from "../compare/witness-text";
import { withPlaceholders } from "./likeness";
import { callerEntity } from "./names";
import { listed, say, words } from "./text";
import type { Sentence } from "./text";
import type { ToldGroup, ToldReview } from "./told";

/** A request that shows a change: the caller, and the parts of the request that decide. */
export function witness(
  what: string,
  shown: WitnessText | undefined,
  group: ToldGroup,
  review: ToldReview,
): Sentence {
  if (shown === undefined) return [];
  const foreign = shown.foreign === true ? " a caller from an account that is not in the map" : "";
  return say`; ${words(what)}${words(foreign)}, for example: ${requestOf(shown, group, review)}`;
}

function requestOf(shown: WitnessText, group: ToldGroup, review: ToldReview): Sentence {
  const { request, caller, who, action, resource } = shown;
  const text = placeholders(group, review);
  if (caller !== undefined) {
    const by = action === undefined || USUAL.has(action) ? [] : say`, by ${action}`;
    const called = callerEntity(caller, who, group, review);
    return say`${called}${keysOf(shown, text)}${by}`;
  }
  if (action === undefined || resource === undefined) return say`${text(request)}`;
  return say`${action} on ${text(resource)}${keysOf(shown, text)}`;
}

/** The actions that assume roles; only other actions are named. */
const USUAL: ReadonlySet<string> = new Set([
  "sts:AssumeRole",
  "sts:AssumeRoleWithSAML",
  "sts:AssumeRoleWithWebIdentity",
]);

function keysOf(
  { with: having = {}, without = [], who }: WitnessText,
  text: (value: string) => string,
): Sentence {
  // The name of the caller already says what these keys say.
  const others = Object.entries(having).filter(
    ([key]) => who === undefined || !isKeyOfName(who, key),
  );
  const parts = [
    ...others.map(
      ([key, values]) => say`with ${key} ${listed(values.map((value) => say`${text(value)}`))}`,
    ),
    ...without.map((key) => say`without ${key}`),
  ];
  return parts.length === 0 ? [] : say` ${listed(parts)}`;
}

/** In a group, texts are shown without the account of the example. */
function placeholders({ accountIds }: ToldGroup, review: ToldReview): (text: string) => string {
  const [account] = accountIds;
  if (accountIds.length < 2 || account === undefined) return (text) => text;
  return (text) => withPlaceholders(text, account, review);
}
