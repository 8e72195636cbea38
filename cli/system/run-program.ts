import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

/** How a program ended. */
export interface ProgramEnd {
  readonly ok: boolean;
  /** What it wrote to standard output and standard error, in the order in which it came. */
  readonly output: string;
}

interface ProgramOptions {
  readonly cwd: string;
  /** Added to the environment. @default - nothing */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the program is a line for a shell. @default false */
  readonly shell?: boolean;
}

const running = new Set<ChildProcess>();

/** Ends the programs that still run, as this process is about to end. */
export function stopPrograms(): void {
  for (const child of running) child.kill();
}

/** Runs a program without standard input. That it cannot be started is an end like another. */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env = {}, shell = false }: ProgramOptions,
): Promise<ProgramEnd> {
  return await new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      shell: shell || process.platform === "win32",
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", (error) => {
      running.delete(child);
      resolve({ ok: false, output: `${program}: ${error.message}` });
    });
    child.on("close", (code) => {
      running.delete(child);
      resolve({ ok: code === 0, output: Buffer.concat(chunks).toString("utf8") });
    });
  });
}
