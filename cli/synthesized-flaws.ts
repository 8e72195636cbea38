import type { Diagnostic } from "../lib/diagnostics/diagnostic";
import { checkTerraform } from "../lib/rules/terraform/check-terraform";
import { stackFiles } from "./output-folder";
import { unprovedTerraform } from "./unproved-terraform";

/**
 * What is wrong with a synthesized tree that is about to be written: what the library let through, and
 * Terraform that would be applied with it and is no part of it.
 *
 * @param readFile reads a file of the project
 */
export function synthesizedFlaws(
  outdir: string,
  stacks: ReadonlyMap<string, string>,
  readFile: (name: string) => string | undefined,
): Diagnostic[] {
  return [
    ...checkTerraform(stackFiles(outdir, stacks), "serializer"),
    ...unprovedTerraform(outdir, stacks, readFile),
  ];
}
