import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { UsageProblem } from "../system/usage-problem";
import type { GitEntry, GitTree } from "./git-tree";

/** Names that lead out of a folder, or into the insides of git. */
const LEADS_ELSEWHERE = /^(?:|\.{1,2}|\.git|git~\d+)[. ]*$/i;

/**
 * Writes the files of a commit to an empty folder, as they are in git's objects: no filter, attribute or
 * hook takes part, and the folder is no repository.
 *
 * @param replaced contents that replace the commit's, by path; `undefined` leaves a file out.
 *
 * @default - none
 */
export function exportTree(
  tree: GitTree,
  folder: string,
  replaced: ReadonlyMap<string, Buffer | undefined> = new Map(),
): UsageProblem | undefined {
  const kept = [...tree.entries.values()].filter(({ path }) => !replaced.has(path));
  const strange = kept.find(
    ({ path }) =>
      path.split("/").some((part) => LEADS_ELSEWHERE.test(part)) || /\\|^\/|^[A-Za-z]:/.test(path),
  );
  if (strange !== undefined) {
    return { problem: `${tree.commit} has a file that cannot be written: ${strange.path}` };
  }
  const contents = tree.contents(kept);
  // Links come last: nothing is written through one.
  const links = kept.filter(({ mode }) => mode === "120000");
  for (const entry of kept) {
    if (!links.includes(entry)) writeEntry(folder, entry, contents.get(entry.id));
  }
  for (const [path, content] of replaced) {
    if (content === undefined) continue;
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, { flag: "wx" });
  }
  for (const entry of links) {
    const file = fileOf(folder, entry);
    mkdirSync(parentOf(file), { recursive: true });
    symlinkSync(contents.get(entry.id)?.toString("utf8") ?? "", file);
  }
  return undefined;
}

/** Without content it is a submodule, which stays an empty folder. */
function writeEntry(folder: string, entry: GitEntry, content: Buffer | undefined): void {
  const file = fileOf(folder, entry);
  if (content === undefined) {
    mkdirSync(file, { recursive: true });
    return;
  }
  mkdirSync(parentOf(file), { recursive: true });
  writeFileSync(file, content, { flag: "wx" });
  if (entry.mode === "100755") chmodSync(file, 0o755);
}

function fileOf(folder: string, { bytes }: GitEntry): Buffer {
  return Buffer.concat([Buffer.from(`${folder}/`), bytes]);
}

function parentOf(file: Buffer): Buffer {
  return file.subarray(0, file.lastIndexOf(0x2f));
}
