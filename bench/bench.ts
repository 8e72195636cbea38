import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Measurement, ProofMeasurement } from "./measurement";
import { generateProject } from "./organization";
import { benchTable } from "./report";
import type { BenchResult, SizeResult } from "./report";
import { countSameResources } from "./same-resources";

const ROOT = join(__dirname, "..");
/** Runs of each program, by what a run costs; the median counts. */
const ROUNDS = { example: 5, small: 3, large: 1 };

const { values } = parseArgs({
  options: {
    accounts: { type: "string", default: "1000,10000" },
    json: { type: "boolean", default: false },
  },
});
const folder = mkdtempSync(join(tmpdir(), "trustwheel-bench-"));
try {
  const result: BenchResult = {
    node: process.version,
    cores: cpus().length,
    processor: cpus()[0]?.model ?? "",
    synthExample: measureExample("synth"),
    checkExample: measureExample("check"),
    proveExample: proveExample(),
    reviewExample: reviewExample(),
    policy: median(Array.from({ length: ROUNDS.example }, () => measure("measure-policy"))),
    sizes: values.accounts.split(",").map((count) => measureSize(Number(count))),
  };
  process.stdout.write(values.json ? `${JSON.stringify(result, null, 2)}\n` : benchTable(result));
} finally {
  rmSync(folder, { recursive: true });
}

type Program = "trustwheel" | "bare" | "floor" | "changed" | "whoCan" | "review" | "edit";

function measureExample(command: "synth" | "check"): Measurement {
  return median(
    Array.from({ length: ROUNDS.example }, () => measure("measure-example", ROOT, command)),
  );
}

/** The proof of the example as `npm run synth` makes it: right after the synthesis, in the same process. */
function proveExample(): ProofMeasurement {
  const outdir = join(folder, "example");
  return medianProof(
    Array.from({ length: ROUNDS.example }, () => {
      const measurement = measure("measure-trustwheel", ROOT, outdir, "proof");
      rmSync(outdir, { recursive: true });
      return measurement;
    }),
  );
}

/** The review of the example with one account more. */
function reviewExample(): Measurement {
  const home = join(folder, "review");
  const head = join(home, "head");
  const [baseTree, headTree] = [join(home, "base-tree"), join(home, "head-tree")];
  mkdirSync(head, { recursive: true });
  cpSync(join(ROOT, "policies"), join(head, "policies"), { recursive: true });
  measure("measure-edit", join(ROOT, "accounts.yaml"), join(head, "accounts.yaml"));
  measure("measure-trustwheel", ROOT, baseTree);
  measure("measure-trustwheel", head, headTree);
  const review = median(
    Array.from({ length: ROUNDS.example }, () =>
      measure("measure-review", ROOT, baseTree, head, headTree),
    ),
  );
  rmSync(home, { recursive: true });
  return review;
}

/** All programs one after the other, each in a process and a folder of its own. */
function measureSize(accounts: number): SizeResult {
  const rounds = accounts > 2000 ? ROUNDS.large : ROUNDS.small;
  const home = join(folder, String(accounts));
  const project = join(home, "project");
  const plain = join(home, "plain.json");
  writeProject(project, accounts, 0);
  run("write-plain-stacks", project, plain);
  const next = join(home, "next");
  writeProject(next, accounts, 1);
  const nextTree = join(home, "next-tree");
  measure("measure-trustwheel", next, nextTree);
  const all: Record<Program, Measurement[]> = {
    whoCan: [],
    review: [],
    edit: [],
    trustwheel: [],
    bare: [],
    floor: [],
    changed: [],
  };
  let resources = 0;
  for (let round = 1; round <= rounds; round += 1) {
    const [ours, bare, floor] = ["trustwheel", "bare", "floor"].map((name) => join(home, name));
    if (ours === undefined || bare === undefined || floor === undefined) break;
    all.trustwheel.push(measure("measure-trustwheel", project, ours, "proof"));
    all.bare.push(measure("measure-bare", plain, bare));
    all.floor.push(measure("measure-floor", ours, floor));
    all.whoCan.push(measure("measure-who-can", project, ours));
    all.review.push(measure("measure-review", project, ours, next, nextTree));
    all.edit.push(measure("measure-edit", join(project, "accounts.yaml"), join(home, "edited")));
    resources = countSameResources(ours, bare);
    writeProject(project, accounts, round);
    all.changed.push(measure("measure-trustwheel", project, ours));
    writeProject(project, accounts, 0);
    for (const outdir of [ours, bare, floor]) rmSync(outdir, { recursive: true });
  }
  rmSync(home, { recursive: true });
  return {
    accounts,
    resources,
    rounds,
    trustwheel: median(all.trustwheel),
    bare: median(all.bare),
    floor: median(all.floor),
    changed: median(all.changed),
    proof: medianProof(all.trustwheel),
    whoCan: median(all.whoCan),
    review: median(all.review),
    edit: median(all.edit),
  };
}

function writeProject(project: string, accounts: number, revision: number): void {
  const { map, policies } = generateProject(accounts, revision);
  mkdirSync(join(project, "policies"), { recursive: true });
  writeFileSync(join(project, "accounts.yaml"), map);
  for (const [name, document] of Object.entries(policies)) {
    writeFileSync(join(project, "policies", `${name}.json`), JSON.stringify(document, null, 2));
  }
}

function measure(program: string, ...args: string[]): Measurement {
  return JSON.parse(run(program, ...args)) as Measurement;
}

function run(program: string, ...args: string[]): string {
  const hook = join(ROOT, "cli", "typescript.js");
  const script = join(__dirname, `${program}.ts`);
  return execFileSync(process.execPath, ["-r", hook, script, ...args], { encoding: "utf8" });
}

/** The run with the median time. */
function median(measurements: readonly Measurement[]): Measurement {
  const sorted = [...measurements].sort((a, b) => a.total - b.total);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error("nothing was measured");
  return middle;
}

/** The proof with the median time. */
function medianProof(measurements: readonly Measurement[]): ProofMeasurement {
  const proofs = measurements.flatMap(({ proof }) => proof ?? []);
  const sorted = proofs.sort((a, b) => a.milliseconds - b.milliseconds);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error("nothing was proved");
  return middle;
}
