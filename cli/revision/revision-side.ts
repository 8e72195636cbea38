import { realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { StackText } from "../../lib/access/read/terraform-stack";
import { printDiagnostics } from "../../lib/diagnostics/print";
import { checkProject } from "../../lib/check/check-project";
import { MAP_FILE } from "../project/project-files";
import type { UsageProblem } from "../system/usage-problem";
import { isProblem } from "../system/usage-problem";
import { readCommitProject } from "./commit-project";
import type { CommitProject } from "./commit-project";
import { exportTree } from "./export-tree";
import { GitTree } from "./git-tree";
import { hasCommittedPackages, hasSamePackages, providePackages } from "./installed-packages";
import { lastLines } from "../system/last-lines";
import { packageRoot, SCRIPT } from "../system/package-root";
import { findRevision } from "./revision";
import type { Revision } from "./revision";
import { runSynthesis } from "./run-synthesis";
import { synthesisProgram } from "./synthesis-program";
import type { SynthesisProgram } from "./synthesis-program";
import { stackTexts } from "../project/synthesize-plan";
import { withTemporaryFolder } from "../system/temporary-folder";

/** A revision, with all its data in memory. */
export interface RevisionSide {
  readonly revision: Revision;
  readonly tree: GitTree;
  readonly project: CommitProject;
}

/** Reads the data of a revision from git's objects; nothing of it runs, and nothing is checked out. */
export function openRevision(
  root: string,
  ref: string,
  side: "base" | "head",
): RevisionSide | UsageProblem {
  const revision = findRevision(root, ref, side);
  if (isProblem(revision)) return revision;
  const tree = GitTree.read(revision.top, revision.commit);
  if (isProblem(tree)) return tree;
  return { revision, tree, project: readCommitProject(tree, revision.prefix) };
}

/** What synthesizes a revision, as its own `cdktf.json` says. */
export function programOf({ revision, tree }: RevisionSide): SynthesisProgram | UsageProblem {
  const file = `${revision.prefix}cdktf.json`;
  const entry = tree.resolve(file);
  const settings =
    entry === undefined || entry === "outside" ? undefined : tree.content(entry).toString("utf8");
  return synthesisProgram(settings, `${file} of ${revision.ref}`);
}

/**
 * Synthesizes the base by its own program: in this process if that is the same one, else in a temporary
 * folder that is removed afterwards.
 *
 * @param say prints what takes a while
 */
export async function synthesizeBase(
  side: RevisionSide,
  say: (step: string) => void,
): Promise<readonly StackText[] | UsageProblem> {
  const { ref, commit, prefix } = side.revision;
  if (!side.tree.entries.has(`${prefix}${MAP_FILE}`)) {
    return {
      problem: `the base ${ref} has no ${prefix}${MAP_FILE} to compare with`,
      help: "name a base that has the account map",
    };
  }
  const failed = (text: string): UsageProblem => ({
    problem: `the base ${ref} does not synthesize:\n${text}`,
    help: `fix ${ref} first, or name an older base that synthesizes: \`--base ${commit.slice(0, 12)}~1\``,
  });
  const program = programOf(side);
  if (isProblem(program)) return program;
  if (!runsHere(side, program)) {
    const result = await synthesizeElsewhere(side, program, new Map(), say);
    return "failure" in result ? failed(result.failure) : result;
  }
  const { texts, diagnostics } = side.project;
  const checked = checkProject(texts);
  if (diagnostics.length > 0 || checked.plan === undefined) {
    const found = [...diagnostics, ...checked.diagnostics];
    return failed(lastLines(printDiagnostics(found, { texts: checked.texts, color: false })));
  }
  return stackTexts(checked.plan);
}

/** Whether this process does what the program of a revision would do: it is trustwheel, and the same one. */
export function runsHere({ tree, revision }: RevisionSide, { kind }: SynthesisProgram): boolean {
  return (
    kind === "trustwheel" &&
    hasSamePackages(tree, revision) &&
    !hasCommittedPackages(tree) &&
    !isPartOf(tree, revision)
  );
}

/** Whether the trustwheel that runs is part of a commit itself, so that another commit may have another one. */
function isPartOf(tree: GitTree, { top }: Revision): boolean {
  const below = relative(realpathSync(top), join(packageRoot(), SCRIPT));
  return tree.entries.has(below.split(sep).join("/"));
}

/** What a program said that made no Terraform. */
export interface SynthesisFailure {
  readonly failure: string;
}

/**
 * Runs the program of a revision on its files in a temporary folder.
 *
 * @param replaced contents that replace the revision's, by path; `undefined` leaves a file out
 */
export async function synthesizeElsewhere(
  { tree, revision }: RevisionSide,
  program: SynthesisProgram,
  replaced: ReadonlyMap<string, Buffer | undefined>,
  say: (step: string) => void,
): Promise<readonly StackText[] | SynthesisFailure | UsageProblem> {
  return await withTemporaryFolder(async (folder) => {
    const files = join(folder, "files");
    const problem =
      exportTree(tree, files, replaced) ?? (await providePackages(tree, revision, files, say));
    if (problem !== undefined) return problem;
    say(`synthesizing ${revision.ref} (${revision.commit.slice(0, 12)})`);
    return await runSynthesis(program, join(files, revision.prefix), join(folder, "output"));
  });
}
