import { synthesize } from "../../../../../constructs/synthesize";
import { compareTrees } from "../../../../../lib/review/compare-trees";
import { readReviewedTree } from "../../../../../lib/review/compare/read-reviewed-tree";
import type { Review } from "../../../../../lib/review/review";
import type { ReviewedTree } from "../../../../../lib/review/compare/reviewed-tree";
import type { StackText } from "../../../../../lib/access/read/terraform-stack";
import { checkMap } from "../../../../support/project";
import type { PolicyTexts } from "../../../../support/project";

/** When requests of the tests are made. */
export const TIME = "2026-01-01T00:00:00Z";

/** The tree that a map is synthesized to, with a change to its texts where the generator is another. */
export function treeOf(
  mapText: string,
  policies: PolicyTexts = {},
  edit: (text: string, stack: string) => string = (text) => text,
): ReviewedTree {
  const { map, plan, diagnostics } = checkMap(mapText, policies);
  if (map === undefined || plan === undefined) {
    throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  }
  const stacks = [...synthesize(plan).stacks].map(([stack, text]) => ({
    stack,
    text: edit(text, stack),
  }));
  return readReviewedTree(stacks, map, plan);
}

/** The tree of stacks, without any map. */
export function treeOfStacks(...stacks: readonly StackText[]): ReviewedTree {
  return readReviewedTree(stacks);
}

/** What a review of two trees says. */
export function reviewOf(base: ReviewedTree, head: ReviewedTree): Review {
  return compareTrees({ base, head, time: TIME });
}

/** Replaces a text that must occur. */
export function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`there is no ${from}`);
  return text.replaceAll(from, to);
}
