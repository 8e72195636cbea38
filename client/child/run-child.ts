import { spawn } from "node:child_process";
import { constants } from "node:os";
import { CHILD_EXIT } from "./child-exit";
import { startGuard } from "./guard";

/** Signals that are passed on to the command. */
const FORWARDED: readonly NodeJS.Signals[] = [
  "SIGTERM",
  "SIGHUP",
  "SIGQUIT",
  "SIGUSR1",
  "SIGUSR2",
  "SIGCONT",
];

/**
 * Runs a command with this process's standard streams and terminal, and returns its exit code; 128 and the number of
 * the signal that ended it.
 *
 * @param say told why the command does not run
 */
export async function runChild(
  command: readonly string[],
  env: Record<string, string>,
  say: (line: string) => void,
): Promise<number> {
  const [file = "", ...args] = command;
  const child = spawn(file, args, { stdio: "inherit", env, windowsHide: true });
  const guard = startGuard();
  const passOn = FORWARDED.map((signal) => [signal, () => void child.kill(signal)] as const);
  for (const [signal, handler] of passOn) process.on(signal, handler);
  // On a terminal Ctrl-C reaches the command as well, and it decides; elsewhere only we get it.
  const interrupt = (): void => {
    if (!process.stdin.isTTY) child.kill("SIGINT");
  };
  process.on("SIGINT", interrupt);
  try {
    return await new Promise<number>((resolve) => {
      child.once("spawn", () => {
        if (child.pid !== undefined) guard.add(child.pid, false);
      });
      child.once("error", (error: NodeJS.ErrnoException) => {
        const missing = error.code === "ENOENT";
        say(
          missing
            ? `${file}: there is no such command`
            : `${file}: it cannot be executed: ${error.message}`,
        );
        resolve(missing ? CHILD_EXIT.notFound : CHILD_EXIT.notExecutable);
      });
      child.once("exit", (code, signal) => {
        resolve(code ?? exitOfSignal(signal));
      });
    });
  } finally {
    if (child.pid !== undefined) guard.remove(child.pid);
    for (const [signal, handler] of passOn) process.off(signal, handler);
    process.off("SIGINT", interrupt);
  }
}

/** 128 and the number of a signal, as shells count. */
export function exitOfSignal(signal: NodeJS.Signals | null): number {
  return signal === null ? CHILD_EXIT.ours : 128 + constants.signals[signal];
}
