import { administratorBy, couldEscalate, findEscalations } from "../../iam/escalation/escalation";
import type { FoundEscalation } from "../../iam/escalation/escalation";
import type { RolePermissions } from "../../iam/escalation/role-permissions";
import { coveredActions } from "../../iam/escalation/escalation-actions";
import { policyDocument } from "../../iam/policy-document";
import type { PolicyDocument } from "../../iam/policy-document";
import type { ResolvedAccess, AccountPlan, RolePlan } from "../../plan/resolved-access";
import { boundingDocument } from "../../plan/role/boundary";
import { managedDocument, managedName } from "./managed-document";

/** An entry in the map whose roles can gain permissions, and the ways that they have in some of its accounts. */
export interface RoleEscalation {
  /** The role in the first of the accounts. */
  readonly role: RolePlan;
  /** Keys of the accounts in which it has these ways. */
  readonly accounts: readonly string[];
  /** Never none. */
  readonly found: readonly FoundEscalation[];
  /** Names of the policies by which it is administrator. @default - it is not: none */
  readonly administratorBy: readonly string[];
}

/**
 * The roles that can gain permissions by all their policies together (rules N1 to N4), one for each entry
 * of the map and set of ways. Equal roles of many accounts are judged once. What a hub gets from managed
 * policies that let it assume every role is left to rule NP-03.
 */
export function roleEscalations(
  plan: ResolvedAccess,
  now: string | undefined,
): readonly RoleEscalation[] {
  const texts = new DocumentTexts();
  const judged = new Map<string, readonly FoundEscalation[]>();
  const groups = new Map<string, Omit<RoleEscalation, "accounts"> & { accounts: string[] }>();
  for (const accountPlan of plan.accounts) {
    for (const role of accountPlan.roles) {
      const whole = permissionsOf(role, accountPlan, plan, now, texts);
      if (whole === undefined) continue;
      const permissions = tellingPermissions(whole, texts);
      const key = signature(role, permissions, accountPlan, texts);
      const found = judged.get(key) ?? findEscalations(permissions);
      judged.set(key, found);
      if (found.length === 0) continue;
      const administrators = administratorBy(whole);
      const group = `${role.at.join(".")} ${JSON.stringify([found, administrators])}`;
      const same = groups.get(group);
      if (same !== undefined) same.accounts.push(accountPlan.account.key);
      else {
        const accounts = [accountPlan.account.key];
        groups.set(group, { role, accounts, found, administratorBy: administrators });
      }
    }
  }
  return [...groups.values()];
}

/** Whether a document lets its role assume every role whose trust admits it. */
export function assumesEveryRole(
  document: PolicyDocument,
  role: RolePlan,
  region: string,
): boolean {
  const policies = [{ name: "", document }];
  const found = findEscalations({ arn: role.arn, region, ownPolicyArns: [], policies });
  return found.some(({ actions }) => actions[0] === "sts:AssumeRole");
}

/** What decides what a role may do; `undefined` where its policies name too few actions for any way to gain permissions. */
function permissionsOf(
  role: RolePlan,
  accountPlan: AccountPlan,
  plan: ResolvedAccess,
  now: string | undefined,
  texts: DocumentTexts,
): RolePermissions | undefined {
  const { account } = accountPlan;
  const { inline, customer, managed } = role.policies;
  const prefix = `${role.name}-`;
  const policies = [
    ...inline,
    ...customer.map(({ name, document }) => ({ name: name.slice(prefix.length), document })),
    ...managed.flatMap(({ arn }) => {
      const document = managedDocument(arn);
      if (document === undefined) return [];
      if (role.kind === "hub" && assumesEveryRole(document, role, account.region)) return [];
      return [{ name: managedName(arn), document }];
    }),
  ];
  if (!couldEscalate(policies.map(({ document }) => texts.telling(document)))) return undefined;

  const boundary = role.permissionsBoundary;
  const bounding =
    boundingDocument(role, accountPlan, plan.boundaryTexts)?.document ??
    (boundary && managedDocument(boundary.arn));
  return {
    arn: role.arn,
    region: account.region,
    ...(account.organization === undefined ? {} : { organizationId: account.organization.id }),
    ownPolicyArns: [
      ...customer.map(({ arn }) => arn),
      ...(boundary === undefined || managedDocument(boundary.arn) !== undefined
        ? []
        : [boundary.arn]),
    ],
    policies,
    ...(now === undefined ? {} : { now }),
    ...(bounding === undefined ? {} : { boundary: bounding }),
  };
}

/** The same without what says nothing about the ways to gain permissions. */
function tellingPermissions(
  { policies, boundary, ...rest }: RolePermissions,
  texts: DocumentTexts,
): RolePermissions {
  return {
    ...rest,
    policies: policies
      .map(({ name, document }) => ({ name, document: texts.telling(document) }))
      .filter(({ document }) => document.Statement.length > 0),
    ...(boundary === undefined ? {} : { boundary: texts.telling(boundary) }),
  };
}

/** Equal for roles of the same entry that differ by their account's ID alone. */
function signature(
  { id, kind }: RolePlan,
  { policies, boundary, ownPolicyArns, region, organizationId = "" }: RolePermissions,
  { account }: AccountPlan,
  texts: DocumentTexts,
): string {
  const documents = [...policies.map(({ document }) => document), ...(boundary ? [boundary] : [])];
  const parts = documents.map((document) => texts.textIn(document, account.id));
  const arns = ownPolicyArns.map((arn) => arn.replace(account.id, "#"));
  return [kind, id, region, organizationId, ...arns, ...parts].join("\n");
}

/** What is made of documents that many roles share, once for each. */
class DocumentTexts {
  readonly #tellings = new Map<PolicyDocument, PolicyDocument>();
  readonly #texts = new Map<
    PolicyDocument,
    { readonly accountId: string; readonly text: string }
  >();

  /** A document without the statements that say nothing about the ways to gain permissions. */
  telling(document: PolicyDocument): PolicyDocument {
    const known = this.#tellings.get(document);
    if (known !== undefined) return known;
    const statements = document.Statement.filter((each) => coveredActions(each).length > 0);
    const told =
      statements.length === document.Statement.length ? document : policyDocument(statements);
    this.#tellings.set(document, told);
    return told;
  }

  /** The text of a document, with the ID of its account left out. */
  textIn(document: PolicyDocument, accountId: string): string {
    const known = this.#texts.get(document);
    if (known?.accountId === accountId) return known.text;
    const text = JSON.stringify(document).replaceAll(accountId, "#");
    this.#texts.set(document, { accountId, text });
    return text;
  }
}
