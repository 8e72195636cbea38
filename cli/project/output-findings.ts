import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { checkTerraform } from "../../lib/rules/terraform/check-terraform";
import { stackFiles } from "./output-folder";
import { unprovedFiles } from "./unproved-files";

/**
 * What is wrong with a synthesized tree that is about to be written: what the library let through, and
 * Terraform that would be applied with it and is no part of it.
 *
 * @param outdir where it is to be written; `undefined` where it is not
 * @param readFile reads a file of the project
 */
export function outputFindings(
  outdir: string | undefined,
  stacks: ReadonlyMap<string, string>,
  readFile: (name: string) => string | undefined,
): Diagnostic[] {
  return [
    ...checkTerraform(stackFiles(outdir ?? "cdktf.out", stacks), "serializer"),
    ...unprovedFiles(outdir, stacks, readFile),
  ];
}
