import { readAccessGraph, readPossiblyEmptyGraph } from "../../access/read/read-access-graph";
import { blocks, parseJson } from "../../access/read/terraform-stack";
import type { StackText } from "../../access/read/terraform-stack";
import type { AccountMap } from "../../account-map/model/account-map";
import type { ResolvedAccess } from "../../plan/resolved-access";
import { declaresNothing } from "../../plan/resolved-access";
import type { MovedAddress, ReviewedTree } from "./reviewed-tree";

/**
 * Reads one side of a review from the texts of synthesized stacks.
 *
 * @param map that it was made from; without it accounts are named by id
 * @param plan of the map
 */
export function readReviewedTree(
  stacks: readonly StackText[],
  map?: AccountMap,
  plan?: ResolvedAccess,
): ReviewedTree {
  // One side of a change may well be empty: the first hub, or the last one.
  const nothing = plan !== undefined && declaresNothing(plan);
  const read = nothing ? readPossiblyEmptyGraph : readAccessGraph;
  const { graph, diagnostics } = read(stacks, plan?.boundaryTexts);
  return {
    graph,
    unread: diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ file, span, message }) => ({
        subject: file,
        reason: message,
        ...(span === undefined ? {} : { line: span.start.line }),
      })),
    moved: stacks.flatMap(movedAddresses),
    texts: new Map(stacks.map(({ stack, text }) => [stack, text])),
    ...(map === undefined ? {} : { map }),
    ...(plan === undefined ? {} : { plan }),
  };
}

function movedAddresses({ stack, text }: StackText): MovedAddress[] {
  // Most stacks have none, and are parsed for the graph already.
  if (!text.includes('"moved"')) return [];
  return blocks(parseJson(text)?.moved).flatMap(({ from, to }): MovedAddress[] =>
    typeof from === "string" && typeof to === "string" ? [{ stack, from, to }] : [],
  );
}
