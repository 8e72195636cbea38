import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isProblem } from "../system/usage-problem";
import { knownMap } from "./known-map";
import { openRevision } from "./revision-side";

/**
 * Writes the data of a revision's project into a folder: its map, its documents, and the files that the map
 * names. Nothing of a program, and no link: a plan is reviewed next to it.
 */
export function writeHeadProject(ref: string, folder: string): void {
  const side = openRevision(".", ref, "head");
  if (isProblem(side)) return;
  const { revision, tree, project } = side;
  knownMap(project.texts); // so that what the map names is read, too
  for (const path of project.read) {
    const name = path.slice(revision.prefix.length);
    const entry = tree.resolve(path);
    const isBelow = !name.split("/").includes("..");
    if (entry === undefined || entry === "outside" || !isBelow) continue;
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, tree.content(entry));
  }
}
