import type { Caller } from "../../iam/condition/caller";
import type { OneOrMore } from "../../iam/policy-document";
import type { PermissionPolicy } from "../access-graph";
import type { StsAction } from "./sts-action";

/** What is said of a request; the rest of its keys follow. */
export interface RequestFacts {
  readonly caller: Caller;
  /** ARN of the role that is asked for, with path. */
  readonly roleArn: string;
  /** When the request is made, as a date condition writes it: `2026-12-31T23:59:59Z`. */
  readonly time: string;
  /** Further condition keys. Keys that such a caller cannot have are left out, such as MFA of a session. */
  readonly keys: Readonly<Record<string, OneOrMore>>;
}

/** One request of one action. */
export interface RoleRequest extends RequestFacts {
  readonly action: StsAction;
  /**
   * Policies that were passed when the caller's session was obtained (rule ID-30).
   *
   * @default - none
   */
  readonly sessionPolicies?: readonly PermissionPolicy[];
}
