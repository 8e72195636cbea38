import type { Account, AccountMap, Spoke } from "../account-map/model/account-map";
import { Reporter } from "../source/reporter";
import { hasErrors, sortDiagnostics } from "../diagnostics/diagnostic";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { policyKind } from "../iam/grammar/policy-kind";
import type { PolicyKind } from "../iam/grammar/policy-kind";
import type { AccountId, Region, RoleName, RolePath } from "../iam/identifier";
import { LIMITS } from "../iam/limits";
import { policyDocument } from "../iam/policy-document";
import type { PolicyDocument, Statement } from "../iam/policy-document";
import { checkPolicyGrammar } from "../iam/policy-grammar";
import type { PolicySource } from "../iam/policy-shape";
import { readPolicySource } from "../iam/policy-source";
import type { ResolvedAccess } from "../plan/resolved-access";
import { RULES } from "../rules/catalogue";
import { documentEscalations } from "./document-escalations";

/** Documents that were checked without a map. */
export interface CheckedDocuments {
  /** What each document is for, by file; a text that is no document is left out. */
  readonly kinds: ReadonlyMap<string, PolicyKind>;
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Checks policy documents that no map uses: their grammar, then what the rules say of documents on
 * their own. What depends on the role that gets a document, such as its size and its account, is left
 * to the map.
 *
 * @param texts documents by file, as the user named it
 * @param kind what all of them are for. @default - told by the content of each
 * @param now ISO 8601: a condition that ends before it holds no more. @default - not known
 */
export function checkDocuments(
  texts: ReadonlyMap<string, string>,
  kind?: PolicyKind,
  now?: string,
): CheckedDocuments {
  const diagnostics: Diagnostic[] = [];
  const kinds = new Map<string, PolicyKind>();
  const sound = new Map<string, PolicySource>();
  for (const [file, text] of texts) {
    const { source, diagnostics: findings } = readPolicySource(file, text);
    diagnostics.push(...findings);
    if (source === undefined) continue;
    const own = kind ?? policyKind(source.document);
    kinds.set(file, own);
    if (hasErrors(findings)) continue;
    const faults = checkPolicyGrammar(source, own);
    diagnostics.push(...faults);
    // Rules judge what roles have; control policies are none of it.
    const isControl = own === "service-control" || own === "resource-control";
    if (!isControl && !hasErrors(faults)) sound.set(file, source);
    if (own === "identity" && !hasErrors(faults)) diagnostics.push(...escalations(source, now));
  }
  diagnostics.push(...judge(sound, kinds));
  return { kinds, diagnostics: sortDiagnostics(diagnostics) };
}

function escalations(source: PolicySource, now: string | undefined): readonly Diagnostic[] {
  const reporter = new Reporter(source);
  for (const { at, rule, ...finding } of documentEscalations(documentOf(source), now)) {
    reporter.report(at, { rule, severity: "warning", ...finding });
  }
  return reporter.diagnostics;
}

/** A document as a value; its grammar was checked. */
function documentOf({ document }: PolicySource): PolicyDocument {
  return policyDocument((document.Statement ?? []) as Statement[]);
}

function judge(
  documents: ReadonlyMap<string, PolicySource>,
  kinds: ReadonlyMap<string, PolicyKind>,
): Diagnostic[] {
  if (documents.size === 0) return [];
  const boundaries = [...documents.keys()].filter((file) => kinds.get(file) === "boundary");
  const input = { map: mapOf(boundaries), plan: EMPTY_PLAN, documents };
  return RULES.flatMap((rule) =>
    [...rule.check(input)].flatMap(({ at, document = "", ...finding }) => {
      const source = documents.get(document);
      if (source === undefined) return [];
      const reporter = new Reporter(source);
      reporter.report(at, { rule: rule.id, severity: rule.severity, ...finding });
      return reporter.diagnostics;
    }),
  );
}

const ACCOUNT: Account = {
  key: "account",
  id: "111111111111" as AccountId,
  name: "account",
  unit: "/",
  management: false,
  leaving: false,
  tags: {},
  region: "us-east-1" as Region,
  partition: "aws",
  trustPolicyQuota: LIMITS.trustPolicySize,
  managedPoliciesQuota: LIMITS.managedPoliciesPerRole,
  parameters: new Map(),
  at: [],
};

/**
 * A map in which the boundaries are those of roles, as rules on documents ask what a document is used
 * for; what rules say of the roles is not passed on. A new one for each run: rules keep what they find
 * by its map.
 */
function mapOf(boundaries: readonly string[]): AccountMap {
  return {
    organizations: new Map(),
    accounts: new Map([[ACCOUNT.key, ACCOUNT]]),
    hubs: new Map(),
    spokes: new Map(boundaries.map((document) => [document, boundedSpoke(document)])),
    chains: new Map(),
    tags: {},
    requiredTags: [],
    policyPath: "/",
    parameters: new Map(),
    state: { kind: "local", folder: "state" },
    acknowledgements: [],
  };
}

function boundedSpoke(document: string): Spoke {
  return {
    key: document,
    roleName: "role" as RoleName,
    path: "/" as RolePath,
    maxSessionSeconds: LIMITS.roleSessionMin,
    permissionsBoundary: { kind: "document", document, at: [] },
    tags: {},
    permissions: { managed: [], documents: [], statements: [], at: [] },
    hubs: [],
    principals: [],
    accounts: [ACCOUNT],
    externalIds: { default: [], byAccount: new Map() },
    readOnly: false,
    at: [],
  };
}

const EMPTY_PLAN: ResolvedAccess = {
  accounts: [
    {
      account: ACCOUNT,
      roles: [],
      boundaries: [],
      users: [],
      grants: [],
      oidcProviders: [],
      samlProviders: [],
      dependsOn: [],
    },
  ],
  edges: [],
  chains: [],
  handouts: [],
  tags: {},
  state: { kind: "local", folder: "state" },
};
