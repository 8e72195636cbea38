import type { GrantNode, PermissionPolicy, RoleNode, UserNode } from "../../access/access-graph";
import { roleArn, userArn } from "../../iam/arn";
import type { Caller } from "../../iam/condition/caller";
import type { CompareContext, ComparedSide } from "./compare-context";
import { sessionOf } from "../../iam/condition/caller";

/** What an identity is permitted on one side. */
export interface Permitted {
  readonly policies: readonly PermissionPolicy[];
  /** @default - none */
  readonly boundary?: PermissionPolicy;
  /** Whether what is attached by hand is taken away. */
  readonly exclusive: RoleNode["exclusive"];
}

/** A role or user on both sides; where it is missing, it is permitted nothing. */
export interface PermittedPair {
  /** ARN, of head where it has one; of an identity that the Terraform does not make without its path. */
  readonly identity: string;
  readonly caller: Caller;
  readonly base?: Permitted;
  readonly head?: Permitted;
}

/** All roles and users, those included that the Terraform only puts policies on. */
export function permittedPairs({ base, head, roles }: CompareContext): readonly PermittedPair[] {
  const ofRole = (identity: RoleNode, before?: RoleNode, after?: RoleNode): PermittedPair =>
    pair(identity.arn, sessionOf(identity.arn), before, after);
  return [
    ...roles.both.map((each) => ofRole(each.head, each.base, each.head)),
    ...roles.lost.map((role) => ofRole(role, role, undefined)),
    ...roles.gained.map((role) => ofRole(role, undefined, role)),
    ...bySubject(users(base), users(head)),
    ...bySubject(grants(base), grants(head)),
  ];
}

const NOT_EXCLUSIVE = { inline: false, managed: false };

function bySubject(
  base: ReadonlyMap<string, Permitted & { readonly caller: Caller }>,
  head: ReadonlyMap<string, Permitted & { readonly caller: Caller }>,
): PermittedPair[] {
  return [...new Set([...base.keys(), ...head.keys()])].flatMap((arn) => {
    const [before, after] = [base.get(arn), head.get(arn)];
    const caller = (after ?? before)?.caller;
    return caller === undefined ? [] : [pair(arn, caller, before, after)];
  });
}

function pair(
  identity: string,
  caller: Caller,
  base: Permitted | undefined,
  head: Permitted | undefined,
): PermittedPair {
  return {
    identity,
    caller,
    ...(base === undefined ? {} : { base }),
    ...(head === undefined ? {} : { head }),
  };
}

type Subjects = Map<string, Permitted & { readonly caller: Caller }>;

function users({ graph }: ComparedSide): Subjects {
  return new Map(
    [...graph.users.values()].map(({ arn, policies, boundary, exclusive }: UserNode) => [
      arn,
      {
        caller: { kind: "user", arn } as const,
        policies,
        exclusive,
        ...(boundary === undefined ? {} : { boundary }),
      },
    ]),
  );
}

function grants({ graph }: ComparedSide): Subjects {
  const subjects: Subjects = new Map();
  for (const grant of graph.grants) {
    const caller = granted(grant);
    const arn = caller.kind === "user" ? caller.arn : caller.roleArn;
    const before = subjects.get(arn)?.policies ?? [];
    subjects.set(arn, {
      caller,
      policies: [...before, grant.policy],
      exclusive: NOT_EXCLUSIVE,
    });
  }
  return subjects;
}

function granted({
  kind,
  name,
  ...place
}: GrantNode): Extract<Caller, { readonly kind: "user" | "role-session" }> {
  return kind === "user"
    ? { kind, arn: userArn(place, "/", name) }
    : sessionOf(roleArn(place, "/", name));
}
