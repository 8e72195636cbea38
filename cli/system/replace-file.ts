import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { isRunning, withLock } from "./file-lock";

/** What became of a replacement. */
export type Replacement =
  | { readonly kind: "replaced" }
  /** The file no longer holds what was read. */
  | { readonly kind: "changed" }
  /** Another run is writing. */
  | { readonly kind: "locked"; readonly process: number; readonly lock: string };

/**
 * Replaces the text of a file that still holds what was read from it, completely or not at all: the new
 * text is written next to it, reaches the disk and takes the file's name, so that a run that is killed at
 * any moment leaves the old text or the new one. Mode and owner stay, a link keeps pointing to the file,
 * a byte order mark stays. Two runs do not mix: the second gets a problem instead of waiting.
 */
export function replaceFile(
  file: string,
  {
    from,
    to,
    lockFolder,
  }: { readonly from: string; readonly to: string; readonly lockFolder: string },
): Replacement {
  const target = realpathSync(file);
  const lock = join(lockFolder, `${basename(target)}.lock`);
  // The lock keeps two comparisons from passing at once; the comparison finds what was written since the
  // file was read, also by an editor, which knows no locks.
  const result = withLock(lock, (): Replacement => {
    const now = readFileSync(target, "utf8");
    const mark = now.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    if (now.slice(mark.length) !== from) return { kind: "changed" };
    writeWhole(target, mark + to);
    return { kind: "replaced" };
  });
  return "holder" in result ? { kind: "locked", process: result.holder, lock } : result;
}

const BYTE_ORDER_MARK = "\uFEFF";

function writeWhole(target: string, text: string): void {
  const folder = dirname(target);
  removeLeftovers(folder, basename(target));
  const beside = join(folder, `.${basename(target)}.${process.pid}.tmp`);
  const { mode, uid, gid } = statSync(target);
  const descriptor = openSync(beside, "wx", 0o600);
  try {
    try {
      const bytes = Buffer.from(text);
      for (let written = 0; written < bytes.length;) {
        written += writeSync(descriptor, bytes, written);
      }
      keepOwner(descriptor, uid, gid);
      fchmodSync(descriptor, mode & 0o7777);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
  syncFolder(folder);
}

/** Only an administrator can give a file away; for all others it is theirs already, or becomes theirs. */
function keepOwner(descriptor: number, uid: number, gid: number): void {
  try {
    fchownSync(descriptor, uid, gid);
  } catch {
    return;
  }
}

/** Lets the new name reach the disk, where folders can be opened. */
function syncFolder(folder: string): void {
  try {
    const descriptor = openSync(folder, "r");
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return;
  }
}

/** Removes what runs left that were killed while they wrote. */
function removeLeftovers(folder: string, name: string): void {
  for (const entry of readdirSync(folder)) {
    if (!entry.startsWith(`.${name}.`) || !entry.endsWith(".tmp")) continue;
    const owner = Number(entry.slice(name.length + 2, -".tmp".length));
    if (Number.isInteger(owner) && (owner === process.pid || !isRunning(owner))) {
      rmSync(join(folder, entry), { force: true });
    }
  }
}
