import { existsSync } from "node:fs";
import { readAccessGraph } from "../lib/access/read/read-access-graph";
import { readTerraformPlan } from "../lib/access/read/plan/read-terraform-plan";
import type { Diagnostic } from "../lib/diagnostics/diagnostic";
import { printDiagnostics } from "../lib/diagnostics/print";
import { planMismatches } from "../lib/review/plan-mismatch";
import type { PlannedAccounts } from "../lib/review/plan-mismatch";
import { reviewedPlans } from "../lib/review/reviewed-plans";
import { readAccessInputs } from "./access-inputs";
import { readBaseMap } from "./base-map";
import { findBaseRevision } from "./base-revision";
import { readTexts } from "./check-inputs";
import type { ComparedTrees } from "./compared-trees";
import { EXIT } from "./exit-code";
import type { ExitCode } from "./exit-code";
import { MAP_FILE } from "./project-files";
import type { Terminal } from "./terminal";
import { isProblem, reportProblem } from "./usage-problem";

/**
 * Reads plans as two trees: what there is, and what there will be. They are judged by the map of a
 * revision, where one is named, and must belong to the working tree, where it has a map. What stands in
 * the way is printed, and its exit code returned.
 */
export function readPlannedTrees(
  files: readonly string[],
  ref: string | undefined,
  terminal: Terminal,
): ComparedTrees | ExitCode {
  const revision = ref === undefined ? undefined : findBaseRevision(".", ref);
  if (revision !== undefined && isProblem(revision)) return reportProblem(revision, terminal);
  const { texts, unreadable } = readTexts(files);
  const broken: Diagnostic[] = [];
  const planned: PlannedAccounts[] = [];
  for (const [file, text] of texts) {
    const { plan, diagnostics } = readTerraformPlan(file, text);
    if (plan === undefined) broken.push(...diagnostics);
    else planned.push({ file, accounts: plan.after.accounts });
  }
  if (unreadable.length + broken.length > 0) {
    const found = [...unreadable, ...broken];
    terminal.stderr(printDiagnostics(found, { texts: new Map(), color: terminal.errorColor }));
    return EXIT.usage;
  }
  const inputs = existsSync(MAP_FILE) ? readAccessInputs({}, terminal) : undefined;
  if (typeof inputs === "number") return inputs;
  const baseMap = revision === undefined ? undefined : readBaseMap(".", revision);
  const plans = [...texts].map(([file, text]) => ({ file, text }));
  const headTexts = inputs?.plan.boundaryTexts;
  // Without a revision nobody but the working tree says what boundaries say that are made elsewhere.
  const baseTexts = baseMap === undefined ? headTexts : baseMap.plan?.boundaryTexts;
  const { base, head } = reviewedPlans(
    plans,
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
  const mismatches = planMismatches(planned, head.graph, readAccessGraph(inputs.stacks).graph);
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
    ...(revision === undefined ? {} : { revision }),
  };
}
