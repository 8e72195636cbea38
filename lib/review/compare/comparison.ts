import type { SafeguardFiles } from "../safeguards/changed-files";
import { compareContext } from "./compare-context";
import type { CompareContext } from "./compare-context";
import { edgeDifference } from "./edge-difference";
import type { EdgeDifference } from "./edge-difference";
import type { ReviewInput } from "./reviewed-tree";

/** What all kinds of changes are found in. */
export interface Comparison extends CompareContext {
  readonly edges: EdgeDifference;
  /** ARNs of the roles by which the pipeline carries changes out, as base has them. */
  readonly pipelineRoles: readonly string[];
  /** Files that differ between the revisions, and are safeguards. */
  readonly files: SafeguardFiles;
}

/** Compares two trees as far as several kinds of changes need it. */
export function comparison(input: ReviewInput): Comparison {
  const context = compareContext(input);
  const { pipelineRoles = [], files = { program: [], unseen: [], tools: [] } } = input;
  return { ...context, edges: edgeDifference(context), pipelineRoles, files };
}
