import { existsSync } from "node:fs";
import type { YamlSource } from "../../lib/source/yaml/yaml-source";
import { readReviewedTree } from "../../lib/review/compare/read-reviewed-tree";
import type { ReviewedTree } from "../../lib/review/compare/reviewed-tree";
import type { SafeguardFiles } from "../../lib/review/safeguards/changed-files";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { knownMap } from "./known-map";
import type { KnownMap } from "./known-map";
import { readHeadRevision } from "./head-revision";
import { missingFrom } from "./revision";
import type { Revision } from "./revision";
import { openRevision, synthesizeBase } from "./revision-side";
import type { RevisionSide } from "./revision-side";
import { safeguardsInWorkingTree, workingTreeLayout } from "./safeguard-files";
import { progressTo, readFolder, reportUnreadable } from "./side";
import type { Side } from "./side";
import { isUncommitted } from "./uncommitted";
import { readWorkingTree, synthesizeWorkingTree } from "./working-tree";
import { MAP_FILE, outsideFindings, readNamedFile, readProject } from "../project/project-files";
import type { Terminal } from "../system/terminal";
import { isProblem, reportProblem } from "../system/usage-problem";

/** Which trees are compared: those of revisions or of the working tree, or of folders. */
export interface ComparedOptions {
  readonly base?: string;
  /** @default - the working tree */
  readonly head?: string;
  readonly baseDir?: string;
  readonly headDir?: string;
  /** Compares with nothing, so that everything is new. @default - with a base */
  readonly all?: true;
}

/** Two trees. */
export interface ComparedTrees {
  readonly base: ReviewedTree;
  readonly head: ReviewedTree;
  /** The map of the head, for the places of findings. @default - the head is a folder */
  readonly source?: YamlSource;
  /** @default - the base is a folder that belongs to no revision */
  readonly revision?: Revision;
  /** Safeguards among the files that differ. @default - the base is a folder that belongs to no revision */
  readonly files?: SafeguardFiles;
}

/**
 * Reads or synthesizes both trees; problems are printed, and the exit code returned. All that decides
 * about the head is in memory before any program of the head runs.
 */
export async function readComparedTrees(
  options: ComparedOptions,
  terminal: Terminal,
): Promise<ComparedTrees | ExitCode> {
  const { base: ref, head: headRef, baseDir, headDir, all } = options;
  if (all === true) {
    if ((ref ?? headRef ?? baseDir) !== undefined) return reportProblem(ALL_AND_BASE, terminal);
    const trees = await compareFolders({ stacks: [], known: {} }, headDir, terminal);
    // That the base has nothing is meant, and not a folder in which nothing was found.
    return typeof trees === "number" ? trees : { ...trees, base: { ...trees.base, unread: [] } };
  }
  if (ref === undefined) {
    if (headRef !== undefined || baseDir === undefined) return reportProblem(NO_BASE, terminal);
    const base = readFolder(baseDir, {}, terminal);
    return typeof base === "number" ? base : await compareFolders(base, headDir, terminal);
  }
  const base = openRevision(".", ref, "base");
  if (isProblem(base)) return reportProblem(base, terminal);
  if (headRef === undefined) return await compareWorkingTree(base, options, terminal);
  const head = openRevision(".", headRef, "head");
  if (isProblem(head)) return reportProblem(head, terminal);
  warn(base.revision, missingFrom(".", base.revision, head.revision), headRef, terminal);
  const before = await readBase(base, baseDir, terminal);
  if (typeof before === "number") return before;
  const made = await readHeadRevision(base, head, before, headDir, terminal);
  return typeof made === "number" ? made : compared(before, made.side, base.revision, made.files);
}

const NO_BASE = {
  problem: "no base to compare with",
  help: "`--base origin/main` for a revision, or `--base-dir FOLDER` for existing output",
};

const ALL_AND_BASE = {
  problem: "`--all` compares with nothing, so `--base`, `--base-dir` and `--head` have no meaning",
  help: "`--all` for every stack, or `--base origin/main` for what changed",
};

function compared(
  base: Side,
  head: Side,
  revision?: Revision,
  files?: SafeguardFiles,
): ComparedTrees {
  const after = readReviewedTree(head.stacks, head.known.map, head.known.plan);
  return {
    base: readReviewedTree(base.stacks, base.known.map, base.known.plan),
    head: { ...after, unread: [...after.unread, ...(head.unread ?? [])] },
    ...(head.source === undefined ? {} : { source: head.source }),
    ...(revision === undefined ? {} : { revision }),
    ...(files === undefined ? {} : { files }),
  };
}

/** Folders, or a folder and the working tree: by default rules, as no revision says others. */
async function compareFolders(
  base: Side,
  headDir: string | undefined,
  terminal: Terminal,
): Promise<ComparedTrees | ExitCode> {
  if (headDir !== undefined) {
    const head = readFolder(headDir, mapOfWorkingTree(), terminal);
    return typeof head === "number" ? head : compared(base, head);
  }
  const tree = readWorkingTree(terminal);
  if (typeof tree === "number") return tree;
  const stacks = await synthesizeWorkingTree(tree, terminal);
  if (typeof stacks === "number") return stacks;
  return compared(base, { stacks, known: tree, source: tree.source });
}

async function compareWorkingTree(
  base: RevisionSide,
  { baseDir, headDir }: ComparedOptions,
  terminal: Terminal,
): Promise<ComparedTrees | ExitCode> {
  const { revision } = base;
  const outside = outsideFindings(".", [MAP_FILE]);
  if (outside.length > 0) return reportUnreadable(outside, terminal);
  // What is wrong with the working tree is said before the base takes its time.
  const tree = headDir === undefined ? readWorkingTree(terminal) : undefined;
  if (typeof tree === "number") return tree;
  const known = tree ?? mapOfWorkingTree();
  const before = await readBase(base, baseDir, terminal);
  if (typeof before === "number") return before;
  // From here on git may ask what the user's settings name, and then the head's program runs.
  if (headDir === undefined) {
    warn(revision, missingFrom(".", revision, undefined), "the working tree", terminal);
    if (isUncommitted(".", workingTreeLayout(base, tree))) terminal.stderr(UNCOMMITTED);
  }
  const files = safeguardsInWorkingTree(base, tree);
  if (headDir !== undefined) {
    const head = readFolder(headDir, known, terminal);
    return typeof head === "number" ? head : compared(before, head, revision, files);
  }
  if (tree === undefined) return EXIT.usage;
  const stacks = await synthesizeWorkingTree(tree, terminal);
  if (typeof stacks === "number") return stacks;
  return compared(before, { stacks, known, source: tree.source }, revision, files);
}

async function readBase(
  base: RevisionSide,
  folder: string | undefined,
  terminal: Terminal,
): Promise<Side | ExitCode> {
  const known = knownMap(base.project.texts);
  if (folder !== undefined) return readFolder(folder, known, terminal);
  const stacks = await synthesizeBase(base, progressTo(terminal));
  return isProblem(stacks) ? reportProblem(stacks, terminal) : { stacks, known };
}

function mapOfWorkingTree(): KnownMap {
  if (!existsSync(MAP_FILE)) return {};
  const { files } = readProject(".");
  return files === undefined
    ? {}
    : knownMap({ ...files, readFile: (name) => readNamedFile(".", name) });
}

const UNCOMMITTED = "note: the working tree has uncommitted changes; the review includes them\n";

function warn({ ref }: Revision, missing: number, head: string, terminal: Terminal): void {
  if (missing > 0) {
    const commits = missing === 1 ? "1 commit" : `${missing} commits`;
    terminal.stderr(
      `note: ${ref} has ${commits} that ${head} does not have; the review shows them as undone; \`git merge ${ref}\` or \`git rebase ${ref}\` first\n`,
    );
  }
}
