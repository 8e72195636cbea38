import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { JobOutcome } from "../../lib/session/jobs/job-result";
import type { Guard } from "../child/guard";
import { exitOfSignal } from "../child/run-child";

/** One command of a run. */
export interface Job {
  readonly account: string;
  readonly command: readonly string[];
  readonly env: Record<string, string>;
  /** Milliseconds. */
  readonly timeout: number;
  /** Folder for its output. @default - its lines go to `line` */
  readonly output?: string;
  readonly line: (stream: "stdout" | "stderr", text: string) => void;
  readonly guard: Guard;
  /** Aborted when no job shall go on. */
  readonly stop: AbortSignal;
}

/** How long a command has to end after SIGTERM, milliseconds. */
const GRACE = 5000;

/** Runs a command in a process group of its own, all of which ends with it. */
export async function runJob(job: Job): Promise<JobOutcome> {
  const [file = "", ...args] = job.command;
  const child = spawn(file, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: job.env,
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  const written = [collect(child.stdout, "stdout", job), collect(child.stderr, "stderr", job)];
  let ending: "timed-out" | "interrupted" | undefined;
  let timers: NodeJS.Timeout[] = [];
  const end = (why: "timed-out" | "interrupted"): void => {
    if (ending !== undefined) return;
    ending = why;
    kill(child.pid, "SIGTERM");
    timers = [
      ...timers,
      setTimeout(() => {
        kill(child.pid, "SIGKILL");
      }, GRACE),
    ];
  };
  const interrupt = (): void => {
    end("interrupted");
  };
  timers.push(
    setTimeout(() => {
      end("timed-out");
    }, job.timeout),
  );
  job.stop.addEventListener("abort", interrupt, { once: true });
  try {
    const outcome = await new Promise<JobOutcome>((resolve) => {
      child.once("spawn", () => {
        if (child.pid !== undefined) job.guard.add(child.pid, true);
        if (job.stop.aborted) interrupt();
      });
      child.once("error", (error: NodeJS.ErrnoException) => {
        resolve({ status: "failed", code: error.code === "ENOENT" ? 127 : 126 });
        job.line(
          "stderr",
          error.code === "ENOENT" ? `${file}: there is no such command` : error.message,
        );
      });
      child.once("exit", (code, signal) => {
        if (ending !== undefined) resolve({ status: ending });
        else if (code === 0) resolve({ status: "done" });
        else resolve({ status: "failed", code: code ?? exitOfSignal(signal) });
      });
    });
    // What it left running has its group, and would keep the output open.
    kill(child.pid, ending === undefined ? "SIGTERM" : "SIGKILL");
    await Promise.race([
      Promise.all(written),
      new Promise((resolve) => timers.push(setTimeout(resolve, GRACE))),
    ]);
    return outcome;
  } finally {
    if (child.pid !== undefined) job.guard.remove(child.pid);
    timers.forEach(clearTimeout);
    job.stop.removeEventListener("abort", interrupt);
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

function kill(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // It has ended.
  }
}

/** Passes on lines, or writes a file that gets its name when it is complete. */
async function collect(stream: Readable, name: "stdout" | "stderr", job: Job): Promise<void> {
  if (job.output === undefined) {
    for await (const line of createInterface({ input: stream })) job.line(name, line);
    return;
  }
  mkdirSync(job.output, { recursive: true });
  const file = join(job.output, name);
  rmSync(file, { force: true });
  const part = createWriteStream(`${file}.part`);
  stream.pipe(part);
  await new Promise<void>((resolve) => part.once("close", resolve));
  renameSync(`${file}.part`, file);
}
