import { parseAwsPrincipal } from "../../iam/condition/aws-principal";
import { callerAccount, principalArn } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import { valuesOf } from "../../iam/policy-document";
import type { AccessGraph, RoleNode } from "../access-graph";
import { addTo } from "../../values/group";

/** Roles and callers by whom trust policies may let in, so that not every pair has to be decided. */
export interface TrustIndex {
  /**
   * Roles that may let a caller in; no other does.
   *
   * @param among ARNs of the roles that are asked about @default - all
   */
  candidates(caller: Caller, among?: ReadonlySet<string>): readonly RoleNode[];
  /**
   * A role with all roles from which it may be reached over any number of hops, by ARN, and the users and
   * roles of the graph that may enter one of them, in its order; no others reach it.
   */
  behind(roleArn: string): TrustedByRole;
}

/** Who may reach a role, as far as trust policies go. */
export interface TrustedByRole {
  readonly roles: ReadonlySet<string>;
  readonly callers: readonly Caller[];
}

/** Indexes the roles of a graph. */
export function trustIndex(graph: AccessGraph): TrustIndex {
  const byName = new Map<string, RoleNode[]>();
  const namesOf = new Map<string, ReadonlySet<string>>();
  for (const role of graph.roles.values()) {
    const names = new Set(trustedNames(role));
    namesOf.set(role.arn, names);
    for (const name of names) addTo(byName, name, role);
  }
  let byCaller: ReadonlyMap<string, Caller[]> | undefined;

  return {
    candidates(caller, among) {
      const found = namesOfCaller(caller).flatMap((name) => byName.get(name) ?? []);
      return [...new Set(among === undefined ? found : found.filter(({ arn }) => among.has(arn)))];
    },
    behind(roleArn) {
      byCaller ??= indexCallers(graph);
      const roles = new Set([roleArn]);
      const callers = new Set<Caller>();
      const asked = new Set<string>();
      // The set grows while it is walked through.
      for (const arn of roles) {
        for (const name of namesOf.get(arn) ?? []) {
          if (asked.has(name)) continue;
          asked.add(name);
          for (const caller of byCaller.get(name) ?? []) {
            callers.add(caller);
            if (caller.kind === "role-session") roles.add(caller.roleArn);
          }
        }
      }
      return { roles, callers: (byCaller.get("*") ?? []).filter((each) => callers.has(each)) };
    },
  };
}

/** The users and roles of a graph as callers. */
export function callersIn({ users, roles }: AccessGraph): readonly Caller[] {
  return [
    ...[...users.keys()].map((arn): Caller => ({ kind: "user", arn })),
    ...[...roles.keys()].map((roleArn): Caller => ({
      kind: "role-session",
      roleArn,
      sessionName: "session",
    })),
  ];
}

function indexCallers(graph: AccessGraph): ReadonlyMap<string, Caller[]> {
  const index = new Map<string, Caller[]>();
  for (const caller of callersIn(graph)) {
    for (const name of namesOfCaller(caller)) addTo(index, name, caller);
  }
  return index;
}

/** What a trust policy can name a caller by; `*` for what names everyone, or cannot be told. */
function namesOfCaller(caller: Caller): readonly string[] {
  return [
    "*",
    principalArn(caller),
    callerAccount(caller),
    caller.kind === "service" ? caller.service : undefined,
    "provider" in caller ? caller.provider : undefined,
  ].filter((name) => name !== undefined);
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
