import type { Direction } from "../compare/direction";
import { fileRole, isToolFile, isUnseenData } from "./file-role";
import type { ProjectLayout } from "./file-role";
import { byTextOf } from "../../values/order";

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
  const sorted = [...changed].sort(byTextOf(({ path }) => path));
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
