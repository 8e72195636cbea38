import { existsSync, realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import type { GitTree } from "./git-tree";
import type { Revision } from "./revision";

/** The script that starts the command line. */
export const SCRIPT = join("cli", "trustwheel.js");

/** Folder of the trustwheel that runs: a package, or a checkout. */
export function packageRoot(): string {
  const found = ["../..", "../../.."]
    .map((up) => resolve(__dirname, up))
    .find((folder) => existsSync(join(folder, SCRIPT)));
  return realpathSync(found ?? resolve(__dirname, "../.."));
}

/** Whether the trustwheel that runs is part of a commit itself, so that another commit may have another one. */
export function isPartOf(tree: GitTree, { top }: Revision): boolean {
  const below = relative(realpathSync(top), join(packageRoot(), SCRIPT));
  return tree.entries.has(below.split(sep).join("/"));
}
