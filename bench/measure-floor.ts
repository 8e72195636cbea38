import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Stopwatch, tell } from "./measurement";

// The same bytes by JSON.stringify, mkdir and writeFileSync alone: measure-floor.ts SYNTHESIZED OUTDIR
const [synthesized = "", outdir = ""] = process.argv.slice(2);
const FILE = "cdk.tf.json";
const watch = new Stopwatch();
const texts = watch.unmeasured(() => {
  const stacks = join(synthesized, "stacks");
  return readdirSync(stacks).map(
    (name) => [name, readFileSync(join(stacks, name, FILE), "utf8")] as const,
  );
});
const values = watch.unmeasured(() =>
  texts.map(([name, text]) => [name, JSON.parse(text) as unknown] as const),
);
watch.phase("stringify and write", () => {
  for (const [name, value] of values) {
    const folder = join(outdir, "stacks", name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, FILE), `${JSON.stringify(value, null, 2)}\n`);
  }
});
watch.unmeasured(() => {
  for (const [name, text] of texts) {
    const written = readFileSync(join(outdir, "stacks", name, FILE), "utf8");
    if (written !== text) throw new Error(`the floor wrote other bytes for ${name}`);
  }
});
tell(watch.stop());
