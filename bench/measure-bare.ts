import { readFileSync } from "node:fs";
import { constructBareApp } from "./bare-program";
import { Stopwatch, tell } from "./measurement";
import type { PlainStack } from "./plain-resources";

// The bare CDKTF program, whose input is there already: measure-bare.ts INPUT OUTDIR
const [input = "", outdir = ""] = process.argv.slice(2);
const watch = new Stopwatch();
const stacks = watch.unmeasured(() => JSON.parse(readFileSync(input, "utf8")) as PlainStack[]);
const app = watch.phase("construct", () => constructBareApp(outdir, stacks));
watch.phase("synthesize", () => {
  app.synth();
});
tell(watch.stop());
