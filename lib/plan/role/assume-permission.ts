import { ASSUME_STATEMENT_SID } from "../generated-names";
import type { AccountIdentity } from "../../account-map/model/principal";
import { locationOf, roleArn } from "../../iam/arn";
import { LIMITS } from "../../iam/limits";
import { policyDocument } from "../../iam/policy-document";
import type { PolicyDocument, Statement } from "../../iam/policy-document";
import { policySize } from "../../iam/policy-text";
import { hopActions } from "../session-context";
import type { SessionContext } from "../session-context";
import { byKey } from "../../values/order";
import { groupBy } from "../../values/group";

/** Sid of the statement that denies targets outside the organizations, except declared ones. */
export const OUTSIDE_TARGETS_SID = "DenyOutsideTargets";

/** The same role in some accounts, as a target. */
export interface TargetRole {
  readonly name: string;
  readonly path: string;
  readonly accounts: readonly AccountIdentity[];
}

/** A caller's permission to assume its targets: documents for inline policies and for managed ones. */
export interface AssumePermission {
  readonly inline: PolicyDocument;
  /** What does not fit inline, each within the size of a managed policy. */
  readonly managed: readonly PolicyDocument[];
}

/**
 * The permission of a role to assume exactly its targets.
 *
 * Their ARNs while they fit into `inlineRoom`, then one pattern per role with `aws:ResourceAccount`
 * listing exactly its accounts (rule ID-39), split over managed policies as needed: the same set in
 * every form. With `reach: organization` one pattern per role of the organization. In every form,
 * targets outside the organizations and outside the declared accounts are denied; `others` are
 * declared too, but some other policy of the role permits them.
 */
export function assumePermission(
  targets: readonly TargetRole[],
  session: SessionContext,
  reach: "spokes" | "organization",
  inlineRoom: number = LIMITS.inlinePolicySize,
  others: readonly TargetRole[] = [],
): AssumePermission {
  const actions = hopActions(session);
  const deny = stayInside([...targets, ...others]);
  if (reach === "spokes") {
    const listed = policyDocument([listStatement(targets, actions), deny]);
    if (policySize(listed) <= inlineRoom) return { inline: listed, managed: [] };
  }
  const patterns =
    reach === "organization"
      ? organizationPatterns(targets, actions)
      : targets.flatMap((target) => accountPatterns(target, actions));
  const bound = policyDocument([...patterns, deny]);
  if (policySize(bound) <= inlineRoom) return { inline: bound, managed: [] };
  return { inline: policyDocument([deny]), managed: splitStatements(patterns) };
}

/** One statement that lists the ARNs of all targets. */
export function listStatement(
  targets: readonly TargetRole[],
  actions: readonly string[],
): Statement {
  return {
    Sid: ASSUME_STATEMENT_SID,
    Effect: "Allow",
    Action: actions,
    Resource: targets.flatMap(roleArns),
  };
}

function accountPatterns(target: TargetRole, actions: readonly string[]): Statement[] {
  return byPartition(target.accounts).map(([partition, accounts]) => ({
    Effect: "Allow",
    Action: actions,
    Resource: rolePattern(partition, target.path, target.name),
    Condition: { StringEquals: { "aws:ResourceAccount": accounts.map((account) => account.id) } },
  }));
}

function organizationPatterns(
  targets: readonly TargetRole[],
  actions: readonly string[],
): Statement[] {
  return targets.flatMap((target) => {
    const members = target.accounts.filter((account) => !hasNoOrganization(account));
    const others = target.accounts.filter(hasNoOrganization);
    const patterns = byPartition(members).map(([partition, accounts]): Statement => ({
      Effect: "Allow",
      Action: actions,
      Resource: rolePattern(partition, target.path, target.name),
      Condition: { StringEquals: { "aws:ResourceOrgID": organizationIds(accounts) } },
    }));
    return [...patterns, ...accountPatterns({ ...target, accounts: others }, actions)];
  });
}

/**
 * Denies what is neither in an organization of the targets nor declared (`aws:PrincipalOrgID` would test
 * the caller). A denial cannot be spread over policies, because each part would deny what the others
 * allow: if the declared ARNs without an organization do not fit, their accounts replace them, and then
 * their names; what is allowed stays the same.
 */
function stayInside(targets: readonly TargetRole[]): Statement {
  const organizations = organizationIds(targets.flatMap((target) => target.accounts));
  const outside = targets
    .map((target) => ({ ...target, accounts: target.accounts.filter(hasNoOrganization) }))
    .filter(({ accounts }) => accounts.length > 0);
  const ids = outside.flatMap(({ accounts }) => accounts.map(({ id }) => id));
  const inside: Condition =
    organizations.length === 0 ? {} : { "aws:ResourceOrgID": organizations };
  if (outside.length === 0) return denial({ Resource: "*" }, inside);

  const byAccount = denial(
    { Resource: "*" },
    { ...inside, "aws:ResourceAccount": [...new Set(ids)].sort() },
  );
  const byName = denial({ NotResource: outside.flatMap(rolePatterns) }, inside);
  const candidates =
    organizations.length === 0
      ? [byAccount]
      : [denial({ NotResource: outside.flatMap(roleArns) }, inside), byAccount];
  const fitting = candidates.find(
    (statement) => policySize(policyDocument([statement])) <= LIMITS.inlinePolicySize,
  );
  return fitting ?? byName;
}

type Condition = Readonly<Record<string, readonly string[]>>;

function denial(scope: Pick<Statement, "Resource" | "NotResource">, unless: Condition): Statement {
  return {
    Sid: OUTSIDE_TARGETS_SID,
    Effect: "Deny",
    Action: "sts:AssumeRole",
    ...scope,
    ...(Object.keys(unless).length === 0 ? {} : { Condition: { StringNotEquals: unless } }),
  };
}

function roleArns({ accounts, path, name }: TargetRole): string[] {
  return accounts.map((account) => roleArn(locationOf(account), path, name));
}

function rolePatterns({ accounts, path, name }: TargetRole): string[] {
  return byPartition(accounts).map(([partition]) => rolePattern(partition, path, name));
}

function rolePattern(partition: AccountIdentity["partition"], path: string, name: string): string {
  return `arn:${partition}:iam::*:role${path}${name}`;
}

function hasNoOrganization({ organization }: AccountIdentity): boolean {
  return organization === undefined;
}

/** Packs statements into as few managed policies as needed; one that is too large by itself is split by its accounts. */
function splitStatements(statements: readonly Statement[]): PolicyDocument[] {
  const documents: PolicyDocument[] = [];
  let current: Statement[] = [];
  const fits = (candidate: readonly Statement[]): boolean =>
    policySize(policyDocument(candidate)) <= LIMITS.managedPolicySize;
  for (const part of statements.flatMap((statement) => splitByAccounts(statement, fits))) {
    if (current.length > 0 && !fits([...current, part])) {
      documents.push(policyDocument(current));
      current = [];
    }
    current.push(part);
  }
  return current.length > 0 ? [...documents, policyDocument(current)] : documents;
}

function splitByAccounts(
  statement: Statement,
  fits: (candidate: readonly Statement[]) => boolean,
): Statement[] {
  if (fits([statement])) return [statement];
  const ids = statement.Condition?.StringEquals?.["aws:ResourceAccount"];
  if (ids === undefined || typeof ids === "string" || ids.length < 2) return [statement];
  const withIds = (part: readonly string[]): Statement => ({
    ...statement,
    Condition: { StringEquals: { "aws:ResourceAccount": part } },
  });
  const empty = policySize(policyDocument([withIds([])]));
  const most = Math.floor((LIMITS.managedPolicySize - empty) / '"123456789012",'.length);
  const parts: Statement[] = [];
  for (let start = 0; start < ids.length; start += most) {
    parts.push(withIds(ids.slice(start, start + most)));
  }
  return parts;
}

function byPartition(
  accounts: readonly AccountIdentity[],
): [AccountIdentity["partition"], AccountIdentity[]][] {
  const groups = groupBy(accounts, (account) => account.partition);
  return [...groups].sort(byKey);
}

function organizationIds(accounts: readonly AccountIdentity[]): string[] {
  const ids = accounts.flatMap(({ organization }) =>
    organization === undefined ? [] : [organization.id],
  );
  return [...new Set<string>(ids)].sort();
}
