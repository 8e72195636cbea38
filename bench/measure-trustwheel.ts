import { previousSynthesis, stackFiles, writeOutput } from "../cli/project/output-folder";
import { readNamedFile, readProject } from "../cli/project/project-files";
import { timedProof } from "../cli/project/timed-proof";
import { synthesize } from "../constructs/synthesize";
import * as planning from "../lib/plan/build-access-plan";
import { checkProject } from "../lib/check/check-project";
import { checkTerraform } from "../lib/rules/terraform/check-terraform";
import { Stopwatch, peakMegabytes, tell } from "./measurement";

// What `npm run synth` does, the proof apart: measure-trustwheel.ts ROOT OUTDIR [proof]
const [root = ".", outdir = "cdktf.out", prove] = process.argv.slice(2);
const watch = new Stopwatch();

// Planning happens inside of the check; what is loaded as CommonJS can be wrapped to measure it apart.
let planMilliseconds = 0;
const { buildAccessPlan } = planning;
Object.assign(planning, {
  buildAccessPlan(input: planning.PlanInput): planning.PlanResult {
    const start = performance.now();
    const result = buildAccessPlan(input);
    planMilliseconds = performance.now() - start;
    return result;
  },
});

const { files } = watch.phase("read", () => readProject(root));
if (files === undefined) throw new Error(`${root} cannot be read`);
const { map, plan } = watch.phase("check", () =>
  checkProject({
    ...files,
    readFile: (name) => readNamedFile(root, name),
    previous: (map) => previousSynthesis(outdir, root, map.state),
  }),
);
if (map === undefined || plan === undefined) throw new Error("the generated project has errors");
watch.split("check", "plan", planMilliseconds);
const tree = watch.phase("synthesize", () => synthesize(plan));
const flaws = watch.phase("check Terraform", () =>
  checkTerraform(stackFiles(outdir, tree.stacks), "serializer"),
);
if (flaws.length > 0) throw new Error("the synthesized Terraform has flaws");
const { added, changed } = watch.phase("write", () => writeOutput(outdir, tree, undefined));
const measurement = { ...watch.stop(), written: added.length + changed.length };
if (prove === undefined) tell(measurement);
else {
  const { proof, milliseconds } = timedProof(map, plan, tree.stacks);
  if (proof.verdict !== "proved") throw new Error(`the generated project is ${proof.verdict}`);
  const { roles } = proof;
  tell({ ...measurement, proof: { milliseconds, roles, peakMegabytes: peakMegabytes() } });
}
