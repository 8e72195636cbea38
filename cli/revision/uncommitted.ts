import { fileRole, PROGRAM } from "../../lib/review/safeguards/file-role";
import type { ProjectLayout } from "../../lib/review/safeguards/file-role";
import { pathPattern } from "../../lib/review/safeguards/path-pattern";
import { gitBytes } from "./git";
import { pathOf, splitAtNul } from "./git-tree";

/**
 * Whether a project has data or program that differ from the last commit. Files that decide nothing do not count,
 * nor does what commands wrote for people and no commit has, such as the report of a review.
 *
 * @param root folder of the project
 */
export function isUncommitted(root: string, layout: ProjectLayout): boolean {
  const { ok, stdout } = gitBytes(root, [
    "status",
    "--porcelain",
    "-z",
    "--no-renames",
    "--untracked-files=all",
    "--",
    ".",
  ]);
  if (!ok) return false;
  return splitAtNul(stdout).some((line) => {
    const { path } = pathOf(line.subarray("?? ".length));
    const role = fileRole(path, layout);
    const untracked = line.subarray(0, 2).toString("latin1") === "??";
    return role !== "idle" && !(untracked && role === "program" && isReport(path, layout));
  });
}

/** Whether a file looks like output of a command. A program of the user's may read JSON. */
function isReport(path: string, { ownProgram }: ProjectLayout): boolean {
  if (PROGRAM.some((pattern) => pathPattern(pattern).test(path))) return false;
  return (ownProgram ? /\.(?:html|txt|sarif|json|diff|patch)$/ : /\.(?:html|txt|sarif)$/).test(
    path,
  );
}
