import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Does something while no other process of this machine holds a lock file, or returns which one does. The
 * lock of a process that has ended is taken over.
 */
export function withLock<T>(lock: string, act: () => T): T | { readonly holder: number } {
  mkdirSync(dirname(lock), { recursive: true });
  // Linked into place, a lock never exists without the number of its process.
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, `${process.pid}\n`);
  try {
    for (let attempt = 0; !take(own, lock); attempt += 1) {
      const holder = holderOf(lock);
      if (holder === undefined) continue;
      if (isRunning(holder) || attempt >= MOST_ATTEMPTS) return { holder };
      discard(lock, own, holder);
    }
  } finally {
    rmSync(own, { force: true });
  }
  try {
    return act();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** How often a lock is taken over before another process is believed to be faster. */
const MOST_ATTEMPTS = 20;

/** Whether a process of this machine runs. */
export function isRunning(id: number): boolean {
  if (id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // A process of another user runs as well.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function take(own: string, lock: string): boolean {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** The process that a lock names; nothing if it has ended. What is not a number names no running process. */
function holderOf(lock: string): number | undefined {
  try {
    const id = Number(readFileSync(lock, "utf8").trim());
    return Number.isInteger(id) && id > 0 ? id : NOBODY;
  } catch {
    return undefined;
  }
}

/** Above every process id. */
const NOBODY = 2 ** 31 - 1;

/** Removes a stale lock; if another process has replaced it meanwhile, theirs is put back. */
function discard(lock: string, own: string, holder: number): void {
  const aside = `${own}.stale`;
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  if (holderOf(aside) !== holder) take(aside, lock);
  rmSync(aside, { force: true });
}

/**
 * The same for something that takes a while: waits for other processes, and goes on without the lock when they take
 * longer than `patience` milliseconds. Within one process it must not be called twice at once for one lock.
 */
export async function withWaitingLock<T>(
  lock: string,
  patience: number,
  act: () => Promise<T>,
): Promise<T> {
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, `${process.pid}\n`);
  let taken = false;
  try {
    for (let waited = 0; waited < patience; waited += POLL) {
      taken = take(own, lock);
      if (taken) break;
      const holder = holderOf(lock);
      if (holder === undefined) continue;
      if (isRunning(holder)) await new Promise((resolve) => setTimeout(resolve, POLL));
      else discard(lock, own, holder);
    }
  } finally {
    rmSync(own, { force: true });
  }
  try {
    return await act();
  } finally {
    if (taken) rmSync(lock, { force: true });
  }
}

/** How often a lock is looked at that is waited for, milliseconds. */
const POLL = 25;
