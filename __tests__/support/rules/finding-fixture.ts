import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readTerraformPlan } from "../../../lib/access/read/plan/read-terraform-plan";
import { readAccessGraph } from "../../../lib/access/read/read-access-graph";
import { printDiagnostics } from "../../../lib/diagnostics/print";
import { ROOT } from "../project";
import { fixtureOutput } from "./rule-fixture";

/** Where the examples of findings are that are no rules: a folder for each id, with `broken/` and `broken.out`. */
export const FINDING_FIXTURES = join(ROOT, "__tests__", "fixtures", "findings");

/**
 * What a person sees of an example: a folder with `stacks/`, which is read as access; with `plan.json`, a plan of
 * Terraform; or with a map and its documents.
 */
export function findingOutput(folder: string): string {
  const stacks = join(folder, "stacks");
  const plan = join(folder, "plan.json");
  if (existsSync(plan)) {
    const { diagnostics, plan: read } = readTerraformPlan("plan.json", readFileSync(plan, "utf8"));
    const all = [...diagnostics, ...(read?.after.diagnostics ?? [])];
    return printDiagnostics(all, { texts: new Map(), color: false });
  }
  if (!existsSync(stacks)) return fixtureOutput(folder);
  const texts = readdirSync(stacks).flatMap((stack) =>
    readdirSync(join(stacks, stack)).map((file) => ({
      stack,
      text: readFileSync(join(stacks, stack, file), "utf8"),
    })),
  );
  const { diagnostics } = readAccessGraph(texts);
  return printDiagnostics(diagnostics, { texts: new Map(), color: false });
}
