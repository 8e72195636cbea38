import type { Review } from "../review";
import type { ReviewInput } from "../reviewed-tree";

/** The stacks whose text is not the same, by name. */
export function changedStacks({ base, head }: ReviewInput): Review["stacks"] {
  const names = [...new Set([...base.texts.keys(), ...head.texts.keys()])].sort();
  return names.flatMap((stack): Review["stacks"][number][] => {
    const [before, after] = [base.texts.get(stack), head.texts.get(stack)];
    if (before === after) return [];
    const status = before === undefined ? "added" : after === undefined ? "removed" : "changed";
    return [{ stack, status }];
  });
}
