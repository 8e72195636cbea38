import type { ActionsOfService, EscalationChange, PermissionChange } from "../../access-change";
import type { Review } from "../../review";
import type { ChangeGroup } from "../change-group";
import { groupEntity, policyName } from "../names";
import { listed, listedNames, say, words } from "../text";
import type { Sentence } from "../text";
import { witness } from "./role-sentence";

/** Services and actions that a sentence names; the others are counted. */
const NAMED = 4;

/** What a role or user is permitted now and was not, and the other way round. */
export function permissionSentence(
  change: PermissionChange,
  group: ChangeGroup,
  review: Review,
): Sentence {
  const of = groupEntity(change.identity, group, review);
  if (change.change === "unknown") {
    return say`permissions of ${of} could not be compared: ${change.reason ?? "no reason is given"}`;
  }
  if (change.change === "equivalent") {
    return say`permissions of ${of} are written otherwise and stay the same`;
  }
  const parts = [
    part("gains", change.gained),
    part("loses", change.lost),
    policies("is given", change.attached),
    policies("is without", change.detached),
  ].filter((each) => each.length > 0);
  const shown = say`${witness("permits", change.witness?.gained)}${witness("no longer permits", change.witness?.lost)}`;
  if (parts.length > 0) return say`${of} ${listed(parts)}${shown}`;
  return say`${of} ${words(CHANGES[change.change])}${shown}`;
}

const CHANGES: Readonly<Record<"widened" | "narrowed" | "changed", string>> = {
  widened: "is permitted more",
  narrowed: "is permitted less",
  changed: "is permitted other things",
};

function part(verb: string, services: readonly ActionsOfService[]): Sentence {
  if (services.length === 0) return [];
  const shown = services.slice(0, NAMED).map(serviceWords);
  const hidden = services.length - shown.length;
  const all = hidden > 0 ? [...shown, words(`${hidden} more services`)] : shown;
  return say`${words(verb)} ${listed(all)}`;
}

function serviceWords({ service, levels, actions }: ActionsOfService): Sentence {
  const of = service === "*" ? words("all services") : say`${service}`;
  const level = levels.map((each) => (each === "unknown" ? "unknown access" : each)).join(", ");
  return say`${of}: ${words(level)} (${listedNames(actions, NAMED)})`;
}

function policies(verb: string, arns: readonly string[]): Sentence {
  if (arns.length === 0) return [];
  const names = arns.map(policyName);
  const noun = arns.length === 1 ? "policy" : "policies";
  return say`${words(`${verb} the managed ${noun}`)} ${listedNames(names, NAMED)}`;
}

/** A way to gain permissions that was not given. */
export function escalationSentence(
  { role, direction, actions, sources }: EscalationChange,
  group: ChangeGroup,
  review: Review,
): Sentence {
  const can = direction === "gained" ? "can now raise" : "can no longer raise";
  const from = sources.length === 0 ? [] : say` (${listedNames(sources, NAMED)})`;
  return say`${groupEntity(role, group, review)} ${words(can)} its own permissions by ${listedNames(actions, NAMED)}${from}`;
}
