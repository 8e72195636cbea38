import { readdirSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { MAP_FILE, unreadable } from "../project-files";

/**
 * Files of a project's data that are links out of its repository: what they say is in no commit.
 *
 * @param top of the repository
 * @param files that the map names. @default - none
 */
export function outsideLinks(
  project: string,
  top: string,
  files: Iterable<string> = [],
): readonly Diagnostic[] {
  const inside = realpathSync(top) + sep;
  const data = new Set([
    MAP_FILE,
    ...["policies", "imports"].flatMap((folder) => [
      folder,
      ...namesIn(join(project, folder)).map((name) => `${folder}/${name}`),
    ]),
    ...files,
  ]);
  return [...data].flatMap((file): Diagnostic[] => {
    const real = realPath(join(project, file));
    if (real === undefined || real.startsWith(inside)) return [];
    const reason = "it is a symbolic link out of the repository; put the file itself there";
    return [unreadable(file, new Error(reason))];
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function realPath(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}
