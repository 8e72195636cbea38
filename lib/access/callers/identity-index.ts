import type { AccessGraph, RoleNode } from "../access-graph";
import { sessionOf } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import { globOf, matchesGlob } from "../../iam/condition/glob";
import { trustedCallers } from "./trusted-callers";
import { addTo } from "../../values/group";

/** Users and roles of a graph as callers. */
export interface IdentityIndex {
  ofArn(arn: string): Caller | undefined;
  ofAccount(accountId: string): readonly Caller[];
  /** Those whose ARN matches a pattern. */
  matching(pattern: string): readonly Caller[];
}

/** Indexes the users and roles of a graph. */
export function identityIndex({ users, roles }: AccessGraph): IdentityIndex {
  const byArn = new Map<string, Caller>();
  const byAccount = new Map<string, Caller[]>();
  const byPattern = new Map<string, readonly Caller[]>();
  const add = (arn: string, accountId: string, caller: Caller): void => {
    byArn.set(arn, caller);
    addTo(byAccount, accountId, caller);
  };
  for (const { arn, accountId } of users.values()) add(arn, accountId, { kind: "user", arn });
  for (const { arn, accountId } of roles.values()) add(arn, accountId, sessionOf(arn));
  return {
    ofArn: (arn) => byArn.get(arn),
    ofAccount: (accountId) => byAccount.get(accountId) ?? [],
    matching(pattern) {
      let found = byPattern.get(pattern);
      if (found === undefined) {
        const glob = globOf(pattern);
        found = [...byArn].flatMap(([arn, caller]) => (matchesGlob(glob, arn) ? caller : []));
        byPattern.set(pattern, found);
      }
      return found;
    },
  };
}

/**
 * The users and roles of a side that a trust policy names: by ARN, by pattern or by their account. Where it
 * names anyone, `*` stands for them all.
 */
export function inTreeCallers(
  { identities }: { readonly identities: IdentityIndex },
  role: RoleNode,
): readonly Caller[] {
  return trustedCallers(role).flatMap(({ name, covers }): readonly Caller[] => {
    switch (covers.kind) {
      case "one":
        return [identities.ofArn(name)].filter((each) => each !== undefined);
      case "pattern":
        return identities.matching(name);
      case "account":
        return identities.ofAccount(covers.accountId);
      case "anyone":
      case "no-identity":
        return [];
    }
  });
}
