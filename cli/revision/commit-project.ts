import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import type { ProjectTexts } from "../../lib/check/check-project";
import { MAP_FILE, MAX_FILE_BYTES, MAX_MAP_BYTES, unreadable } from "../project/project-files";
import { decodeText } from "../system/read-text";
import type { GitTree } from "./git-tree";

/** The texts of a project at a commit. */
export interface CommitProject {
  readonly texts: ProjectTexts;
  /** Files that cannot be read. */
  readonly diagnostics: readonly Diagnostic[];
  /** Files that were read, from the top of the repository: the ones that the map names among them. */
  readonly read: ReadonlySet<string>;
}

/**
 * Reads the data of a project from the objects of a commit, into memory: account map, documents and what the map
 * names. A link is followed inside of the commit and never out of it.
 *
 * @param prefix folder of the project in the repository
 */
export function readCommitProject(tree: GitTree, prefix: string): CommitProject {
  const diagnostics: Diagnostic[] = [];
  const read = new Set<string>();
  const textOf = (file: string, maxBytes: number): string => {
    read.add(`${prefix}${file}`);
    const entry = tree.resolve(`${prefix}${file}`);
    if (entry === undefined) throw new Error("there is no such file");
    if (entry === "outside") {
      throw new Error("it is a symbolic link out of the repository; commit the file itself");
    }
    return decodeText(tree.content(entry), maxBytes);
  };
  const attempt = (file: string, maxBytes: number): string => {
    try {
      return textOf(file, maxBytes);
    } catch (error) {
      diagnostics.push(unreadable(file, error));
      return "";
    }
  };
  const mapText = attempt(MAP_FILE, MAX_MAP_BYTES);
  const policies = new Map<string, { file: string; text: string }>();
  if (tree.entries.has(`${prefix}policies`)) {
    const reason = "it is a symbolic link or a submodule; commit the documents themselves";
    diagnostics.push(unreadable("policies", new Error(reason)));
  }
  for (const name of documentsOf(tree, `${prefix}policies/`)) {
    const file = `policies/${name}`;
    policies.set(name.slice(0, -".json".length), { file, text: attempt(file, MAX_FILE_BYTES) });
  }
  const readFile = (name: string): string | undefined => {
    try {
      return textOf(name, MAX_FILE_BYTES);
    } catch {
      return undefined;
    }
  };
  return { texts: { mapFile: MAP_FILE, mapText, policies, readFile }, diagnostics, read };
}

function documentsOf(tree: GitTree, folder: string): string[] {
  return [...tree.entries.keys()]
    .filter((path) => path.startsWith(folder) && path.endsWith(".json"))
    .map((path) => path.slice(folder.length))
    .filter((name) => !name.includes("/"))
    .sort();
}
