import type { Review } from "../../review";
import type { ChangeGroup } from "../change-group";
import { say, words } from "../text";
import { counted } from "../../../diagnostics/words";
import type { Sentence } from "../text";
import { edgeSentence, reachSentence } from "./access-sentence";
import {
  assertionSentence,
  safeguardSentence,
  pipelineSentence,
  providerSentence,
  quotaSentence,
  unknownSentence,
} from "./control-sentence";
import { existenceSentence, replacementSentence } from "./existence-sentence";
import { escalationSentence, permissionSentence } from "./permission-sentence";
import { instanceProfileSentence, terraformSentence } from "./terraform-sentence";
import {
  boundarySentence,
  externalIdSentence,
  sessionSentence,
  trustSentence,
} from "./role-sentence";

/** A group of changes in one sentence, without a final period. */
export function sentence(group: ChangeGroup, review: Review): Sentence {
  const said = sentenceOf(group, review);
  if (group.unlike === 0) return said;
  return say`${said} (unlike ${words(counted(group.unlike, "other account"))})`;
}

function sentenceOf(group: ChangeGroup, review: Review): Sentence {
  const { example } = group;
  switch (example.kind) {
    case "reach":
      return reachSentence(example, group, review);
    case "edge":
      return edgeSentence(example, group, review);
    case "trust":
      return trustSentence(example, group, review);
    case "permissions":
      return permissionSentence(example, group, review);
    case "escalation":
      return escalationSentence(example, group, review);
    case "session":
      return sessionSentence(example, group, review);
    case "boundary":
      return boundarySentence(example, group, review);
    case "external-id":
      return externalIdSentence(example, group, review);
    case "existence":
      return existenceSentence(example, group, review);
    case "replacement":
      return replacementSentence(example, group, review);
    case "assertion":
      return assertionSentence(example);
    case "quota":
      return quotaSentence(example, group, review);
    case "safeguard":
      return safeguardSentence(example);
    case "pipeline":
      return pipelineSentence(example, review);
    case "provider":
      return providerSentence(example, group, review);
    case "instance-profile":
      return instanceProfileSentence(example, group, review);
    case "terraform":
      return terraformSentence(example, group, review);
    case "unknown":
      return unknownSentence(example, group, review);
  }
}
