import { readdirSync, realpathSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";

/** Folders whose files are data of a project, next to the account map. */
const DATA_FOLDERS = ["policies", "imports"] as const;

/** Why a file of a project's data must not be read, by its name. */
export interface OutsideLink {
  readonly file: string;
  readonly reason: string;
}

/**
 * Files of a project's data that symbolic links lead out of its folder: their text is in no commit of it, and
 * Git shows no change to it.
 *
 * @param files further files: the account map, and those that it names
 */
export function outsideLinks(project: string, files: Iterable<string>): readonly OutsideLink[] {
  const data = new Set([
    ...files,
    ".terraform.lock.hcl",
    ...DATA_FOLDERS.flatMap((folder) => [
      folder,
      ...namesIn(join(project, folder)).map((name) => `${folder}/${name}`),
    ]),
  ]);
  return [...data].flatMap((file) => outsideLink(project, file) ?? []);
}

/** Whether a file in a project is a symbolic link, or is in one, that leads out of its folder. */
export function outsideLink(project: string, file: string): OutsideLink | undefined {
  const path = resolve(project, file);
  // A file that was named outside of the project is none of its links.
  if (isOutside(resolve(project), path)) return undefined;
  const [top, real] = [realPath(project), realPath(path)];
  if (top === undefined || real === undefined || !isOutside(top, real)) return undefined;
  const reason = "it is a symbolic link out of the project folder; put the file itself there";
  return { file, reason };
}

function isOutside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === ".." || way.startsWith(`..${sep}`) || resolve(way) === way;
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
