import type { AccessGraph } from "../access/access-graph";
import { changeAccount, kindOf } from "./kinds/kinds";
import type { AccessChange } from "./kinds/kinds";
import type { Review } from "./review";
import type { ReviewInput } from "./compare/reviewed-tree";

/** The stacks whose text is not the same, by name, and whether a change of access is in them. */
export function changedStacks(
  { base, head }: ReviewInput,
  changes: readonly AccessChange[],
): Review["stacks"] {
  const names = [...new Set([...base.texts.keys(), ...head.texts.keys()])].sort();
  const differing = names.filter((stack) => base.texts.get(stack) !== head.texts.get(stack));
  if (differing.length === 0) return [];
  const accounts = accountsByStack([base.graph, head.graph]);
  const touched = new Set(changes.flatMap((change) => changeAccount(change) ?? []));
  const named = new Set(changes.flatMap((change) => kindOf(change).stacks?.(change) ?? []));
  return differing.map((stack) => {
    const [before, after] = [base.texts.get(stack), head.texts.get(stack)];
    const status = before === undefined ? "added" : after === undefined ? "removed" : "changed";
    const own = accounts.get(stack);
    const sameAccess =
      !named.has(stack) && own !== undefined && [...own].every((id) => !touched.has(id));
    return { stack, status, ...(sameAccess ? { sameAccess } : {}) };
  });
}

function accountsByStack(graphs: readonly AccessGraph[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { roles, users, grants, providers, instanceProfiles } of graphs) {
    for (const nodes of [roles, users, providers, instanceProfiles, grants]) {
      for (const { stack, accountId } of nodes.values()) {
        const ids = found.get(stack) ?? new Set();
        found.set(stack, ids.add(accountId));
      }
    }
  }
  return found;
}
