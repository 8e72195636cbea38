import type { Path } from "../../source/source";

/** A statement about the access as a whole that must stay true. */
export type Assertion = AssertionKind & { readonly at: Path };

/** What can be asserted. */
export type AssertionKind =
  /** Nobody of `from` gets to a role of `to`, over any number of hops. */
  | { readonly kind: "never"; readonly from: Subjects; readonly to: Subjects }
  /** Only `from` can assume the roles of `to` directly. */
  | { readonly kind: "only"; readonly from: Subjects; readonly to: Subjects }
  /** Every role is at most this many hops from its callers. */
  | { readonly kind: "maxHops"; readonly hops: number }
  /**
   * People show MFA on the way to every role. What an identity provider asks of them is not known, unless
   * the map attests it, nor which IAM users are machines.
   */
  | {
      readonly kind: "mfaOnHumanPaths";
      readonly attested: "none" | "idp";
      readonly machines: readonly AttestedMachine[];
    };

/** A principal that is a machine, as the map attests with a reason. */
export interface AttestedMachine {
  /** Keys that lead to the principal, joined by dots: `hubs.automation.principals.bot`. */
  readonly wayIn: string;
  readonly reason: string;
}

/** Users and roles that an assertion is about. */
export type Subjects =
  /** Roles that an entry in the map makes. */
  | { readonly kind: "entry"; readonly path: readonly [section: string, key: string] }
  /** By key of the account and name; `*` stands for any characters. */
  | { readonly kind: "pattern"; readonly account: string; readonly name: string };
