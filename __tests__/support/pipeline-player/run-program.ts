import { spawn } from "node:child_process";

/** How a program ended. */
export interface ProgramEnd {
  readonly code: number;
  /** Standard output and standard error, in their order. */
  readonly output: string;
}

/** What a program runs with. */
export interface ProgramInput {
  readonly cwd: string;
  /** All of its environment: nothing of this process's. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends the program and everything that it started. @default - nothing does */
  readonly signal?: AbortSignal;
  /** @default - none */
  readonly input?: Buffer;
}

/** Runs a program in a process group of its own, so that it can be ended with all that it started. */
export function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env, signal, input }: ProgramInput,
): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, detached: true });
    const end = (): void => {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    };
    if (signal?.aborted === true) end();
    signal?.addEventListener("abort", end, { once: true });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stdin.on("error", () => undefined); // who does not read it may end earlier
    child.stdin.end(input);
    child.on("error", reject);
    child.on("close", (code) => {
      signal?.removeEventListener("abort", end);
      resolve({ code: code ?? 1, output });
    });
  });
}
