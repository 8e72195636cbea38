import type { AccountFacts } from "../account-directory";
import type { StsAction } from "../decide/sts-action";

/** The organization of a caller's account: as the map says, or any and none where the account is not in the map. */
export type CallerOrganization =
  { readonly known: true; readonly facts: AccountFacts } | { readonly known: false };

/** A caller of whom everything is fixed but names, paths and keys. */
export type CallerCase =
  | {
      readonly kind: "user" | "role-session";
      readonly accountId: string;
      readonly organization: CallerOrganization;
    }
  | { readonly kind: "service"; readonly service: string }
  | { readonly kind: "web-identity" | "saml"; readonly provider: string };

/** One of the finitely many cases into which all requests for a role fall. */
export interface Scenario {
  readonly caller: CallerCase;
  readonly action: StsAction;
  readonly role: TargetRole;
  /**
   * Which grants count: all of them, or only those that need no permission on the caller's side, which a
   * caller of the role's own account has where it is named otherwise than by its account (rules TR-02 to
   * TR-05).
   */
  readonly grants: "all" | "direct";
}

/** The role that is asked for. */
export interface TargetRole {
  readonly arn: string;
  readonly partition: string;
  readonly accountId: string;
  /** What the map says of the role's account; `undefined` where it is not in the map. */
  readonly facts: AccountFacts | undefined;
}
