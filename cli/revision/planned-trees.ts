import { existsSync } from "node:fs";
import { readAccessGraph } from "../../lib/access/read/read-access-graph";
import type { StackText } from "../../lib/access/read/terraform-stack";
import { readTerraformPlan } from "../../lib/access/read/plan/read-terraform-plan";
import type { PlanReading } from "../../lib/access/read/plan/read-terraform-plan";
import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { planMismatches } from "../../lib/review/compare/plan-mismatch";
import type { PlannedAccounts } from "../../lib/review/compare/plan-mismatch";
import { reviewedPlans } from "../../lib/review/compare/reviewed-plans";
import { readTexts } from "../project/check-inputs";
import type { ComparedOptions, ComparedTrees } from "./compared-trees";
import type { ExitCode } from "../system/exit-code";
import { MAP_FILE } from "../project/project-files";
import { knownMap } from "./known-map";
import { openRevision } from "./revision-side";
import { safeguardsInWorkingTree } from "./safeguard-files";
import { readFolder, reportUnreadable } from "./side";
import { readWorkingTree, synthesizeWorkingTree } from "./working-tree";
import type { WorkingTree } from "./working-tree";
import type { Terminal } from "../system/terminal";
import { isProblem, reportProblem } from "../system/usage-problem";

/**
 * Reads plans as two trees: what there is, and what there will be. They are reviewed with the map of a
 * revision, if one is named, and must belong to the working tree, where it has a map, or to a folder of
 * what is deployed. Problems are printed, and the exit code returned.
 */
export async function readPlannedTrees(
  files: readonly string[],
  { base: ref, headDir }: ComparedOptions,
  terminal: Terminal,
): Promise<ComparedTrees | ExitCode> {
  const side = ref === undefined ? undefined : openRevision(".", ref, "base");
  if (side !== undefined && isProblem(side)) return reportProblem(side, terminal);
  const { texts, unreadable } = readTexts(files);
  const broken: Diagnostic[] = [];
  const planned: PlannedAccounts[] = [];
  const readings: PlanReading[] = [];
  for (const [file, text] of texts) {
    const reading = readTerraformPlan(file, text);
    readings.push(reading);
    if (reading.plan === undefined) broken.push(...reading.diagnostics);
    else planned.push({ file, accounts: reading.plan.after.accounts });
  }
  if (unreadable.length + broken.length > 0) {
    return reportUnreadable([...unreadable, ...broken], terminal);
  }
  const baseMap = side === undefined ? undefined : knownMap(side.project.texts);
  const inputs = existsSync(MAP_FILE) ? readWorkingTree(terminal) : undefined;
  if (typeof inputs === "number") return inputs;
  const changed = side === undefined ? undefined : safeguardsInWorkingTree(side, inputs);
  const headTexts = inputs?.plan.boundaryTexts;
  // Without a revision, only the working tree has the text of boundaries created elsewhere.
  const baseTexts = baseMap === undefined ? headTexts : baseMap.plan?.boundaryTexts;
  const { base, head } = reviewedPlans(
    readings,
    {
      ...(baseMap?.map === undefined ? {} : { base: baseMap.map }),
      ...(inputs === undefined ? {} : { head: inputs.map }),
    },
    {
      ...(baseTexts === undefined ? {} : { base: baseTexts }),
      ...(headTexts === undefined ? {} : { head: headTexts }),
    },
  );
  if (inputs === undefined) return { base, head };
  const stacks = await deployedStacks(inputs, headDir, terminal);
  if (typeof stacks === "number") return stacks;
  const mismatches = planMismatches(planned, head.graph, readAccessGraph(stacks).graph);
  if (mismatches.length > 0) {
    return reportProblem(
      {
        problem: `the plans are not of this working tree:\n${mismatches.map((each) => `  ${each}`).join("\n")}`,
        help: "plan each stack of this revision once (`npx trustwheel synth`, then `terraform plan -out=FILE` and `terraform show -json FILE`)",
      },
      terminal,
    );
  }
  return {
    base,
    head: { ...head, plan: inputs.plan },
    source: inputs.source,
    ...(side === undefined ? {} : { revision: side.revision }),
    ...(changed === undefined ? {} : { files: changed }),
  };
}

/** What the plans should be of: the files that are deployed, or what the working tree's program makes now. */
async function deployedStacks(
  inputs: WorkingTree,
  headDir: string | undefined,
  terminal: Terminal,
): Promise<readonly StackText[] | ExitCode> {
  if (headDir === undefined) return await synthesizeWorkingTree(inputs, terminal);
  const folder = readFolder(headDir, {}, terminal);
  return typeof folder === "number" ? folder : folder.stacks;
}
