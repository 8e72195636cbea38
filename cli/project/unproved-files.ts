import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stackAccountId } from "../../lib/access/read/stack-accounts";
import { isImportFile } from "../../lib/adopt/imports/import-file";
import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { importFileOf } from "./output-folder";

/** Files that Terraform and OpenTofu read of a folder. */
const TERRAFORM_FILE = /\.(?:tf|tofu)(?:\.json)?$/;

/** Whether Terraform would read a file. */
export function isTerraformFile(name: string): boolean {
  return TERRAFORM_FILE.test(name);
}

/**
 * Terraform that would be applied with a synthesized tree and is not part of it, and is not proved: a
 * file of imports that has anything else, and files next to a stack in the output folder.
 *
 * @param outdir the output folder; `undefined` if nothing is written
 * @param readFile reads a file of the project
 */
export function unprovedFiles(
  outdir: string | undefined,
  stacks: ReadonlyMap<string, string>,
  readFile: (name: string) => string | undefined,
): Diagnostic[] {
  const imports = [...stacks.values()].flatMap((text): Diagnostic[] => {
    const file = importFileOf(stackAccountId(text) ?? "");
    const found = readFile(file);
    if (found === undefined || isImportFile(found)) return [];
    const message = "has more than import blocks: Terraform would apply it unproved";
    const help = 'keep only blocks such as `import {`, `to = aws_iam_role.x`, `id = "name"` in it';
    return [{ severity: "error", rule: "import-file", file, message, help }];
  });
  const written = outdir === undefined ? [] : [...stacks.keys()];
  const beside = written.flatMap((stack) =>
    terraformBeside(join(outdir ?? "", "stacks", stack)).map((file): Diagnostic => {
      const message = "is Terraform next to a synthesized stack: Terraform would apply it unproved";
      const help = "remove the file, or declare in the map what it creates";
      return { severity: "error", rule: "unproved-terraform", file, message, help };
    }),
  );
  return [...imports, ...beside];
}

/** Files next to a stack that Terraform would read, without those that are synthesized. */
export function terraformBeside(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => isTerraformFile(name) && name !== "cdk.tf.json")
    .map((name) => join(folder, name))
    .filter((file) => !file.endsWith("imports.tf") || !isImportFile(readFileSync(file, "utf8")));
}
