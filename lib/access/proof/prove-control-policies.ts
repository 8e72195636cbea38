import type { ResolvedAccess } from "../../plan/resolved-access";
import { carriedContext } from "../declared/carried-context";
import { askEntry } from "../controls/ask-entry";
import { entriesOf } from "../controls/entry";
import type { AccessModel } from "../decide/access-model";
import { bindingPolicies, guardingPolicies } from "../decide/binding-policies";
import type { ProofProblem } from "./proof-problem";

/**
 * Proves that control policies allow everything that is declared: every caller, every action that its calls
 * need, every declared value. What the map does not say of a call is unknown, and counts where it decides.
 */
export function proveControlPolicies(
  plan: ResolvedAccess,
  world: AccessModel,
): readonly ProofProblem[] {
  const { service, resource } = world.controls;
  if (service.size + resource.size === 0) return [];
  const { accounts } = world;
  const scope = { accounts, carried: carriedContext(plan), origin: plan.origin };
  return plan.edges.flatMap((edge) => {
    const { to, at } = edge;
    const role = world.graph.roles.get(to.arn);
    if (role === undefined) return [];
    const guarding = guardingPolicies(world, role.accountId);
    return entriesOf(edge, scope).flatMap((entry): ProofProblem[] => {
      const binding = bindingPolicies(world, entry.caller);
      const objection = askEntry(world, entry, to.arn, { binding, guarding });
      if (objection === undefined) return [];
      const { verdict, why } = objection;
      const what = verdict === "refuted" ? "denied" : "not known to be allowed";
      const message = `${entry.who} is a declared caller, but is ${what}: ${why}`;
      return [{ verdict, roleArn: to.arn, message, at }];
    });
  });
}
