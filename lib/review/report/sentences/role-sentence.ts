import { formatDuration } from "../../../account-map/model/duration";
import type {
  BoundaryChange,
  ExternalIdChange,
  SessionChange,
  TrustChange,
  TrustedEntry,
  ComparisonResult,
} from "../../kinds/access-change";
import type { Review } from "../../review";
import { entryWords } from "../callers/terms-words";
import type { ChangeGroup } from "../change-group";
import { withPlaceholders } from "../likeness";
import { callerNames, groupEntity, policyName } from "../names";
import { listed, listedNames, say, words } from "../text";
import type { Sentence } from "../text";
import { witness } from "./witness-sentence";

/** How a trust policy changes, with a request that shows it. */
export function trustSentence(change: TrustChange, group: ChangeGroup, review: Review): Sentence {
  const role = groupEntity(change.role, group, review);
  const { gained, lost, reason = "" } = change;
  const shown = say`${witness("now allows", gained, group, review)}${witness("no longer allows", lost, group, review)}${entriesWords(change, group, review)}`;
  switch (change.change) {
    case "widened":
      return say`trust policy of ${role} widens access${shown}`;
    case "narrowed":
      return say`trust policy of ${role} narrows access${shown}`;
    case "changed":
      return say`trust policy of ${role} allows other callers${shown}`;
    case "equivalent":
      return say`trust policy of ${role} is rewritten; same access`;
    case "unknown":
      return say`trust policy of ${role} could not be compared: ${reason}`;
  }
}

/** Entries of a trust policy that a sentence names on each side; the others are counted. */
const ENTRIES = 4;

/** The callers that only the statements of one side name, with their conditions. */
function entriesWords(
  { added = [], removed = [] }: TrustChange,
  group: ChangeGroup,
  review: Review,
): Sentence {
  const names = callerNames(group, review);
  const side = (lead: string, all: readonly TrustedEntry[]): Sentence => {
    const assuming = new Set(all.filter(assumes).map(callerText));
    // A caller that assumes is named once, without what else it can do in the same call.
    const entries = all.filter((each) => assumes(each) || !assuming.has(callerText(each)));
    if (entries.length === 0) return [];
    const shown = entries.slice(0, ENTRIES).map((each) => entryWords(each, names));
    const hidden = entries.length - shown.length;
    return say`; ${words(lead)} ${listed(hidden > 0 ? [...shown, words(`${hidden} more`)] : shown)}`;
  };
  return say`${side("statements now:", added)}${side("before:", removed)}`;
}

function assumes({ actions }: TrustedEntry): boolean {
  return actions.some((action) => action.startsWith("sts:AssumeRole"));
}

function callerText({ effect, from, caller }: TrustedEntry): string {
  return JSON.stringify([effect, from, caller]);
}

/** How long sessions last, before and after. */
export function sessionSentence(
  { role, before, after }: SessionChange,
  group: ChangeGroup,
  review: Review,
): Sentence {
  const longer = after > before ? "longer" : "shorter";
  return say`sessions of ${groupEntity(role, group, review)} can last ${words(longer)}: ${formatDuration(before)} -> ${formatDuration(after)}`;
}

/** How a permissions boundary changes. */
export function boundarySentence(
  change: BoundaryChange,
  group: ChangeGroup,
  review: Review,
): Sentence {
  const { before, after, reason } = change;
  const of = groupEntity(change.identity, group, review);
  const comes =
    change.change === "unknown"
      ? say`; the effect is unknown: ${reason ?? "no reason is given"}`
      : words(EFFECTS[change.change]);
  if (before === undefined) {
    return say`${of} gets the permissions boundary ${policyName(after ?? "")}${comes}`;
  }
  if (after === undefined) {
    return say`${of} loses its permissions boundary ${policyName(before)}${comes}`;
  }
  if (before === after) {
    return say`the permissions boundary ${policyName(after)} of ${of} is edited${comes}`;
  }
  return say`${of} changes its permissions boundary: ${policyName(before)} -> ${policyName(after)}${comes}`;
}

const EFFECTS: Readonly<Record<Exclude<ComparisonResult, "unknown">, string>> = {
  widened: ", which widens access",
  narrowed: ", which narrows access",
  changed: ", which allows other requests",
  equivalent: "; same access",
};

/** Which external IDs are accepted now, and which no longer. */
export function externalIdSentence(
  change: ExternalIdChange,
  group: ChangeGroup,
  review: Review,
): Sentence {
  const role = groupEntity(change.role, group, review);
  const ids = (values: readonly string[]): Sentence => listedNames(values.map(shown));
  const shown = (value: string): string => {
    const [account] = group.accountIds;
    if (group.accountIds.length < 2 || account === undefined) return value;
    return withPlaceholders(value, account, review);
  };
  const { added, removed, openBefore, openAfter } = change;
  const open =
    openAfter === openBefore
      ? words("")
      : words(
          openAfter
            ? "; it now allows callers without one"
            : "; it no longer allows callers without one",
        );
  if (added.length > 0 && removed.length > 0) {
    return say`external ID of ${role} changes: ${ids(removed)} -> ${ids(added)}${open}`;
  }
  if (added.length > 0) return say`${role} now accepts the external ID ${ids(added)}${open}`;
  if (removed.length > 0)
    return say`${role} no longer accepts the external ID ${ids(removed)}${open}`;
  return say`external IDs of ${role} stay the same${open}`;
}
