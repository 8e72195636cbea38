import type { FoundEscalation } from "../../iam/escalation/escalation";
import type { RoleNode } from "../access-graph";
import type { AccessModel } from "../decide/access-model";
import { escalationsOf, isAdministrator } from "./escalations-of";

/** What a role can make of itself. */
export interface RaisedRole {
  /** Whether it is allowed every action on everything already. */
  readonly administrator: boolean;
  /** How the role can gain permissions that it was not given (rules N1 to N4). */
  readonly escalations: readonly FoundEscalation[];
}

/** What a role can make of itself, by what is known of its policies. */
export function raisedRole(role: RoleNode, world: Pick<AccessModel, "accounts">): RaisedRole {
  return { administrator: isAdministrator(role), escalations: escalationsOf(role, world) };
}
