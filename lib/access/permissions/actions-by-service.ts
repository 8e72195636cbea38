import { accessLevelsOf } from "../../iam/escalation/action-access";
import type { AccessLevel } from "../../iam/escalation/action-access";
import { byKey } from "../../values/order";
import { groupBy } from "../../values/group";

/** Actions of one service that an identity gained or lost, by what they do. */
export interface ActionsOfService {
  /** Prefix such as `s3`; `*` for all services. */
  readonly service: string;
  readonly levels: readonly (AccessLevel | "unknown")[];
  /** Action patterns as the policies write them, sorted. */
  readonly actions: readonly string[];
}

/** Action patterns by service, with what they do. An exception is of all services. */
export function actionsByService(patterns: readonly string[]): readonly ActionsOfService[] {
  const services = groupBy(patterns, (pattern) => serviceOf(pattern));
  return [...services].sort(byKey).map(([service, actions]) => {
    const levels = new Set(actions.flatMap((action) => [...levelsOf(action)]));
    return {
      service,
      levels: LEVELS.filter((level) => levels.has(level)),
      actions: [...actions].sort(),
    };
  });
}

/** Access levels, those that matter most to a reviewer first. */
export const LEVELS: ActionsOfService["levels"] = [
  "Permissions management",
  "Write",
  "Tagging",
  "Read",
  "List",
  "unknown",
];

function serviceOf(pattern: string): string {
  const prefix = pattern.split(":")[0]?.toLowerCase() ?? "";
  return /^[a-z0-9-]+$/.test(prefix) && pattern.includes(":") ? prefix : "*";
}

/** What was found before: the same actions are gained in many accounts. */
const known = new Map<string, ReadonlySet<AccessLevel | "unknown">>();

function levelsOf(pattern: string): ReadonlySet<AccessLevel | "unknown"> {
  // An exception leaves actions of every level.
  const asked = pattern.startsWith("NotAction ") ? "*" : pattern;
  let levels = known.get(asked);
  if (levels === undefined) {
    levels = accessLevelsOf(asked);
    known.set(asked, levels);
  }
  return levels;
}
