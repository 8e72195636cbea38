import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";

/** Ends commands when this process ends in a way that it cannot notice, such as SIGKILL. */
export interface Guard {
  /** @param group whether the process leads a group of its own, all of which ends */
  add(pid: number, group: boolean): void;
  remove(pid: number): void;
}

/** Reads the current list of processes from each line; at the end of input, which is our own end, it ends them. */
const SCRIPT =
  'while read -r line; do pids=$line; done; [ -n "$pids" ] || exit 0; kill -s TERM -- $pids 2>/dev/null; sleep 3; kill -s KILL -- $pids 2>/dev/null; exit 0';

/** A guard, where there is a shell for one; it costs nothing until a process is added. */
export function startGuard(): Guard {
  const guarded = new Map<number, string>();
  let shell: ChildProcess | undefined;
  const tell = (): void => {
    if (process.platform === "win32") return;
    shell ??= startShell();
    shell.stdin?.write(`${[...guarded.values()].join(" ")}\n`);
  };
  return {
    add(pid, group) {
      guarded.set(pid, group ? `-${pid}` : String(pid));
      tell();
    },
    remove(pid) {
      guarded.delete(pid);
      if (shell !== undefined) tell();
    },
  };
}

function startShell(): ChildProcess {
  // A session of its own: Ctrl-C must not end it before us.
  const shell = spawn("/bin/sh", ["-c", SCRIPT], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    env: { PATH: process.env.PATH ?? "/usr/bin:/bin" },
  });
  shell.on("error", () => undefined);
  shell.stdin.on("error", () => undefined);
  shell.unref();
  (shell.stdin as unknown as { unref?: () => void }).unref?.();
  return shell;
}
