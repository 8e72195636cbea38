import { synthesize } from "../../../constructs/synthesize";
import { accountDirectory } from "../../../lib/access/account-directory";
import { effectiveControlPolicies } from "../../../lib/access/decide/effective-control-policies";
import { provePlan } from "../../../lib/access/proof/prove-plan";
import type { Proof } from "../../../lib/access/proof/prove-plan";
import type { AccountMap } from "../../../lib/account-map/model/account-map";
import type { ControlPolicySet } from "../../../lib/account-map/model/control-policy";
import { printDiagnostics } from "../../../lib/diagnostics/print";
import { policyDocument } from "../../../lib/iam/policy-document";
import type { PolicyDocument, Statement } from "../../../lib/iam/policy-document";
import type { ResolvedAccess } from "../../../lib/plan/resolved-access";
import { checkMap } from "../project";
import type { PolicyTexts } from "../project";

/** Statements of control policies at the root of the organization `example`. */
export interface RootPolicies {
  readonly service?: readonly Statement[];
  readonly resource?: readonly Statement[];
}

/** Proves a map that must be free of errors with control policies at the root. */
export function proveUnder(
  mapText: string,
  { service, resource }: RootPolicies,
  policies: PolicyTexts = {},
): Proof {
  const { map, plan, stacks } = prepare(mapText, policies);
  const attached = (
    name: string,
    statements: readonly Statement[] | undefined,
  ): ControlPolicySet<PolicyDocument>["service"] =>
    statements === undefined
      ? []
      : [{ name, document: policyDocument(statements), targets: [{ kind: "unit", path: "/" }] }];
  const set: ControlPolicySet<PolicyDocument> = {
    service: attached("scp", service),
    resource: attached("rcp", resource),
    fullAccess: { everywhereBut: [] },
  };
  return provePlan({
    plan,
    accounts: accountDirectory(map.accounts.values()),
    stacks,
    assertions: map.assertions ?? [],
    controls: effectiveControlPolicies(map.accounts.values(), new Map([["example", set]])),
  });
}

interface Prepared {
  readonly map: AccountMap;
  readonly plan: ResolvedAccess;
  readonly stacks: readonly { readonly stack: string; readonly text: string }[];
}

/** Maps that were synthesized: many policies are asked about one. */
const known = new Map<string, Prepared>();

function prepare(mapText: string, policies: PolicyTexts): Prepared {
  const key = JSON.stringify([mapText, policies]);
  const found = known.get(key);
  if (found !== undefined) return found;
  const { map, plan, diagnostics, texts } = checkMap(mapText, policies);
  if (map === undefined || plan === undefined) {
    throw new Error(printDiagnostics(diagnostics, { texts, color: false }));
  }
  const stacks = [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text }));
  const prepared = { map, plan, stacks };
  known.set(key, prepared);
  return prepared;
}

/** The verdict, and of each problem what stands behind its caller. */
export function outcomeUnder(mapText: string, policies: RootPolicies): string {
  const { verdict, problems } = proveUnder(mapText, policies);
  return [verdict, ...problems.map(({ message }) => message)].join("\n");
}

/** A statement that denies something to everybody, in either kind of control policy. */
export function deny(
  kind: keyof RootPolicies,
  Action: string | string[],
  Condition: Statement["Condition"] = {},
  Resource: string | string[] = "*",
): RootPolicies {
  const statement: Statement = {
    Sid: "D",
    Effect: "Deny",
    Action,
    Resource,
    ...(Object.keys(Condition).length === 0 ? {} : { Condition }),
  };
  return { [kind]: [kind === "service" ? statement : { ...statement, Principal: "*" }] };
}
