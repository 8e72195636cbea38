import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileText } from "../system/file-text";
import { runProgram } from "../system/run-program";
import type { UsageProblem } from "../system/usage-problem";
import type { GitTree } from "./git-tree";
import { lastLines } from "../system/last-lines";
import type { Revision } from "./revision";

/** Lock files of npm, which can be installed from. */
const NPM_LOCKS = ["package-lock.json", "npm-shrinkwrap.json"];
const LOCKS = [...NPM_LOCKS, "yarn.lock", "pnpm-lock.yaml", "bun.lock", "bun.lockb"];
const MODULES = "node_modules";

/** Folders that can have the packages of a project: its own, then those above it up to the top. */
function foldersOf(prefix: string): string[] {
  const parts = prefix.split("/").filter((part) => part !== "");
  return parts.map((_, index) => `${parts.slice(0, parts.length - index).join("/")}/`).concat("");
}

/** Whether the packages of the working tree are those that a revision locks. */
export function hasSamePackages(tree: GitTree, { prefix, top }: Revision): boolean {
  return foldersOf(prefix).every((folder) =>
    LOCKS.every((name) => {
      const entry = tree.resolve(`${folder}${name}`);
      const locked =
        entry === undefined || entry === "outside"
          ? undefined
          : tree.content(entry).toString("utf8");
      return withoutReturns(locked) === withoutReturns(fileText(join(top, folder, name)));
    }),
  );
}

/** Whether a revision has packages committed. */
export function hasCommittedPackages(tree: GitTree): boolean {
  return [...tree.entries.keys()].some((path) => /(?:^|\/)node_modules(?:\/|$)/.test(path));
}

function withoutReturns(text: string | undefined): string | undefined {
  return text?.replaceAll("\r\n", "\n");
}

/**
 * Gives the exported files of a revision its packages: those of the working tree where the lock files are
 * the same, else npm installs them, without their scripts.
 *
 * @param folder that the revision was exported to
 * @param say prints what takes a while
 */
export async function providePackages(
  tree: GitTree,
  revision: Revision,
  folder: string,
  say: (step: string) => void,
): Promise<UsageProblem | undefined> {
  const { prefix, top, ref } = revision;
  if (hasSamePackages(tree, revision)) {
    for (const below of foldersOf(prefix)) {
      linkPackages(join(top, below, MODULES), join(folder, below, MODULES));
    }
    return undefined;
  }
  const locked = foldersOf(prefix).find((below) =>
    NPM_LOCKS.some((name) => tree.entries.has(`${below}${name}`)),
  );
  if (locked === undefined) {
    return {
      problem: `the packages of ${ref} differ from the installed ones, and it has no npm lock file`,
      help: `synthesize ${ref} in its own checkout, and pass its output with \`--base-dir\``,
    };
  }
  say(`installing the packages of ${ref}, whose lock file differs`);
  // Synthesis needs no development package and no install script.
  const args = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
  const end = await runProgram("npm", args, { cwd: join(folder, locked) });
  if (end.ok) return undefined;
  return {
    problem: `the packages of the base ${ref} cannot be installed:\n${lastLines(end.output)}`,
    help: `run \`npm ci\` in a checkout of ${ref} to see why`,
  };
}

/** Links package by package: what tools keep among them, such as caches of code, is neither read nor written. */
function linkPackages(from: string, to: string): void {
  if (!existsSync(from) || existsSync(to)) return;
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.name.startsWith(".") && entry.name !== ".bin") continue;
    // A junction needs no rights of an administrator on Windows, and is a plain link elsewhere.
    symlinkSync(resolve(from, entry.name), join(to, entry.name), "junction");
  }
}
