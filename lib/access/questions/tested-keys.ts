import { parseArn } from "../../iam/arn";
import type { Caller } from "../../iam/condition/caller";
import type { PermissionPolicy } from "../access-graph";
import type { AccessModel } from "../decide/access-model";
import { bindingPolicies, guardingPolicies } from "../decide/binding-policies";
import { callerEvidence } from "../decide/evidence";

/** Condition keys that the policies about a call test or insert, in lower case. */
export interface TestedKeys {
  readonly keys: ReadonlySet<string>;
  /** Whether the text of each of those policies is known. */
  readonly isComplete: boolean;
}

/** The condition keys that matter to a call: of the trust policy, of the caller's policies and of control policies. */
export function testedKeys(world: AccessModel, caller: Caller, roleArn: string): TestedKeys {
  const { graph } = world;
  const role = graph.roles.get(roleArn);
  const evidence = callerEvidence(graph, caller);
  const policies: readonly (Pick<PermissionPolicy, "document"> | undefined)[] = [
    role === undefined ? undefined : { document: role.trust },
    ...(evidence.known === "nothing" ? [] : evidence.policies),
    evidence.known === "all" ? evidence.boundary : undefined,
    ...bindingPolicies(world, caller).flat(),
    ...guardingPolicies(world, role?.accountId ?? parseArn(roleArn)?.accountId ?? ""),
  ];
  const keys = new Set<string>();
  for (const policy of policies) {
    if (policy?.document.known !== true) continue;
    const { Statement: statements } = policy.document.value;
    for (const { Condition = {} } of statements) {
      for (const key of Object.values(Condition).flatMap(Object.keys)) keys.add(key.toLowerCase());
    }
    for (const [, key = ""] of JSON.stringify(statements).matchAll(VARIABLE)) {
      keys.add(key.trim().toLowerCase());
    }
  }
  const isComplete = policies.every((policy) => policy === undefined || policy.document.known);
  return { keys, isComplete };
}

/** A policy variable: `${key}`, or `${key, 'default'}` (rule GR-22). */
const VARIABLE = /\$\{([^,}]+)[^}]*\}/g;
