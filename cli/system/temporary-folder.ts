import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopPrograms } from "./run-program";

/** Signals that end a process unless it does something about them. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Does something with a new folder that only this user can open, outside every project, and removes it
 * afterwards: also after an exception, and when the process is stopped.
 */
export async function withTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "trustwheel-"));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  const stop = (signal: NodeJS.Signals): void => {
    stopPrograms();
    remove();
    for (const each of SIGNALS) process.removeListener(each, stop);
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.once(signal, stop);
  process.once("exit", remove);
  try {
    return await work(folder);
  } finally {
    for (const signal of SIGNALS) process.removeListener(signal, stop);
    process.removeListener("exit", remove);
    remove();
  }
}
