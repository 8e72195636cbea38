import { existsSync } from "node:fs";
import { dirname, relative, sep } from "node:path";
import type { StackText } from "../lib/access/read/terraform-stack";
import type { YamlSource } from "../lib/account-map/yaml-source";
import { printDiagnostics } from "../lib/diagnostics/print";
import { readReviewedTree } from "../lib/review/read-reviewed-tree";
import type { ReviewedTree } from "../lib/review/reviewed-tree";
import { readAccessInputs } from "./access-inputs";
import { readBaseMap, readBaseProject } from "./base-map";
import type { BaseMap } from "./base-map";
import { findBaseRevision } from "./base-revision";
import type { BaseRevision } from "./base-revision";
import { synthesizeBase } from "./base-worktree";
import { readTree } from "./check-inputs";
import { EXIT } from "./exit-code";
import type { ExitCode } from "./exit-code";
import { MAP_FILE } from "./project-files";
import type { Terminal } from "./terminal";
import { isProblem, reportProblem } from "./usage-problem";

/** Which trees are compared: those of a revision and of the working tree, or of folders. */
export interface ComparedOptions {
  readonly base?: string;
  readonly baseDir?: string;
  readonly headDir?: string;
}

/** One side, and the texts of its stacks by name. */
interface Side {
  readonly stacks: readonly StackText[];
  readonly known: BaseMap;
  /** @default - it is a folder */
  readonly source?: YamlSource;
}

/** Two trees. */
export interface ComparedTrees {
  readonly base: ReviewedTree;
  readonly head: ReviewedTree;
  /** The map of the working tree, for the places of findings. @default - the head is a folder */
  readonly source?: YamlSource;
  /** @default - the base is a folder that belongs to no revision */
  readonly revision?: BaseRevision;
}

/** Reads or synthesizes both trees; what stands in the way is printed, and its exit code returned. */
export async function readComparedTrees(
  options: ComparedOptions,
  terminal: Terminal,
): Promise<ComparedTrees | ExitCode> {
  const { base: ref, baseDir, headDir } = options;
  if (ref === undefined && baseDir === undefined) return reportProblem(NO_BASE, terminal);
  const revision = ref === undefined ? undefined : findBaseRevision(".", ref);
  if (revision !== undefined && isProblem(revision)) return reportProblem(revision, terminal);
  // What is wrong with the working tree is said before the base takes its time.
  const head =
    headDir === undefined ? readWorkingTree(terminal) : readFolder(headDir, ".", terminal);
  if (typeof head === "number") return head;
  if (revision !== undefined && headDir === undefined) warn(revision, terminal);
  const base = await readBase(revision, baseDir, terminal);
  if (typeof base === "number") return base;
  return {
    base: readReviewedTree(base.stacks, base.known.map, base.known.plan),
    head: readReviewedTree(head.stacks, head.known.map, head.known.plan),
    ...(head.source === undefined ? {} : { source: head.source }),
    ...(revision === undefined ? {} : { revision }),
  };
}

const NO_BASE = {
  problem: "there is nothing to compare with",
  help: "`--base origin/main` for a revision, or `--base-dir FOLDER` for Terraform that was synthesized before",
};

function readWorkingTree(terminal: Terminal): Side | ExitCode {
  const inputs = readAccessInputs({}, terminal);
  if (typeof inputs === "number") return inputs;
  const { map, plan, source } = inputs;
  const stacks = inputs.stacks.filter((stack) => "text" in stack);
  return { stacks, known: { map, plan }, source };
}

async function readBase(
  revision: BaseRevision | undefined,
  folder: string | undefined,
  terminal: Terminal,
): Promise<Side | ExitCode> {
  if (folder !== undefined) {
    const side = readFolder(folder, undefined, terminal);
    if (typeof side === "number" || revision === undefined) return side;
    return { ...side, known: readBaseMap(".", revision) };
  }
  if (revision === undefined) return EXIT.usage;
  const made = await synthesizeBase(".", revision, (step) => {
    if (terminal.errorStream !== undefined) terminal.stderr(`${step}\n`);
  });
  if (isProblem(made)) return reportProblem(made, terminal);
  const side = readFolder(made.tree, undefined, terminal);
  return typeof side === "number" ? side : { ...side, known: readBaseProject(made.project) };
}

/** The stacks below a folder, and the map of a project where there is one. */
function readFolder(
  folder: string,
  project: string | undefined,
  terminal: Terminal,
): Side | ExitCode {
  const { texts, unreadable } = readTree(folder);
  if (unreadable.length > 0) {
    terminal.stderr(printDiagnostics(unreadable, { texts: new Map(), color: terminal.errorColor }));
    return EXIT.usage;
  }
  const stacks = [...texts].map(([file, text]) => ({ stack: stackName(folder, file), text }));
  const known = project !== undefined && existsSync(MAP_FILE) ? readBaseProject(project) : {};
  return { stacks, known };
}

/** A stack is named by its folder: the same on both sides, wherever the trees lie. */
function stackName(folder: string, file: string): string {
  const below = relative(folder, dirname(file)).split(sep).join("/");
  return below.replace(/^stacks\//, "");
}

function warn({ ref, missing, dirty }: BaseRevision, terminal: Terminal): void {
  if (missing > 0) {
    const commits = missing === 1 ? "1 commit" : `${missing} commits`;
    terminal.stderr(
      `note: ${ref} has ${commits} that the working tree does not have, which show as undone; \`git merge ${ref}\` or \`git rebase ${ref}\` first\n`,
    );
  }
  if (dirty) {
    terminal.stderr(
      "note: the working tree has changes that are not committed; they are part of what is compared\n",
    );
  }
}
