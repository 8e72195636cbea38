import type { PermissionPolicy } from "../access-graph";

/** The control policies of organizations, as far as they were supplied. Without any, none take part. */
export interface ControlPolicies {
  /**
   * Service control policies by the account that they bind: one list for each level from the root of the
   * organization to the account, on each of which something must allow (rule PB-06).
   */
  readonly service: ReadonlyMap<string, readonly (readonly PermissionPolicy[])[]>;
  /**
   * Resource control policies by the account whose roles they protect (rule PB-07). Only their denies count:
   * the policy that allows everything cannot be detached.
   */
  readonly resource: ReadonlyMap<string, readonly PermissionPolicy[]>;
}

/** No control policies were supplied. */
export const NO_CONTROL_POLICIES: ControlPolicies = { service: new Map(), resource: new Map() };
