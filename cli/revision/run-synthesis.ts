import type { StackText } from "../../lib/access/read/terraform-stack";
import { printDiagnostics } from "../../lib/diagnostics/print";
import { existsSync } from "node:fs";
import { runProgram } from "../system/run-program";
import { lastLines } from "../system/last-lines";
import { readStackFolder } from "./stack-folder";
import type { SynthesisProgram } from "./synthesis-program";

/**
 * Runs a program that synthesizes a project, and reads what it wrote into memory.
 *
 * @param outdir an empty folder, which the program gets in `CDKTF_OUTDIR`, as from CDKTF
 */
export async function runSynthesis(
  { command }: SynthesisProgram,
  project: string,
  outdir: string,
): Promise<readonly StackText[] | { readonly failure: string }> {
  const env = { CDKTF_OUTDIR: outdir, NO_COLOR: "1", NODE_DISABLE_COMPILE_CACHE: "1" };
  const end = await runProgram(command, [], { cwd: project, env, shell: true });
  if (!end.ok) return { failure: lastLines(end.output) };
  if (!existsSync(outdir)) {
    return {
      failure: `  \`${command}\` wrote nothing to the folder that the variable CDKTF_OUTDIR names`,
    };
  }
  const { stacks, unreadable } = readStackFolder(outdir);
  return unreadable.length === 0
    ? stacks
    : { failure: lastLines(printDiagnostics(unreadable, { texts: new Map(), color: false })) };
}
