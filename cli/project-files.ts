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

/** Reads the files of a project; what cannot be read is a finding. */
export function readProject(
  root: string,
  mapFile: string = MAP_FILE,
): { readonly files?: ProjectFiles; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const read = (file: string): string => {
    try {
      // A text is never larger than its bytes: what is too large for the parser is not even read.
      const size = statSync(join(root, file)).size;
      if (size > MAX_FILE_LENGTH * 3) return " ".repeat(MAX_FILE_LENGTH + 1);
      return readFileSync(join(root, file), "utf8");
    } catch (error) {
      diagnostics.push({ ...unreadable(file), message: `cannot be read: ${reasonOf(error)}` });
      return "";
    }
  };
  const mapText = read(mapFile);
  const policies = new Map<string, { file: string; text: string }>();
  for (const name of policyFiles(root)) {
    const file = `${POLICY_FOLDER}/${name}`;
    policies.set(name.replace(/\.json$/, ""), { file, text: read(file) });
  }
  return diagnostics.length > 0
    ? { diagnostics }
    : { files: { root, mapFile, mapText, policies }, diagnostics };
}

/** Reads a file that the map names; `undefined` where it cannot be read. */
export function readNamedFile(root: string, name: string): string | undefined {
  try {
    return readFileSync(join(root, name), "utf8");
  } catch {
    return undefined;
  }
}

function policyFiles(root: string): string[] {
  try {
    return readdirSync(join(root, POLICY_FOLDER))
      .filter((name) => name.endsWith(".json"))
      .sort();
  } catch {
    return []; // no folder, no documents
  }
}

function unreadable(file: string): Pick<Diagnostic, "severity" | "rule" | "file"> {
  return { severity: "error", rule: "unreadable-file", file };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
};

function reasonOf(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}
