import { RESOURCE_ACTIONS } from "../../../lib/bootstrap/resource-actions";

/** All actions that deployment roles may do, for whatever is made. */
export function grantedActions(): ReadonlySet<string> {
  return new Set(
    Object.values(RESOURCE_ACTIONS).flatMap((each) => [
      ...each.create,
      ...each.read,
      ...each.update,
      ...each.delete,
    ]),
  );
}

/** Actions that deployment roles may do and that the year does not ask for, with the reason. */
export const NEVER_ASKED: Readonly<Record<string, string>> = {};
