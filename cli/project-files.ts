import { isUtf8 } from "node:buffer";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../lib/diagnostics/diagnostic";
import { MAX_FILE_LENGTH } from "../lib/account-map/yaml-source";

/** The texts of a project: the account map and the documents it may use. */
export interface ProjectFiles {
  /** Folder that all names are relative to. */
  readonly root: string;
  readonly mapFile: string;
  readonly mapText: string;
  /** Documents of `policies/`: file and text by the file's name without `.json`. */
  readonly policies: ReadonlyMap<string, { readonly file: string; readonly text: string }>;
}

/** Name of the account map. */
export const MAP_FILE = "accounts.yaml";
const POLICY_FOLDER = "policies";

/** A text is never longer than its bytes, and never shorter than a third of them: what cannot fit is not read. */
export const MAX_MAP_BYTES = 3 * MAX_FILE_LENGTH;
/** Largest document or file that a map names, bytes: more than IAM takes of either. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;

/** Reads the files of a project; what cannot be read is a finding. */
export function readProject(
  root: string,
  mapFile: string = MAP_FILE,
): { readonly files?: ProjectFiles; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const read = (file: string, maxBytes: number): string => {
    try {
      return readText(join(root, file), maxBytes);
    } catch (error) {
      diagnostics.push(unreadable(file, error));
      return "";
    }
  };
  const mapText = read(mapFile, MAX_MAP_BYTES);
  const policies = new Map<string, { file: string; text: string }>();
  for (const name of policyFiles(root, diagnostics)) {
    const file = `${POLICY_FOLDER}/${name}`;
    policies.set(name.replace(/\.json$/, ""), { file, text: read(file, MAX_FILE_BYTES) });
  }
  return diagnostics.length > 0
    ? { diagnostics }
    : { files: { root, mapFile, mapText, policies }, diagnostics };
}

/** Reads a file that the map names; `undefined` where it cannot be read. */
export function readNamedFile(root: string, name: string): string | undefined {
  try {
    return readText(join(root, name), MAX_FILE_BYTES);
  } catch {
    return undefined;
  }
}

function policyFiles(root: string, diagnostics: Diagnostic[]): string[] {
  try {
    return readdirSync(join(root, POLICY_FOLDER))
      .filter((name) => name.endsWith(".json"))
      .sort();
  } catch (error) {
    // Without the folder there are no documents.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT") diagnostics.push(unreadable(POLICY_FOLDER, error));
    return [];
  }
}

/** The text of a file without a byte order mark. Throws the reason why there is none. */
function readText(path: string, maxBytes: number): string {
  const stat = statSync(path);
  // A pipe or a device would keep us waiting.
  if (!stat.isFile() && !stat.isDirectory()) throw new Error("it is no regular file");
  if (stat.size > maxBytes) {
    throw new Error(`it has ${stat.size} bytes, at most ${maxBytes} are read`);
  }
  return decodeText(readFileSync(path), maxBytes);
}

/** The text of a file's bytes without a byte order mark. Throws the reason why there is none. */
export function decodeText(bytes: Buffer, maxBytes: number): string {
  if (bytes.length > maxBytes) {
    throw new Error(`it has ${bytes.length} bytes, at most ${maxBytes} are read`);
  }
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  throw new Error(`it is not UTF-8 text, ${foreignByte(bytes)}; save it as UTF-8`);
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

/** The finding that a file cannot be read. */
export function unreadable(file: string, error: unknown): Diagnostic {
  const message = `cannot be read: ${reasonOf(error)}`;
  return { severity: "error", rule: "unreadable-file", file, message };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
  ENOTDIR: "it is no folder",
};

/** Why a file cannot be read, in words. */
export function reasonOf(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}
