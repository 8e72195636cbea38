import type { Direction, SafeguardChange } from "../kinds/access-change";
import { fileRole, isToolFile, isUnseenData } from "./file-role";
import type { ProjectLayout } from "./file-role";

/** A file that differs between base and head. */
export interface ChangedFile {
  /** From the top of the repository, with `/`. */
  readonly path: string;
  readonly direction: Direction | "edited";
}

/** The files that differ, as far as they are safeguards. */
export interface SafeguardFiles {
  /** Sorted by path. */
  readonly program: readonly ChangedFile[];
  /** Data that no comparison shows, sorted by path. */
  readonly unseen: readonly ChangedFile[];
  /** Files of head in folders that only tools write, sorted. */
  readonly tools: readonly string[];
}

/**
 * Sorts the files that differ by what they are.
 *
 * @param tracked files of head
 */
export function safeguardFiles(
  changed: readonly ChangedFile[],
  tracked: Iterable<string>,
  layout: ProjectLayout,
): SafeguardFiles {
  const sorted = [...changed].sort((a, b) => (a.path < b.path ? -1 : 1));
  const tools = [...tracked].filter((path) => isToolFile(path, layout)).sort();
  return {
    program: sorted.filter(
      ({ path }) => !isToolFile(path, layout) && fileRole(path, layout) === "program",
    ),
    unseen: sorted.filter(
      ({ path }) => fileRole(path, layout) === "data" && isUnseenData(path, layout),
    ),
    tools,
  };
}

/** The changes to safeguards that are changes of files: one for each kind of file. */
export function fileSafeguardChanges({
  program,
  unseen,
  tools,
}: SafeguardFiles): SafeguardChange[] {
  return [
    ...changeOf("program", program),
    ...changeOf("data", unseen),
    ...changeOf(
      "tool-files",
      tools.map((path) => ({ path, direction: "gained" })),
    ),
  ];
}

function changeOf(what: SafeguardChange["what"], files: readonly ChangedFile[]): SafeguardChange[] {
  const [first, ...others] = files;
  if (first === undefined) return [];
  const alike = others.every(({ direction }) => direction === first.direction);
  return [
    {
      kind: "safeguard",
      what,
      direction: alike ? first.direction : "edited",
      name: nameOf(files),
      files: files.map(({ path }) => path),
    },
  ];
}

/** Files that are named before the others are counted. */
const NAMED = 3;

function nameOf(files: readonly ChangedFile[]): string {
  const named = files.slice(0, NAMED).map(({ path }) => path);
  const more = files.length - named.length;
  return [...named, ...(more === 0 ? [] : [`${more} more`])].join(", ");
}
