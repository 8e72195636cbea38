import type { RoleNode } from "../../access/access-graph";
import { splitArn } from "../../iam/condition/arn-match";
import { parseAwsPrincipal } from "../../iam/condition/aws-principal";
import type { Caller } from "../../iam/condition/caller";
import { valuesOf } from "../../iam/policy-document";
import type { ConditionBlock, Statement } from "../../iam/policy-document";
import type { PrincipalName } from "../access-change";
import { sessionOf } from "./identity-index";

/** Whom an Allow statement of a trust policy may let in, as the policy names them. */
export interface TrustedCaller {
  /** An ARN or a pattern of ARNs, the ARN of an account, a service, a provider, or `*`. */
  readonly name: PrincipalName;
  /** One that is called so: wildcards are filled in. */
  readonly caller: Caller;
  readonly covers:
    | { readonly kind: "one" | "pattern" | "anyone" | "no-identity" }
    | { readonly kind: "account"; readonly accountId: string };
}

/**
 * Whom a trust policy may let in. Where it pins `aws:PrincipalArn`, that is who; whether the rest of the policy
 * lets them in is not looked at. A principal that IAM would refuse is left out.
 */
export function trustedCallers(role: RoleNode): readonly TrustedCaller[] {
  const known = found.get(role);
  if (known !== undefined) return known;
  const callers = new Map<string, TrustedCaller>();
  const statements = role.trust.known ? role.trust.value.Statement : [UNREADABLE];
  for (const statement of statements) {
    if (statement.Effect !== "Allow") continue;
    for (const each of callersOf(statement, role)) callers.set(each.name, each);
  }
  const list = [...callers.values()];
  found.set(role, list);
  return list;
}

const found = new WeakMap<RoleNode, readonly TrustedCaller[]>();

/** A policy that cannot be read may let in anyone. */
const UNREADABLE: Statement = { Effect: "Allow", Principal: "*" };
/** An account that nobody has. */
const NOBODYS_ACCOUNT = "000000000000";
const ANY_NAME = "any";

function callersOf({ Principal, Condition }: Statement, role: RoleNode): TrustedCaller[] {
  const anyone: TrustedCaller = {
    name: "*",
    caller: sessionOf(`arn:${role.partition}:iam::${NOBODYS_ACCOUNT}:role/${ANY_NAME}`),
    covers: { kind: "anyone" },
  };
  const element = Principal === "*" || Principal === undefined ? { AWS: "*" } : Principal;
  const pins = pinnedArns(Condition);
  const aws =
    pins === undefined || element.AWS === undefined
      ? valuesOf(element.AWS).flatMap((value) => awsCaller(value, role, anyone))
      : pins.map((pattern) => pinnedCaller(pattern, role));
  return [
    ...aws,
    ...valuesOf(element.Service).map((service): TrustedCaller => ({
      name: service,
      caller: { kind: "service", service },
      covers: { kind: "no-identity" },
    })),
    ...valuesOf(element.Federated).map((provider): TrustedCaller => ({
      name: provider,
      caller: {
        kind: provider.includes(":saml-provider/") ? "saml" : "web-identity",
        provider,
      },
      covers: { kind: "no-identity" },
    })),
  ];
}

function awsCaller(value: string, role: RoleNode, anyone: TrustedCaller): TrustedCaller[] {
  const principal = parseAwsPrincipal(value);
  switch (principal.form) {
    case "anyone":
      return [anyone];
    case "account": {
      const { accountId, partition = role.partition } = principal;
      return [
        {
          name: `arn:${partition}:iam::${accountId}:root`,
          caller: sessionOf(`arn:${partition}:iam::${accountId}:role/${ANY_NAME}`),
          covers: { kind: "account", accountId },
        },
      ];
    }
    case "entity":
      return [{ name: principal.arn, caller: callerOf(principal.arn), covers: { kind: "one" } }];
    case "session": {
      const { partition, accountId, roleName, sessionName } = principal;
      const roleArn = `arn:${partition}:iam::${accountId}:role/${roleName}`;
      const caller: Caller = { kind: "role-session", roleArn, sessionName };
      return [{ name: value, caller, covers: { kind: "no-identity" } }];
    }
    case "federated-user":
    case "unknown":
      return [];
  }
}

/** The values to which a condition pins the caller's ARN; `undefined` where it does not. */
function pinnedArns(condition: ConditionBlock = {}): readonly string[] | undefined {
  for (const operator of ["ArnEquals", "ArnLike", "StringEquals", "StringLike"]) {
    for (const [key, values] of Object.entries(condition[operator] ?? {})) {
      const pins = valuesOf(values);
      if (key.toLowerCase() === "aws:principalarn" && !pins.some((pin) => pin.includes("${"))) {
        return pins;
      }
    }
  }
  return undefined;
}

function pinnedCaller(pattern: string, role: RoleNode): TrustedCaller {
  const covers = { kind: /[*?]/.test(pattern) ? "pattern" : "one" } as const;
  return { name: pattern, caller: callerOf(example(pattern, role)), covers };
}

/** An ARN that a pattern matches, of a user where it is about users, else of a role. */
function example(pattern: string, { partition }: RoleNode): string {
  const fields = splitArn(pattern);
  if (fields === undefined) return `arn:${partition}:iam::${NOBODYS_ACCOUNT}:role/${ANY_NAME}`;
  const [, , , , account = "", resource = ""] = fields;
  const accountId = /^\d{12}$/.test(account) ? account : NOBODYS_ACCOUNT;
  const named = /^(?:role|user)\//.test(resource) ? resource : `role/${ANY_NAME}`;
  return `arn:${partition}:iam::${accountId}:${named.replace(/[*?]/g, "x")}`;
}

function callerOf(arn: string): Caller {
  return splitArn(arn)?.[5]?.startsWith("user/") === true ? { kind: "user", arn } : sessionOf(arn);
}
