import { readAccountMap } from "../../../../lib/account-map/read/read-account-map";
import type { YamlSource } from "../../../../lib/source/yaml/yaml-source";
import { hasErrors } from "../../../../lib/diagnostics/diagnostic";
import type { Diagnostic } from "../../../../lib/diagnostics/diagnostic";
import type { PolicyDocument, Statement } from "../../../../lib/iam/policy-document";
import { canonicalDocument } from "../../../../lib/iam/policy-text";
import type { ResolvedAccess, AccountPlan, RolePlan } from "../../../../lib/plan/resolved-access";
import { buildAccessPlan } from "../../../../lib/plan/build-access-plan";

/** Documents of `policies/` by name. */
export type Documents = Readonly<Record<string, PolicyDocument>>;

/** A finding without its file and columns. */
export interface BriefFinding {
  readonly rule: string;
  readonly line: number | undefined;
  readonly message: string;
}

/** The plan of a map and nothing else: no rules, no Terraform. The map must be free of errors. */
export function planMap(mapText: string, documents: Documents = {}): PlannedMap {
  const { plan, diagnostics } = planOf(mapText, documents);
  if (hasErrors(diagnostics)) throw new Error(JSON.stringify(diagnostics, undefined, 2));
  return new PlannedMap(plan);
}

/** What the plan finds wrong with a map that can be read. */
export function planFindings(mapText: string, documents: Documents = {}): BriefFinding[] {
  return planOf(mapText, documents).diagnostics.map(({ rule, span, message }) => ({
    rule,
    line: span?.start.line,
    message,
  }));
}

function planOf(
  mapText: string,
  documents: Documents,
): { plan: ResolvedAccess; diagnostics: readonly Diagnostic[] } {
  const byName = new Map(Object.entries(documents));
  const read = readAccountMap({
    file: "accounts.yaml",
    text: mapText,
    documents: byName,
    readFile: (path) => (path === "metadata.xml" ? "<xml/>".padEnd(1000) : undefined),
  });
  const source: YamlSource | undefined = read.source;
  if (read.map === undefined || source === undefined) {
    throw new Error(JSON.stringify(read.diagnostics, undefined, 2));
  }
  return buildAccessPlan({ map: read.map, documents: byName, source });
}

/** A plan, to ask about the documents in it; lists come sorted, as they are written. */
export class PlannedMap {
  readonly plan: ResolvedAccess;

  constructor(plan: ResolvedAccess) {
    this.plan = plan;
  }

  account(key: string): AccountPlan {
    return found(this.plan.accounts, ({ account }) => account.key === key, `the account ${key}`);
  }

  role(account: string, id: string): RolePlan {
    return found(this.account(account).roles, (role) => role.id === id, `${id} in ${account}`);
  }

  /** Statements of a role's trust policy. */
  trust(account: string, id: string): readonly Statement[] {
    return canonicalDocument(this.role(account, id).trust).Statement;
  }

  /** Statements of an inline policy of a role. */
  inline(account: string, id: string, name: string): readonly Statement[] {
    const { inline } = this.role(account, id).policies;
    const policy = found(inline, (each) => each.name === name, `the policy ${name} of ${id}`);
    return canonicalDocument(policy.document).Statement;
  }

  /** Statements of a role's permission to assume others. */
  permission(account: string, id: string): readonly Statement[] {
    return this.inline(account, id, "assume-roles");
  }

  /** Statements of the policy that a user or role from outside of the plan gets. */
  grant(account: string, id: string): readonly Statement[] {
    const { grants } = this.account(account);
    const grant = found(grants, (each) => each.id === id, `the grant ${id} in ${account}`);
    return canonicalDocument(grant.document).Statement;
  }
}

function found<T>(list: readonly T[], fits: (item: T) => boolean, what: string): T {
  const item = list.find(fits);
  if (item === undefined) throw new Error(`there is no ${what}`);
  return item;
}
