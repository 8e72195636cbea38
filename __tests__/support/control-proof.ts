import { synthesize } from "../../constructs/synthesize";
import { accountDirectory } from "../../lib/access/account-directory";
import { effectiveControlPolicies } from "../../lib/access/effective-control-policies";
import { provePlan } from "../../lib/access/prove-plan";
import type { Proof } from "../../lib/access/prove-plan";
import type { ControlPolicySet } from "../../lib/account-map/control-policy";
import { printDiagnostics } from "../../lib/diagnostics/print";
import { policyDocument } from "../../lib/iam/policy-document";
import type { PolicyDocument, Statement } from "../../lib/iam/policy-document";
import { checkMap } from "./project";
import type { PolicyTexts } from "./project";

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
  const { map, plan, diagnostics, texts } = checkMap(mapText, policies);
  if (map === undefined || plan === undefined) {
    throw new Error(printDiagnostics(diagnostics, { texts, color: false }));
  }
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
    stacks: [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text })),
    assertions: map.assertions ?? [],
    controls: effectiveControlPolicies(map.accounts.values(), new Map([["example", set]])),
  });
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
