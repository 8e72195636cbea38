import type { AccountMap } from "../account-map/model/account-map";
import { Reporter } from "../source/reporter";
import type { Path } from "../source/source";
import type { YamlSource } from "../source/yaml/yaml-source";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { quoteName } from "../diagnostics/quote";
import type { PolicyKind } from "../iam/grammar/policy-kind";

/** What a document is for that a map names as a control policy, and where it does first. */
interface ControlPolicyUse {
  readonly kind: Extract<PolicyKind, "service-control" | "resource-control">;
  readonly at: Path;
}

/** The documents of `policies/` that a map names as control policies, by name. */
export function controlPolicyUses(
  map: AccountMap | undefined,
): ReadonlyMap<string, ControlPolicyUse> {
  const uses = new Map<string, ControlPolicyUse>();
  for (const [key, set] of map?.controlPolicies ?? []) {
    for (const kind of ["service", "resource"] as const) {
      for (const [index, { document }] of set[kind].entries()) {
        const at = ["organizations", key, "controlPolicies", kind, index, "document"];
        if (!uses.has(document)) uses.set(document, { kind: `${kind}-control`, at });
      }
    }
  }
  return uses;
}

/** Control policies take no parameters: nobody fills them in. */
export function checkControlPolicies(
  uses: ReadonlyMap<string, ControlPolicyUse>,
  policies: ReadonlyMap<string, { readonly text: string }>,
  source: YamlSource,
): Diagnostic[] {
  const reporter = new Reporter(source);
  for (const [name, { at }] of uses) {
    const [parameter] = /\{\{[^{}]*\}\}/.exec(policies.get(name)?.text ?? "") ?? [];
    if (parameter === undefined) continue;
    reporter.report(at, {
      rule: "control-policy",
      message: `${quoteName(name)} contains ${quoteName(parameter)}, and a control policy has no parameters`,
      help: "write the value itself, as it is in AWS",
    });
  }
  return reporter.diagnostics;
}
