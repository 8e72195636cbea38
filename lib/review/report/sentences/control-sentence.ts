import type {
  AssertionChange,
  SafeguardChange,
  PipelineChange,
  ProviderChange,
  QuotaChange,
  UnknownChange,
} from "../../kinds/access-change";
import type { Review } from "../../review";
import type { ChangeGroup } from "../change-group";
import { accountsOf, entity, entityName, groupEntity } from "../names";
import { listed, listedNames, say, words } from "../text";
import type { Sentence } from "../text";

/** An assertion that would no longer hold. */
export function assertionSentence({ assertion, message }: AssertionChange): Sentence {
  return say`the assertion ${assertion} would no longer hold: ${message}`;
}

/** A quota that is nearly used up. */
export function quotaSentence(
  { subject, rule, used, limit, unit }: QuotaChange,
  group: ChangeGroup,
  review: Review,
): Sentence {
  const percent = limit > 0 ? Math.floor((100 * used) / limit) : 100;
  return say`${groupEntity(subject, group, review)} is near a quota: ${used} of ${limit} ${unit} (${percent}%, rule ${rule})`;
}

const SAFEGUARDS: Readonly<
  Record<Exclude<SafeguardChange["what"], "place" | "program" | "data" | "tool-files">, string>
> = {
  "gate-rule": "gate rule",
  assertion: "assertion",
  acknowledgement: "acknowledgement",
  "control-policies": "record of control policies",
};

/** A safeguard was changed. */
export function safeguardSentence({ what, direction, name }: SafeguardChange): Sentence {
  switch (what) {
    case "place":
      return say`an account moves: ${name}; from then on, other gate rules can apply to it`;
    case "program":
      return say`the program that creates or deploys the Terraform changes: ${name}; review the files themselves`;
    case "data":
      return say`files that no comparison covers change: ${name}; review the files themselves`;
    case "tool-files":
      return say`${name}: committed in a folder that only tools write, so nothing there can be trusted; remove them with ${"git rm -r --cached"}`;
    default:
      break;
  }
  const done = { gained: "is added", lost: "is removed", edited: "is edited" }[direction];
  return say`the ${words(SAFEGUARDS[what])} ${name} ${words(done)}; the base's safeguards decide on this change`;
}

/** The pipeline would lock itself out. */
export function pipelineSentence({ role, message }: PipelineChange, review: Review): Sentence {
  return say`the pipeline loses access to ${entity(role, review)}: ${message}`;
}

/** Whose tokens or assertions an identity provider accepts now. */
export function providerSentence(
  { provider, what, added, removed, change, reason = "no reason is given" }: ProviderChange,
  group: ChangeGroup,
  review: Review,
): Sentence {
  const of = groupEntity(provider, group, review);
  if (change === "unknown") return say`${of} could not be compared: ${reason}`;
  if (change === "equivalent") return say`${of} is rewritten; same access`;
  if (what === "metadata") {
    return say`${of} gets other metadata: it might accept assertions from another issuer`;
  }
  const parts = [
    added.length === 0 ? [] : say`now accepts tokens for the audience ${listedNames(added)}`,
    removed.length === 0 ? [] : say`no longer those for ${listedNames(removed)}`,
  ].filter((each) => each.length > 0);
  return say`${of} ${listed(parts)}`;
}

/** What could not be compared. */
export function unknownSentence(
  { subject, reason }: UnknownChange,
  group: ChangeGroup,
  review: Review,
): Sentence {
  if (group.accountIds.length < 2) {
    const what = entityName(subject).what === "other" ? say`${subject}` : entity(subject, review);
    return say`${what} could not be compared: ${reason}`;
  }
  // A stack is called by the key of its account, and the accounts say it.
  const shown = subject.startsWith("arn:")
    ? groupEntity(subject, group, review)
    : accountsOf(group, review);
  return say`${shown} could not be compared: ${reason}`;
}
