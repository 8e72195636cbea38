import { formatDuration } from "../../../account-map/duration";
import type {
  BoundaryChange,
  ExternalIdChange,
  SessionChange,
  TrustChange,
  TrustedEntry,
  Widening,
} from "../../access-change";
import type { Review } from "../../review";
import { entryWords } from "../callers/terms-words";
import type { ChangeGroup } from "../change-group";
import { withPlaceholders } from "../likeness";
import { callerNames, groupEntity, policyName } from "../names";
import { listed, listedNames, say, words } from "../text";
import type { Sentence } from "../text";
import { witness } from "./witness-sentence";

/** What became of a trust policy, with a request that shows it. */
export function trustSentence(change: TrustChange, group: ChangeGroup, review: Review): Sentence {
  const role = groupEntity(change.role, group, review);
  const { gained, lost, reason = "" } = change;
  const shown = say`${witness("lets in", gained, group, review)}${witness("keeps out", lost, group, review)}${entriesWords(change, group, review)}`;
  switch (change.change) {
    case "widened":
      return say`trust of ${role} is widened${shown}`;
    case "narrowed":
      return say`trust of ${role} is narrowed${shown}`;
    case "changed":
      return say`trust of ${role} lets in others than before${shown}`;
    case "equivalent":
      return say`trust of ${role} is written otherwise and lets in the same`;
    case "unknown":
      return say`trust of ${role} could not be compared: ${reason}`;
  }
}

/** Entries of a trust policy that a sentence names on each side; the others are counted. */
const ENTRIES = 4;

/** What the statements of either side alone say of callers, on their terms. */
function entriesWords(
  { added = [], removed = [] }: TrustChange,
  group: ChangeGroup,
  review: Review,
): Sentence {
  const names = callerNames(group, review);
  const side = (lead: string, all: readonly TrustedEntry[]): Sentence => {
    const assuming = new Set(all.filter(assumes).map(callerText));
    // Who assumes is named once, without what it can do more in doing so.
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
  return say`sessions of ${groupEntity(role, group, review)} may last ${words(longer)}: ${formatDuration(before)} -> ${formatDuration(after)}`;
}

/** What became of a permissions boundary. */
export function boundarySentence(
  change: BoundaryChange,
  group: ChangeGroup,
  review: Review,
): Sentence {
  const { before, after, reason } = change;
  const of = groupEntity(change.identity, group, review);
  const comes =
    change.change === "unknown"
      ? say`, and what that lets through is not known: ${reason ?? "no reason is given"}`
      : words(`, which ${LETS[change.change]}`);
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

const LETS: Readonly<Record<Exclude<Widening, "unknown">, string>> = {
  widened: "lets more through",
  narrowed: "lets less through",
  changed: "lets other things through",
  equivalent: "lets the same through",
};

/** Which external ids are taken now, and which no longer. */
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
      : words(openAfter ? "; it now lets in without one" : "; it no longer lets in without one");
  if (added.length > 0 && removed.length > 0) {
    return say`external id of ${role} changes: ${ids(removed)} -> ${ids(added)}${open}`;
  }
  if (added.length > 0) return say`${role} now takes the external id ${ids(added)}${open}`;
  if (removed.length > 0)
    return say`${role} no longer takes the external id ${ids(removed)}${open}`;
  return say`external ids of ${role} stay${open}`;
}
