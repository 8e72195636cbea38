import type { AccountMap, RoleSettings } from "../account-map/model/account-map";
import type { YamlSource } from "../source/yaml/yaml-source";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { hasErrors } from "../diagnostics/diagnostic";
import { POLICY_VERSION } from "../iam/policy-document";
import { checkPolicyGrammar } from "../iam/policy-grammar";
import type { PolicyPath } from "../iam/policy-shape";
import { shapePolicy } from "../iam/shape-policy";

/** Checks the statements that are in the map itself like those of documents, at their own lines. */
export function checkStatementsInPlace(map: AccountMap, source: YamlSource): Diagnostic[] {
  return rolesOf(map).flatMap(({ permissions }) => {
    if (permissions.statements.length === 0) return [];
    const ownPath = ([, ...rest]: PolicyPath): PolicyPath => [
      ...permissions.at,
      "statements",
      ...rest,
    ];
    const { source: policy, diagnostics } = shapePolicy(
      { Version: POLICY_VERSION, Statement: permissions.statements },
      {
        file: source.file,
        locate: (path) => source.locate(ownPath(path)),
        locateKey: (path) => source.locateKey(ownPath(path)),
      },
      "needed",
    );
    if (policy === undefined || hasErrors(diagnostics)) return diagnostics;
    return [...diagnostics, ...checkPolicyGrammar(policy, "identity")];
  });
}

function rolesOf(map: AccountMap): RoleSettings[] {
  const ofChains = [...map.chains.values()].flatMap(({ start, steps }) => [
    ...(start.kind === "instanceProfile" ? [start.role] : []),
    ...steps.flatMap((step) => (step.kind === "roles" ? step.roles : [])),
  ]);
  return [...map.hubs.values(), ...map.spokes.values(), ...ofChains];
}
