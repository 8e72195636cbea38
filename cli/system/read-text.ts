import { isUtf8 } from "node:buffer";
import { lstatSync, readFileSync, readlinkSync, statSync } from "node:fs";

/**
 * The text of a file without a byte order mark: the one way in which a command reads a user's file.
 * Throws the reason why there is none, in words for {@link reasonOf}: no regular file, too long, not
 * UTF-8.
 *
 * @param maxBytes longest file that is read, bytes
 */
export function readText(path: string, maxBytes: number): string {
  const stat = statOf(path);
  // A pipe or a device would keep us waiting.
  if (!stat.isFile() && !stat.isDirectory()) throw new Error("it is not a regular file");
  if (stat.size > maxBytes) {
    throw new Error(`it has ${stat.size} bytes, the limit is ${maxBytes}`);
  }
  return decodeText(readFileSync(path), maxBytes);
}

/** The text of a file's bytes without a byte order mark. Throws the reason why there is none. */
export function decodeText(bytes: Buffer, maxBytes: number): string {
  if (bytes.length > maxBytes) {
    throw new Error(`it has ${bytes.length} bytes, the limit is ${maxBytes}`);
  }
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  throw new Error(`it is not UTF-8 text, ${foreignByte(bytes)}; save it as UTF-8`);
}

function statOf(path: string): ReturnType<typeof statSync> & object {
  try {
    return statSync(path);
  } catch (error) {
    const target = linkTarget(path);
    if ((error as NodeJS.ErrnoException).code !== "ENOENT" || target === undefined) throw error;
    throw new Error(`it is a link to ${target}, which does not exist`, { cause: error });
  }
}

/** The target of a link; nothing if it is not one. */
function linkTarget(path: string): string | undefined {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
  } catch {
    return undefined;
  }
}

/** Where a text ceases to be UTF-8, or what it is instead. */
function foreignByte(bytes: Buffer): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return "but UTF-16";
  }
  // What was not understood comes back as other bytes.
  const understood = Buffer.from(bytes.toString("utf8"));
  const offset = bytes.findIndex((byte, index) => byte !== understood[index]);
  const line = bytes.subarray(0, offset).filter((byte) => byte === 0x0a).length + 1;
  return `see the byte 0x${(bytes[offset] ?? 0).toString(16)} on line ${line}`;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EPERM: "the operation is not permitted",
  EISDIR: "it is a folder",
  ENOTDIR: "it is not a folder",
  EEXIST: "something of that name already exists",
  ELOOP: "its links form a loop",
  ENAMETOOLONG: "its name is too long",
  ENOSPC: "no space is left on the disk",
  EDQUOT: "the quota of the disk is used up",
  EROFS: "the disk is read-only",
  EIO: "the disk reports an error",
};

/** Why a file cannot be used, in words. */
export function reasonOf(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}
