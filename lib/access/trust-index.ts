import { parseAwsPrincipal } from "../iam/condition/aws-principal";
import { callerAccount, principalArn } from "../iam/condition/caller";
import type { Caller } from "../iam/condition/caller";
import { valuesOf } from "../iam/policy-document";
import type { AccessGraph, RoleNode } from "./access-graph";

/** Roles by whom their trust policies may let in, so that not every pair has to be decided. */
export interface TrustIndex {
  /** Roles that may let a caller in; no other does. */
  candidates(caller: Caller): readonly RoleNode[];
}

/** Indexes the roles of a graph. */
export function trustIndex({ roles }: AccessGraph): TrustIndex {
  const byName = new Map<string, Set<RoleNode>>();
  for (const role of roles.values()) {
    for (const name of trustedNames(role)) {
      const list = byName.get(name) ?? new Set();
      list.add(role);
      byName.set(name, list);
    }
  }
  return {
    candidates(caller) {
      const names = [
        "*",
        principalArn(caller),
        callerAccount(caller),
        caller.kind === "service" ? caller.service : undefined,
        "provider" in caller ? caller.provider : undefined,
      ];
      const found = names.flatMap((name) => [...(byName.get(name ?? "") ?? [])]);
      return [...new Set(found)];
    },
  };
}

/** ARNs, accounts, services and providers that a trust policy may let in; `*` for what is not one of them. */
function trustedNames({ trust }: RoleNode): readonly string[] {
  if (!trust.known) return ["*"];
  return trust.value.Statement.filter(({ Effect }) => Effect === "Allow").flatMap(
    ({ Principal, Condition = {} }) => {
      if (Principal === undefined || Principal === "*") return ["*"];
      const pinned = Object.entries(Condition.ArnEquals ?? {}).find(
        ([key]) => key.toLowerCase() === "aws:principalarn",
      )?.[1];
      const arns = valuesOf(pinned);
      if (arns.length > 0 && !arns.some((arn) => /[*?]|\$\{/.test(arn))) return arns;
      return [
        ...valuesOf(Principal.AWS).map((value) => {
          const principal = parseAwsPrincipal(value);
          if ("accountId" in principal) return principal.accountId;
          return principal.form === "entity" ? principal.arn : "*";
        }),
        ...valuesOf(Principal.Service),
        ...valuesOf(Principal.Federated),
      ];
    },
  );
}
