import { ASSUME_STATEMENT_SID } from "../../plan/generated-names";
import type { Readable } from "../../access/access-graph";
import { describeDifference } from "../../access/permissions/describe";
import { sessionOf } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import { managedPolicyDocument } from "../../iam/managed-policy";
import { matchesAction } from "../../iam/condition/action-match";
import { valuesOf } from "../../iam/policy-document";
import type { PolicyDocument, Statement } from "../../iam/policy-document";
import type { AccountPlan, RolePlan } from "../../plan/resolved-access";
import { OUTSIDE_TARGETS_SID } from "../../plan/role/assume-permission";
import type { ExistingRole } from "../read/existing-access";
import { isSameText } from "./same-text";

type Policies = ReadonlyMap<string, Readable<PolicyDocument>>;

/** Whether a planned role is permitted what the existing one is, and what is written otherwise all the same. */
export function comparePermissions(
  existing: ExistingRole,
  planned: RolePlan,
  account: AccountPlan,
  policies: Policies,
): { readonly reason: string } | { readonly changes: readonly string[] } {
  const boundary = boundaryDifference(existing, planned, account, policies);
  if (typeof boundary === "string") return { reason: boundary };
  const attached = planned.policies.managed.map(({ arn }) => arn);
  const wanted = new Set([...attached, ...planned.policies.customer.map(({ arn }) => arn)]);
  const lost = existing.attached.find((arn) => !wanted.has(arn));
  const gained = [...attached].find((arn) => !existing.attached.includes(arn));
  if (lost !== undefined) return { reason: `${lost} is attached to it now, and would be detached` };
  if (gained !== undefined) return { reason: `${gained} is not attached to it now, and would be` };

  const made = new Set(planned.policies.customer.map(({ arn }) => arn));
  const own = knownDocuments([
    ...existing.inline,
    ...existing.attached
      .filter((arn) => made.has(arn))
      .map((arn) => ({ name: arn, document: policies.get(arn) ?? NOT_READ })),
  ]);
  if ("reason" in own) return own;
  // What stays attached counts on both sides: a permission in it makes that of the map one that adds nothing.
  const shared = existing.attached
    .filter((arn) => !made.has(arn))
    .flatMap((arn) => textOf(arn, policies));
  const documents = [...planned.policies.inline, ...planned.policies.customer].map(
    ({ document }) => document,
  );
  const caller = sessionOf(existing.arn);
  const now = [...own, ...shared];
  let difference = differenceOf(now, [...documents, ...shared], caller);
  const changes = [...boundary.changes, ...policyChanges(existing, planned)];
  if (difference !== undefined) {
    const bare = documents.map(withoutStay);
    const added = differenceOf(now, [...bare, ...shared], caller);
    if (added !== undefined) difference = added;
    else if (deniesNothingPermitted(existing, planned, account, policies)) {
      changes.push(
        "role assumptions that the map does not declare are denied, too; none of them is allowed now",
      );
      return { changes };
    }
    return { reason: difference };
  }
  return { changes };
}

/** How planned documents differ from those that exist, in words; `undefined` where they permit and deny the same. */
function differenceOf(
  existing: readonly PolicyDocument[],
  planned: readonly PolicyDocument[],
  caller: Caller,
): string | undefined {
  const sides = [{ policies: existing }, { policies: planned }] as const;
  const found = describeDifference(...sides, caller, DIFFERS, "lost");
  return found?.verdict === "unknown"
    ? `whether the map can express its policies is unknown: ${found.text}`
    : found?.text;
}

const DIFFERS = {
  permits: {
    gained: "it would be allowed what it is not allowed now",
    lost: "it is allowed now what it would not be",
  },
  denies: {
    gained: "the map would deny it what is not denied now",
    lost: "the map would not deny it what is denied now",
  },
};

const NOT_READ = { known: false, reason: "its text was not read" } as const;

function textOf(arn: string, policies: Policies): PolicyDocument[] {
  const read = policies.get(arn);
  if (read?.known === true) return [read.value];
  const name = /^arn:[a-z-]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  const known = name === undefined ? undefined : managedPolicyDocument(name);
  return known === undefined ? [] : [known];
}

function withoutStay(document: PolicyDocument): PolicyDocument {
  return {
    ...document,
    Statement: document.Statement.filter(({ Sid }) => Sid !== OUTSIDE_TARGETS_SID),
  };
}

/**
 * Whether the denial that the map adds removes nothing: with all its policies, the role can assume only
 * roles that are planned for it, each by its ARN; and the denial excludes its own organization, and with
 * it the roles of its own account that trust it without its own permission to assume.
 */
function deniesNothingPermitted(
  existing: ExistingRole,
  planned: RolePlan,
  { account }: AccountPlan,
  policies: Policies,
): boolean {
  const statements = planned.policies.inline.flatMap(({ document }) => document.Statement);
  const stays = statements.filter(({ Sid }) => Sid === OUTSIDE_TARGETS_SID);
  const spared = stays.every(({ Condition }) =>
    valuesOf(Condition?.StringNotEquals?.["aws:ResourceOrgID"]).includes(
      account.organization?.id ?? "",
    ),
  );
  const targets = new Set(
    statements
      .filter(({ Sid }) => Sid === ASSUME_STATEMENT_SID)
      .flatMap(({ Resource }) => valuesOf(Resource)),
  );
  const attached = existing.attached.map((arn) => ({ arn, documents: textOf(arn, policies) }));
  if (!spared || attached.some(({ documents }) => documents.length === 0)) return false;
  const own = existing.inline.flatMap(({ document }) => (document.known ? [document.value] : []));
  return [...own, ...attached.flatMap(({ documents }) => documents)]
    .flatMap(({ Statement: all }) => all)
    .every((statement) => assumesOnly(statement, targets));
}

function assumesOnly(statement: Statement, targets: ReadonlySet<string>): boolean {
  if (statement.Effect === "Deny") return true;
  const { Action, NotAction, Resource } = statement;
  const covers = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matchesAction(pattern, "sts:AssumeRole"));
  const assumes = Action === undefined ? !covers(valuesOf(NotAction)) : covers(valuesOf(Action));
  if (!assumes) return true;
  return Resource !== undefined && valuesOf(Resource).every((arn) => targets.has(arn));
}

function boundaryDifference(
  existing: ExistingRole,
  { permissionsBoundary }: RolePlan,
  { boundaries }: AccountPlan,
  policies: Policies,
): string | { readonly changes: readonly string[] } {
  if (existing.boundary !== permissionsBoundary?.arn) {
    return `its permissions boundary is ${existing.boundary ?? "none"}, planned is ${permissionsBoundary?.arn ?? "none"}`;
  }
  const made = boundaries.find(({ id }) => id === permissionsBoundary?.policyId);
  if (existing.boundary === undefined || made === undefined) return { changes: [] };
  const document = policies.get(existing.boundary) ?? NOT_READ;
  if (!document.known) return `its permissions boundary ${existing.boundary}: ${document.reason}`;
  if (isSameText(document.value, made.document)) return { changes: [] };
  const caller = sessionOf(existing.arn);
  const difference = differenceOf([document.value], [made.document], caller);
  return difference === undefined
    ? { changes: [`the permissions boundary ${made.name} is rewritten; same permissions`] }
    : `its permissions boundary ${existing.boundary} differs from that in \`policies/\`: ${difference}`;
}

/** Inline policies that come, go or are written otherwise, though together they permit the same. */
function policyChanges(existing: ExistingRole, { policies }: RolePlan): string[] {
  const found = new Map(existing.inline.map(({ name, document }) => [name, document]));
  const planned = new Map(policies.inline.map(({ name, document }) => [name, document]));
  const changes: string[] = [];
  for (const [name, document] of planned) {
    const earlier = found.get(name);
    if (earlier === undefined)
      changes.push(`the policy ${name} is added; it allows what others did`);
    else if (earlier.known && !isSameText(earlier.value, document)) {
      changes.push(`the policy ${name} is rewritten; same permissions`);
    }
  }
  for (const name of found.keys()) {
    if (!planned.has(name)) changes.push(`the policy ${name} is removed; others allow what it did`);
  }
  for (const { name, arn } of policies.customer) {
    if (!existing.attached.includes(arn)) changes.push(`the managed policy ${name} is added`);
  }
  return changes;
}

/** The documents that are known, or why one is not. */
function knownDocuments(
  documents: readonly { readonly name: string; readonly document: Readable<PolicyDocument> }[],
): readonly PolicyDocument[] | { readonly reason: string } {
  const known: PolicyDocument[] = [];
  for (const { name, document } of documents) {
    if (!document.known) return { reason: `its policy ${name} is unknown: ${document.reason}` };
    known.push(document.value);
  }
  return known;
}
