import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { MAX_FILE_LENGTH } from "../../lib/source/yaml/yaml-source";
import { outsideLink, outsideLinks } from "../system/outside-links";
import type { OutsideLink } from "../system/outside-links";
import { readText, reasonOf } from "../system/read-text";

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

/**
 * Reads the files of a project; what cannot be read is a finding.
 *
 * @param mapFile relative to `root`, or absolute
 */
export function readProject(
  root: string,
  mapFile: string = MAP_FILE,
): { readonly files?: ProjectFiles; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const read = (file: string, maxBytes: number): string => {
    try {
      // A map may be named from the root of the disk.
      return readText(resolve(root, file), maxBytes);
    } catch (error) {
      const missing = file === mapFile && (error as NodeJS.ErrnoException).code === "ENOENT";
      const help = "run `npx trustwheel init` to start one, or name the map with `--map FILE`";
      diagnostics.push({ ...unreadable(file, error), ...(missing ? { help } : {}) });
      return "";
    }
  };
  const outside = outsideFindings(root, [mapFile]);
  if (outside.length > 0) return { diagnostics: outside };
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

/** Files that a map names, as they are read, and those that must not be. */
export class NamedFiles {
  readonly #root: string;
  readonly #names = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  readonly read = (name: string): string | undefined => {
    this.#names.add(name);
    return readNamedFile(this.#root, name);
  };

  /** The names that were read. */
  get names(): readonly string[] {
    return [...this.#names];
  }

  /** Findings: files that links lead out of the project. */
  get outside(): readonly Diagnostic[] {
    return this.names.flatMap((name) => {
      const link = outsideLink(this.#root, name);
      return link === undefined ? [] : [outsideFinding(link)];
    });
  }
}

/** Reads a file that the map names; `undefined` if it cannot be read, or a link leads out of the project. */
export function readNamedFile(root: string, name: string): string | undefined {
  if (outsideLink(root, name) !== undefined) return undefined;
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

/** Findings: data of a project that links lead out of its folder, and further files. */
export function outsideFindings(root: string, files: Iterable<string>): readonly Diagnostic[] {
  return outsideLinks(root, files).map(outsideFinding);
}

function outsideFinding({ file, reason }: OutsideLink): Diagnostic {
  return unreadable(file, new Error(reason));
}

/** The finding that a file cannot be read. */
export function unreadable(file: string, error: unknown): Diagnostic {
  const message = `cannot be read: ${reasonOf(error)}`;
  return { severity: "error", rule: "unreadable-file", file, message };
}
