import { LIMITS } from "../../iam/limits";
import { policySize } from "../../iam/policy-text";
import type { NamedPolicy } from "../resolved-access";
import { assumePermission } from "./assume-permission";
import type { AssumePermission, TargetRole } from "./assume-permission";
import { packPolicies } from "./pack-policies";
import type { PackedPolicies } from "./pack-policies";
import { ASSUME_POLICY_NAME } from "../generated-names";
import type { SessionContext } from "../session-context";

/** The roles that a role can assume. */
export interface RoleTargets {
  readonly targets: readonly TargetRole[];
  /**
   * Those that it can assume with a permission that is declared to exist among its own policies.
   *
   * @default - none
   */
  readonly declaredTargets?: readonly TargetRole[];
  /** What its sessions can carry. */
  readonly session: SessionContext;
  readonly reach: "spokes" | "organization";
}

/**
 * The policies of a role, packed to stay within its quotas: its permission to assume its targets
 * first, in the form that leaves room for its own policies, then these.
 */
export function rolePolicies(own: readonly NamedPolicy[], role: RoleTargets): PackedPolicies {
  if (role.targets.length === 0) return packPolicies(own);
  const assume = assumePermissionBeside(own, role);
  const { inline, managed } = packPolicies([
    { name: ASSUME_POLICY_NAME, document: assume.inline },
    ...own,
  ]);
  const numbered = assume.managed.map((document, index) => ({
    name: `${ASSUME_POLICY_NAME}-${index + 1}`,
    document,
  }));
  return { inline, managed: [...numbered, ...managed] };
}

/**
 * The permission in the room that the role's own policies leave, or in the room of all where that is
 * too little: then it is the own policies that move out.
 */
function assumePermissionBeside(
  own: readonly NamedPolicy[],
  { targets, declaredTargets, session, reach }: RoleTargets,
): AssumePermission {
  const left = own.reduce<number>(
    (room, { document }) => room - policySize(document),
    LIMITS.inlinePolicySize,
  );
  const within = (room: number): AssumePermission =>
    assumePermission(targets, session, reach, room, declaredTargets);
  const beside = within(left);
  return beside.managed.length === 0 ? beside : within(LIMITS.inlinePolicySize);
}
