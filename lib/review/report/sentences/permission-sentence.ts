import type {
  ActionsOfService,
  EscalationChange,
  PermissionChange,
} from "../../kinds/access-change";
import type { Review } from "../../review";
import type { ChangeGroup } from "../change-group";
import { groupEntity, policyName } from "../names";
import { importantFirst, LEVELS } from "../service-order";
import { counted, listed, listedNames, say, words } from "../text";
import type { Sentence } from "../text";
import { witness } from "./witness-sentence";

/** Services and actions that a sentence names; the others are counted. */
const NAMED = 4;

/** The permissions that a role or user gains or loses. */
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
    return say`permissions of ${of} are rewritten; same access`;
  }
  const { gained, lost, gainedOtherwise = gained, lostOtherwise = lost } = change;
  const parts = [
    policies("gets", change.attached, gained),
    part("gains", gainedOtherwise),
    policies("loses", change.detached, lost),
    part("loses", lostOtherwise),
  ].filter((each) => each.length > 0);
  const shown = say`${witness("now allows", change.witness?.gained, group, review)}${witness("no longer allows", change.witness?.lost, group, review)}`;
  if (parts.length > 0) return say`${of} ${listed(parts)}${shown}`;
  return say`${of} ${words(CHANGES[change.change])}${shown}`;
}

const CHANGES: Readonly<Record<"widened" | "narrowed" | "changed", string>> = {
  widened: "gains permissions",
  narrowed: "loses permissions",
  changed: "gains some permissions and loses others",
};

function part(verb: string, services: readonly ActionsOfService[]): Sentence {
  if (services.length === 0) return [];
  const shown = importantFirst(services).slice(0, NAMED).map(serviceWords);
  const hidden = services.length - shown.length;
  const more = words(counted(hidden, "more service"));
  return say`${words(verb)} ${listed(hidden > 0 ? [...shown, more] : shown)}`;
}

function serviceWords({ service, levels, actions }: ActionsOfService): Sentence {
  const of = service === "*" ? words("all services") : say`${service}`;
  return say`${of}: ${words(levelWords(levels))} (${listedNames(actions, NAMED)})`;
}

function levelWords(levels: ActionsOfService["levels"]): string {
  return levels.map((each) => (each === "unknown" ? "unknown access" : each)).join(", ");
}

/** Managed policies, with a summary of their access if nothing else is named. */
function policies(
  verb: string,
  arns: readonly string[],
  services: readonly ActionsOfService[],
): Sentence {
  if (arns.length === 0) return [];
  const names = arns.map(policyName);
  const noun = arns.length === 1 ? "policy" : "policies";
  const named = say`${words(`${verb} the managed ${noun}`)} ${listedNames(names, NAMED)}`;
  if (services.length === 0) return named;
  const levels = LEVELS.filter((level) => services.some((each) => each.levels.includes(level)));
  const all = services.some(({ service }) => service === "*");
  const number = all ? "all services" : counted(services.length, "service");
  return say`${named} (${words(`${levelWords(levels)} in ${number}`)})`;
}

/** Ways to raise permissions that a sentence names; the others are counted. */
const WAYS = 3;

/** How a role can gain permissions that it was not given, or no longer. */
export function escalationSentence(
  { role, direction, administrator, ways }: EscalationChange,
  group: ChangeGroup,
  review: Review,
): Sentence {
  const of = groupEntity(role, group, review);
  const sources = [...new Set(ways.flatMap((way) => way.sources))].sort();
  const from = sources.length === 0 ? [] : say` (${listedNames(sources, NAMED)})`;
  const gained = direction === "gained";
  if (administrator === true) {
    return say`${of} ${words(gained ? "is now an administrator" : "is no longer an administrator")}${from}`;
  }
  const can = gained ? "can now raise" : "can no longer raise";
  const [only] = ways;
  if (ways.length === 1 && only !== undefined) {
    return say`${of} ${words(can)} its own permissions with ${listedNames(only.actions, NAMED)}${from}`;
  }
  const such = listed(
    ways.slice(0, WAYS).map(({ actions }) => listedNames(actions, NAMED)),
    "or",
  );
  return say`${of} ${words(can)} its own permissions in ${words(counted(ways.length, "way"))}, for example with ${such}${from}`;
}
