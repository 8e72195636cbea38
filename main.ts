import { synth } from "./cli/commands/synth";
import { reportFailure } from "./cli/system/failure";
import { processTerminal } from "./cli/system/terminal";

// What `npm run synth` and `cdktf synth` run: `accounts.yaml` becomes Terraform, read, checked, planned,
// synthesized, proved and written by `synth`.
const terminal = processTerminal();
try {
  process.exitCode = synth(".", process.env.CDKTF_OUTDIR ?? "cdktf.out", terminal);
} catch (error) {
  process.exitCode = reportFailure(error, terminal);
}
