import type { ChangedFile } from "../../lib/review/safeguards/changed-files";
import { gitBytes } from "./git";
import { pathOf, splitAtNul } from "./git-tree";
import type { GitTree } from "./git-tree";
import type { Revision } from "./revision";

/** The files that differ between two commits. */
export function changedBetween(base: GitTree, head: GitTree): readonly ChangedFile[] {
  const paths = new Set([...base.entries.keys(), ...head.entries.keys()]);
  return [...paths].flatMap((path): ChangedFile[] => {
    const [before, after] = [base.entries.get(path), head.entries.get(path)];
    if (before?.id === after?.id && before?.mode === after?.mode) return [];
    const direction = before === undefined ? "gained" : after === undefined ? "lost" : "edited";
    return [{ path, direction }];
  });
}

/** The files of git's that differ between a commit and the working tree. What git does not know is in no commit. */
export function changedInWorkingTree({ top, commit }: Revision): readonly ChangedFile[] {
  const { stdout } = asked(top, [
    "diff",
    "--name-status",
    "-z",
    "--no-renames",
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "--ignore-submodules=dirty",
    commit,
  ]);
  const parts = splitAtNul(stdout);
  return parts.flatMap((bytes, index): ChangedFile[] => {
    if (index % 2 === 0) return [];
    const status = parts[index - 1]?.toString("latin1") ?? "";
    const direction = status === "A" ? "gained" : status === "D" ? "lost" : "edited";
    return [{ path: pathOf(bytes).path, direction }];
  });
}

/** The files that git knows in the working tree. */
export function trackedFiles({ top }: Revision): readonly string[] {
  return splitAtNul(asked(top, ["ls-files", "-z"]).stdout).map((bytes) => pathOf(bytes).path);
}

function asked(top: string, args: readonly string[]): { readonly stdout: Buffer } {
  const answer = gitBytes(top, args);
  if (!answer.ok) throw new Error(`git ${args[0] ?? ""} failed: ${answer.stderr}`);
  return answer;
}
