import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stackAccountId } from "../../lib/access/read/stack-accounts";
import type { StateBackend } from "../../lib/account-map/model/account-map";
import type { PreviousSynthesis } from "../../lib/rules/previous-synthesis";
import { fileText } from "../system/file-text";
import { writeIfDifferent } from "../system/write-if-different";

/** What was written, by stack. */
export interface WrittenOutput {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  readonly removed: readonly string[];
  /** Folders of removed stacks that have a Terraform state, and were kept. */
  readonly kept: readonly string[];
}

/** What the output folder is made of. */
export interface OutputTree {
  readonly stacks: ReadonlyMap<string, string>;
  readonly manifest: string;
}

const STACK_FILE = "cdk.tf.json";
/** Terraform's record of provider hashes: committed at the top, copied to every stack. */
export const LOCK_FILE = ".terraform.lock.hcl";
/** Import blocks of an account, where Terraform finds them next to its stack. */
const IMPORT_FILE = "imports.tf";

/**
 * Writes a synthesized tree: only files that differ, each complete or not at all (written next to it and
 * renamed). Everything else in the folders of stacks stays: `.terraform`, saved plans. Folders of removed
 * stacks are removed, unless they have a state.
 *
 * @param readFile reads a file of the project: the import blocks of an account are `imports/ID.tf`, and
 * are copied next to its stack as long as they exist.
 *
 * @default - none
 */
export function writeOutput(
  outdir: string,
  tree: OutputTree,
  lockFile: string | undefined,
  readFile?: (name: string) => string | undefined,
): WrittenOutput {
  const stacks = join(outdir, "stacks");
  const before = stackFolders(stacks);
  const added: string[] = [];
  const changed: string[] = [];
  const unchanged: string[] = [];
  for (const [name, text] of tree.stacks) {
    const folder = join(stacks, name);
    const written = writeStack(outdir, name, text, { lockFile });
    if (readFile !== undefined) {
      const imports = readFile(importFileOf(stackAccountId(text) ?? ""));
      const file = join(folder, IMPORT_FILE);
      if (imports === undefined) rmSync(file, { force: true });
      else writeIfDifferent(file, imports);
    }
    if (!written) unchanged.push(name);
    else if (before.has(name)) changed.push(name);
    else added.push(name);
  }
  const removed: string[] = [];
  const kept: string[] = [];
  for (const name of before) {
    if (tree.stacks.has(name)) continue;
    const folder = join(stacks, name);
    const holdsState = readdirSync(folder).some((file) => file.includes(".tfstate"));
    if (holdsState) kept.push(name);
    else {
      rmSync(folder, { recursive: true });
      removed.push(name);
    }
  }
  writeIfDifferent(join(outdir, "manifest.json"), tree.manifest);
  return { added, changed, unchanged, removed, kept };
}

/** What is written next to a stack. */
interface FilesBeside {
  /** Record of provider hashes. @default - none */
  readonly lockFile: string | undefined;
  /** Import blocks. @default - none are written */
  readonly imports?: string;
}

/** Writes one stack into an output folder; whether its text differs from what was there. */
export function writeStack(
  outdir: string,
  name: string,
  text: string,
  { lockFile, imports }: FilesBeside,
): boolean {
  const folder = join(outdir, "stacks", name);
  const written = writeIfDifferent(join(folder, STACK_FILE), text);
  if (lockFile !== undefined) writeIfDifferent(join(folder, LOCK_FILE), lockFile);
  if (imports !== undefined) writeIfDifferent(join(folder, IMPORT_FILE), imports);
  return written;
}

/** What an earlier synthesis left in the output folder, and which states may exist. */
export function previousSynthesis(
  outdir: string,
  root: string,
  state: StateBackend,
): PreviousSynthesis {
  const accountIds = new Map<string, string>();
  const roleCounts = new Map<string, number>();
  const stacks = join(outdir, "stacks");
  for (const name of stackFolders(stacks)) {
    const text = fileText(join(stacks, name, STACK_FILE)) ?? "";
    const id = stackAccountId(text);
    if (id !== undefined) accountIds.set(name, id);
    roleCounts.set(name, countRoles(text));
  }
  // Terraform finds the state folder next to the output, which is mostly at the top.
  const hasState = (accountId: string): boolean =>
    state.kind !== "local" ||
    [join(outdir, ".."), root].some((folder) =>
      existsSync(join(folder, state.folder, `${accountId}.tfstate`)),
    );
  return { accountIds, hasState, roleCounts };
}

/** The file of the project that holds the import blocks of an account. */
export function importFileOf(accountId: string): string {
  return `imports/${accountId}.tf`;
}

/** How many roles a synthesized stack creates; none for any other text. */
function countRoles(text: string): number {
  try {
    const { resource } = JSON.parse(text) as { resource?: { aws_iam_role?: object } };
    return Object.keys(resource?.aws_iam_role ?? {}).length;
  } catch {
    return 0;
  }
}

/** Names of the folders that hold a stack: anything else next to them is kept. */
function stackFolders(stacks: string): Set<string> {
  if (!existsSync(stacks)) return new Set();
  const entries = readdirSync(stacks, { withFileTypes: true });
  return new Set(
    entries
      .filter((entry) => entry.isDirectory() && existsSync(join(stacks, entry.name, STACK_FILE)))
      .map(({ name }) => name)
      .sort(),
  );
}

/** Texts of stacks by the files that they go to. */
export function stackFiles(
  outdir: string,
  stacks: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  return new Map(
    [...stacks].map(([name, text]) => [`${outdir}/stacks/${name}/${STACK_FILE}`, text]),
  );
}
