import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { fileRole } from "../../lib/review/safeguards/file-role";
import type { ProjectLayout } from "../../lib/review/safeguards/file-role";
import { unreadable } from "../project/project-files";
import type { GitTree } from "./git-tree";

/** The head's data that replaces the base's. */
export interface HeadData {
  /** Contents by path; `undefined` for a file of the base that the head does not have. */
  readonly replaced: ReadonlyMap<string, Buffer | undefined>;
  /** Links that lead out of the commit, or nowhere. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Lays the data of a head over the files of a base: only contents, never a link and never a program. */
export function headData(base: GitTree, head: GitTree, layout: ProjectLayout): HeadData {
  const isData = (path: string): boolean => fileRole(path, layout) === "data";
  const replaced = new Map<string, Buffer | undefined>();
  const diagnostics: Diagnostic[] = [];
  for (const path of base.entries.keys()) if (isData(path)) replaced.set(path, undefined);
  const entries = [...head.entries.keys()].filter(isData).flatMap((path) => {
    const entry = head.resolve(path);
    if (entry !== undefined && entry !== "outside") return [{ path, entry }];
    const reason =
      "it is a symbolic link out of the repository, or to nothing; commit the file itself";
    diagnostics.push(unreadable(path.slice(layout.prefix.length), new Error(reason)));
    return [];
  });
  const contents = head.contents(entries.map(({ entry }) => entry));
  for (const { path, entry } of entries) replaced.set(path, contents.get(entry.id));
  return { replaced, diagnostics };
}
