import { spawnSync } from "node:child_process";

/** What git answered. */
export interface GitAnswer {
  readonly ok: boolean;
  readonly stdout: string;
  /** What it said of a failure, or that there is no git. */
  readonly stderr: string;
}

/** Most that is read of an answer, bytes. */
const MAX_ANSWER = 64 * 1024 * 1024;

/** Asks git in a folder. It never asks back: no credentials, no editor. */
export function git(folder: string, ...args: readonly string[]): GitAnswer {
  const { status, stdout, stderr, error } = spawnSync("git", args, {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: MAX_ANSWER,
    env: { ...process.env, GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" },
  });
  if (error !== undefined) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "git is not installed, or not on the PATH" : error.message;
    return { ok: false, stdout: "", stderr: reason };
  }
  return { ok: status === 0, stdout: stdout.trimEnd(), stderr: stderr.trim() };
}
