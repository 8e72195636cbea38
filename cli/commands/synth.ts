import type { Command } from "commander";
import type { ExitCode } from "../system/exit-code";
import type { Terminal } from "../system/terminal";

/** `trustwheel synth`: the same as `npm run synth`, for repositories that use the package. */
export function addSynthCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("synth")
    .description("generate Terraform from the map, one stack per account")
    .option("-o, --output <folder>", "output folder", process.env.CDKTF_OUTDIR ?? "cdktf.out")
    .addHelpText(
      "after",
      "\nExamples:\n  trustwheel synth\n  trustwheel synth --output build/terraform",
    )
    .action(({ output, map }: { readonly output: string; readonly map?: string }) => {
      // Loaded here, so that no other command pays for CDKTF.
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { main } = require("../../main") as typeof import("../../main");
      finish(main(".", output, terminal, map));
    });
}
