import { tmpdir } from "node:os";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Stopwatch, tell } from "./measurement";

// A command on a project, everything included: measure-example.ts ROOT synth|check
const [root = ".", command = "synth"] = process.argv.slice(2);
const terminal = { stdout: ignore, stderr: ignore, color: false, errorColor: false };
process.chdir(root);

if (command === "check") {
  // Each command loads only what it needs, and that is measured too.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { run } = require("../cli/command-line") as typeof import("../cli/command-line");
  const watch = new Stopwatch();
  void run(["check"], terminal).then(() => {
    tell(watch.stop());
  });
} else {
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { synth } = require("../cli/commands/synth") as typeof import("../cli/commands/synth");
  require("../constructs/synthesize");
  /* eslint-enable @typescript-eslint/no-require-imports */
  const watch = new Stopwatch();
  const outdir = mkdtempSync(join(tmpdir(), "trustwheel-example-"));
  synth(".", join(outdir, "cdktf.out"), terminal);
  watch.unmeasured(() => {
    rmSync(outdir, { recursive: true });
  });
  tell(watch.stop());
}

function ignore(): void {
  return;
}
