import { existsSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BaseRevision } from "./base-revision";
import { fileText } from "./file-text";
import { git } from "./git";
import { runProgram } from "./run-program";
import type { ProgramEnd } from "./run-program";
import type { UsageProblem } from "./usage-problem";
import { workFolder } from "./work-folder";

/** The files of another revision, and what its own code synthesized from them. */
export interface BaseWorktree {
  /** The project's folder in the worktree. */
  readonly project: string;
  /** Folder of the synthesized stacks. */
  readonly tree: string;
}

const OUTPUT = "cdktf.out";
const LOCK = "package-lock.json";
/** Worktrees of earlier bases that are kept. */
const KEPT = 3;

/**
 * Checks a revision out below `.trustwheel/` and synthesizes it there with its own code: its packages are
 * installed only where its lock file differs from that of the working tree. A base that was synthesized
 * before is not synthesized again: synthesis is a pure function of the commit.
 *
 * @param say is told what takes its time
 */
export async function synthesizeBase(
  root: string,
  base: BaseRevision,
  say: (step: string) => void,
): Promise<BaseWorktree | UsageProblem> {
  const bases = workFolder(root, "base");
  const short = base.commit.slice(0, 12);
  let name = short;
  if (existsSync(join(bases, short)) && !isDone(bases, short)) {
    // Somebody else is at it, or was stopped: neither is waited for.
    name = `${short}-${process.pid}`;
  }
  const worktree = join(bases, name);
  const project = join(worktree, base.prefix);
  const tree = join(project, OUTPUT);
  if (isDone(bases, name)) return { project, tree };
  const added = git(
    root,
    "worktree",
    "add",
    "--detach",
    "--force",
    "--quiet",
    resolve(worktree),
    base.commit,
  );
  if (!added.ok) {
    return {
      problem: `the base ${base.ref} (${short}) cannot be checked out: ${added.stderr}`,
      help: "`git worktree prune`, then try again",
    };
  }
  const problem =
    (await install(root, project, base, say)) ?? (await synthesize(project, base, say));
  if (problem !== undefined) {
    removeWorktree(root, worktree);
    return problem;
  }
  writeFileSync(doneFile(bases, name), "");
  removeOld(root, bases, name);
  return { project, tree };
}

async function install(
  root: string,
  project: string,
  base: BaseRevision,
  say: (step: string) => void,
): Promise<UsageProblem | undefined> {
  if (fileText(join(project, LOCK)) === fileText(join(root, LOCK))) {
    const modules = join(root, "node_modules");
    // A junction needs no rights of an administrator on Windows, and is a plain link elsewhere.
    if (existsSync(modules))
      symlinkSync(resolve(modules), join(project, "node_modules"), "junction");
    return undefined;
  }
  say(`installing the packages of ${base.ref}, whose ${LOCK} differs`);
  // Synthesis needs no development package and no install script.
  const args = ["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
  const end = await runProgram("npm", args, { cwd: project });
  if (end.ok) return undefined;
  return {
    problem: `the packages of the base ${base.ref} cannot be installed:\n${indented(end)}`,
    help: `see what \`npm ci\` says in a checkout of ${base.ref}`,
  };
}

async function synthesize(
  project: string,
  base: BaseRevision,
  say: (step: string) => void,
): Promise<UsageProblem | undefined> {
  say(`synthesizing ${base.ref} (${base.commit.slice(0, 12)})`);
  const env = { CDKTF_OUTDIR: OUTPUT, NO_COLOR: "1" };
  const app = programOf(project);
  if (app === undefined) {
    return {
      problem: `the base ${base.ref} has no ${base.prefix}accounts.yaml: there is nothing to compare with`,
      help: "name a base that has the account map",
    };
  }
  const end = await runProgram(app, [], { cwd: project, env, shell: true });
  if (end.ok) return undefined;
  return {
    problem: `the base ${base.ref} does not synthesize:\n${indented(end)}`,
    help: `mend ${base.ref} first, or name an older base that synthesizes: \`--base ${base.commit.slice(0, 12)}~1\``,
  };
}

/** The program that synthesizes a project: what its `cdktf.json` says, else our own command. */
function programOf(project: string): string | undefined {
  const settings = fileText(join(project, "cdktf.json"));
  if (settings !== undefined) {
    try {
      const { app } = JSON.parse(settings) as { app?: unknown };
      if (typeof app === "string") return app;
    } catch {
      return undefined;
    }
  }
  return existsSync(join(project, "accounts.yaml"))
    ? "npx --no-install trustwheel synth"
    : undefined;
}

function removeOld(root: string, bases: string, current: string): void {
  const others = readdirSync(bases)
    .filter((name) => name !== current && isDone(bases, name))
    .map((name) => ({ name, time: statSync(doneFile(bases, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { name } of others.slice(KEPT - 1)) {
    rmSync(doneFile(bases, name));
    removeWorktree(root, join(bases, name));
  }
}

function removeWorktree(root: string, worktree: string): void {
  if (git(root, "worktree", "remove", "--force", resolve(worktree)).ok) return;
  rmSync(worktree, { recursive: true, force: true });
  git(root, "worktree", "prune");
}

function doneFile(bases: string, name: string): string {
  return join(bases, `${name}.done`);
}

function isDone(bases: string, name: string): boolean {
  return existsSync(doneFile(bases, name)) && existsSync(join(bases, name));
}

/** Most lines that are shown of what a program said. */
const SHOWN_LINES = 30;

function indented({ output }: ProgramEnd): string {
  const lines = output.trimEnd().split("\n");
  const cut = lines.length > SHOWN_LINES ? [`… (${lines.length - SHOWN_LINES} lines before)`] : [];
  return [...cut, ...lines.slice(-SHOWN_LINES)].map((line) => `  ${line}`).join("\n");
}
