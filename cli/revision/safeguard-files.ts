import { safeguardFiles } from "../../lib/review/safeguards/changed-files";
import type { SafeguardFiles } from "../../lib/review/safeguards/changed-files";
import type { ProjectLayout } from "../../lib/review/safeguards/file-role";
import { fileText } from "../system/file-text";
import { isProblem } from "../system/usage-problem";
import type { UsageProblem } from "../system/usage-problem";
import { changedBetween, changedInWorkingTree, trackedFiles } from "./changed-paths";
import { programOf } from "./revision-side";
import type { RevisionSide } from "./revision-side";
import { synthesisProgram } from "./synthesis-program";
import type { SynthesisProgram } from "./synthesis-program";
import type { WorkingTree } from "./working-tree";

/** The safeguards among the files that differ between a base and the working tree. */
export function safeguardsInWorkingTree(
  base: RevisionSide,
  head: WorkingTree | undefined,
): SafeguardFiles {
  const { revision } = base;
  const layout = workingTreeLayout(base, head);
  return safeguardFiles(changedInWorkingTree(revision), trackedFiles(revision), layout);
}

/** What is known of the files of the working tree. */
export function workingTreeLayout(
  base: RevisionSide,
  head: WorkingTree | undefined,
): ProjectLayout {
  const program = head?.program ?? synthesisProgram(fileText("cdktf.json"), "cdktf.json");
  const named = (head?.named ?? []).map((file) => `${base.revision.prefix}${file}`);
  return layoutOf(base, program, named);
}

/** The same for another revision, and what its files are. */
export function safeguardsInRevision(
  base: RevisionSide,
  head: RevisionSide,
): { readonly files: SafeguardFiles; readonly layout: ProjectLayout } {
  const layout = layoutOf(base, programOf(head), head.project.read);
  const changed = changedBetween(base.tree, head.tree);
  return { files: safeguardFiles(changed, head.tree.entries.keys(), layout), layout };
}

function layoutOf(
  base: RevisionSide,
  head: SynthesisProgram | UsageProblem,
  named: Iterable<string>,
): ProjectLayout {
  const { project, tree, revision } = base;
  // What the base has as another file stays that: a map could name a part of the program.
  const added = [...named].filter((file) => project.read.has(file) || !tree.entries.has(file));
  return {
    prefix: revision.prefix,
    ownProgram: [programOf(base), head].every((each) => !isProblem(each) && each.kind !== "other"),
    named: new Set([...project.read, ...added]),
  };
}
