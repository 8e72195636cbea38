import type { Account } from "../../../../lib/account-map/model/account-map";
import { decide, evaluatePolicy } from "../../../../lib/iam/condition/evaluate-policy";
import type { PolicyKind } from "../../../../lib/iam/condition/evaluate-statement";
import { requestContext } from "../../../../lib/iam/condition/request-context";
import type { OneOrMore, PolicyDocument } from "../../../../lib/iam/policy-document";
import type { RolePlan } from "../../../../lib/plan/resolved-access";

/** A role of a plan and where it lives. */
export interface Located {
  readonly role: RolePlan;
  readonly account: Account;
}

/** What a session passes to the next role, or has inherited. */
export interface Passed {
  readonly externalId?: string;
  /** Set before; with it every hop needs `sts:SetSourceIdentity`. */
  readonly inheritedIdentity?: string;
  /** Set in this call. */
  readonly sourceIdentity?: string;
  /** Transitive tags and those of this call. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Which half of a hop refuses it: `none` where the hop works. */
export type Refusal = "none" | "caller" | "trust" | "both";

/** Evaluates both halves of one role's assuming another, with all actions that what it passes needs. */
export function refusalOf(from: Located, to: Located, passed: Passed = {}): Refusal {
  const actions = [
    "sts:AssumeRole",
    ...((passed.inheritedIdentity ?? passed.sourceIdentity) === undefined
      ? []
      : ["sts:SetSourceIdentity"]),
    ...(passed.tags === undefined ? [] : ["sts:TagSession"]),
  ];
  const { inline, customer } = from.role.policies;
  const identity = [...inline, ...customer].map(({ document }) => document);
  const allowed = (kind: PolicyKind, documents: readonly PolicyDocument[]): boolean =>
    actions.every((action) => allows(kind, documents, action, from, to, passed));
  const caller = allowed("identity", identity);
  const trust = allowed("trust", [to.role.trust]);
  if (caller) return trust ? "none" : "trust";
  return trust ? "caller" : "both";
}

function allows(
  kind: PolicyKind,
  documents: readonly PolicyDocument[],
  action: string,
  from: Located,
  to: Located,
  passed: Passed,
): boolean {
  const request = {
    caller: { kind: "role-session", roleArn: from.role.arn, sessionName: "test" },
    action,
    resource: to.role.arn,
    context: contextOf(from, to, passed),
  } as const;
  const applied = documents.flatMap((document) => evaluatePolicy(kind, document, request).applied);
  return decide(applied) === "allow";
}

function contextOf(from: Located, to: Located, passed: Passed): ReturnType<typeof requestContext> {
  const keys: Record<string, OneOrMore | undefined> = {
    "aws:PrincipalArn": from.role.arn,
    "aws:PrincipalAccount": from.account.id,
    "aws:PrincipalOrgID": from.account.organization?.id,
    "aws:ResourceAccount": to.account.id,
    "aws:ResourceOrgID": to.account.organization?.id,
    "sts:ExternalId": passed.externalId,
    "aws:SourceIdentity": passed.inheritedIdentity,
    "sts:SourceIdentity": passed.sourceIdentity,
    "aws:TagKeys": Object.keys(passed.tags ?? {}),
  };
  for (const [key, value] of Object.entries(passed.tags ?? {})) {
    keys[`aws:RequestTag/${key}`] = value;
  }
  const present = Object.entries(keys).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return requestContext(Object.fromEntries(present));
}
