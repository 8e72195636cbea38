import { spawnSync } from "node:child_process";
import { devNull } from "node:os";

/** What git answered. */
export interface GitAnswer {
  readonly ok: boolean;
  readonly stdout: string;
  /** What it said of a failure, or that there is no git. */
  readonly stderr: string;
}

/** What git answered, byte by byte. */
export interface GitBytes extends Omit<GitAnswer, "stdout"> {
  readonly stdout: Buffer;
}

/** Most that is read of an answer, bytes. */
const MAX_ANSWER = 256 * 1024 * 1024;

/** What a repository may ask git to run, switched off; paths are what they are, without wildcards. */
const QUIET = [
  "--no-pager",
  "--literal-pathspecs",
  ...["core.fsmonitor=false", `core.hooksPath=${devNull}`, "submodule.recurse=false"].flatMap(
    (setting) => ["-c", setting],
  ),
];

/**
 * Asks git in a folder. It never asks back (no credentials, no editor), runs nothing that the repository brings,
 * and takes no object for another (`git replace`).
 *
 * @param input what it reads from standard input. @default - nothing
 */
export function gitBytes(folder: string, args: readonly string[], input?: string): GitBytes {
  const { status, stdout, stderr, error } = spawnSync("git", [...QUIET, ...args], {
    cwd: folder,
    maxBuffer: MAX_ANSWER,
    ...(input === undefined ? {} : { input }),
    env: {
      ...process.env,
      GIT_TERMINAL_PROMPT: "0",
      GIT_OPTIONAL_LOCKS: "0",
      GIT_NO_REPLACE_OBJECTS: "1",
      LC_ALL: "C",
    },
  });
  if (error !== undefined) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "git is not installed, or not on the PATH" : error.message;
    return { ok: false, stdout: Buffer.alloc(0), stderr: reason };
  }
  return { ok: status === 0, stdout, stderr: stderr.toString("utf8").trim() };
}

/** Asks git in a folder for a text, see {@link gitBytes}. */
export function git(folder: string, ...args: readonly string[]): GitAnswer {
  const { stdout, ...answer } = gitBytes(folder, args);
  return { ...answer, stdout: stdout.toString("utf8").trimEnd() };
}
