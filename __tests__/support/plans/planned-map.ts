import type { AccountMap } from "../../../lib/account-map/model/account-map";
import { readAccountMap } from "../../../lib/account-map/read/read-account-map";
import type { Diagnostic } from "../../../lib/diagnostics/diagnostic";
import { printDiagnostics } from "../../../lib/diagnostics/print";
import type { PolicyDocument, Statement } from "../../../lib/iam/policy-document";
import type { ResolvedAccess, RolePlan } from "../../../lib/plan/resolved-access";
import { buildAccessPlan } from "../../../lib/plan/build-access-plan";
import type { Account } from "../../../lib/account-map/model/account-map";

/** A map and its plan, before any rule has judged them. */
export interface PlannedMap {
  readonly map: AccountMap;
  readonly plan: ResolvedAccess;
}

/** Reads and plans a map given as a value; throws what stands in the way. Rules are not run. */
export function planMap(
  value: unknown,
  documents: Readonly<Record<string, PolicyDocument>> = {},
  files: Readonly<Record<string, string>> = {},
): PlannedMap {
  const text = JSON.stringify(value, undefined, 1);
  const named = new Map(Object.entries(documents));
  const input = {
    file: "accounts.yaml",
    text,
    documents: named,
    readFile: (name: string) => files[name],
  };
  const { map, source, diagnostics } = readAccountMap(input);
  refuse(diagnostics, text);
  if (map === undefined || source === undefined) throw new Error("the map was not read");
  const planned = buildAccessPlan({ map, documents: named, source });
  refuse(planned.diagnostics, text);
  return { map, plan: planned.plan };
}

/** A statement of the trust of a role. */
export interface TrustStatement {
  readonly account: Account;
  readonly role: RolePlan;
  readonly statement: Statement;
}

/** Every statement of every trust of a plan. */
export function trustStatements(plan: ResolvedAccess): TrustStatement[] {
  return plan.accounts.flatMap(({ account, roles }) =>
    roles.flatMap((role) =>
      role.trust.Statement.map((statement) => ({ account, role, statement })),
    ),
  );
}

/** Every document of a plan but the trusts: what roles, users and boundaries allow. */
export function permissionDocuments(plan: ResolvedAccess): PolicyDocument[] {
  return plan.accounts.flatMap(({ roles, boundaries, grants }) => [
    ...roles.flatMap(({ policies }) =>
      [...policies.inline, ...policies.customer].map(({ document }) => document),
    ),
    ...boundaries.map(({ document }) => document),
    ...grants.map(({ document }) => document),
  ]);
}

/** The operators, keys and values that a statement asks for. */
export function conditionsIn({ Condition }: Statement): {
  readonly operator: string;
  readonly key: string;
  readonly values: string | readonly string[];
}[] {
  return Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values })),
  );
}

function refuse(diagnostics: readonly Diagnostic[], text: string): void {
  if (diagnostics.every(({ severity }) => severity !== "error")) return;
  const texts = new Map([["accounts.yaml", text]]);
  throw new Error(printDiagnostics(diagnostics, { texts, color: false }));
}
