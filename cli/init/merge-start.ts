import { join } from "node:path";
import { fileText } from "../system/file-text";
import { IGNORED, starterPackage } from "../../lib/start/starter-files";
import type { UsageProblem } from "../system/usage-problem";
import { existingFiles } from "../change/write-new-files";
import { mergeLines, mergePackage } from "../../lib/start/merge-files";

/** What a starting repository does to a folder. */
export interface MergedStart {
  /** Files that are not there yet, by path. */
  readonly added: ReadonlyMap<string, string>;
  /** New texts of files that are there and lack something, by path. */
  readonly changed: ReadonlyMap<string, string>;
  /** Files that are there and stay as they are. */
  readonly kept: readonly string[];
}

/** Files that a repository may have for its own sake, and that stay as they are. */
const OWN: ReadonlySet<string> = new Set(["README.md", "cdktf.json"]);

/**
 * Brings the files of a starting repository together with what is in a folder: package.json and
 * .gitignore get what they lack, a README and a cdktf.json stay. Anything else that is there already
 * prevents it.
 *
 * @param source npm source of trustwheel, if package.json does not have it
 */
export function mergeStart(
  folder: string,
  files: ReadonlyMap<string, string>,
  source: string,
): MergedStart | UsageProblem {
  const there = new Set(existingFiles(folder, files.keys()));
  const changed = new Map<string, string>();
  const blocking: string[] = [];
  const kept: string[] = [];
  for (const path of there) {
    const text = fileText(join(folder, path));
    if (OWN.has(path)) kept.push(path);
    else if (text === undefined) blocking.push(path);
    else if (path === ".gitignore") changed.set(path, mergeLines(text, IGNORED));
    else if (path === "package.json") {
      const merged = mergePackage(text, starterPackage(source));
      if (merged === undefined) {
        return { problem: "package.json is not a JSON object; nothing written" };
      }
      changed.set(path, merged);
    } else blocking.push(path);
  }
  if (blocking.length > 0) {
    const problem = `already exists: ${blocking.join(", ")}; nothing written`;
    return { problem, help: "start in another folder: `--output FOLDER`" };
  }
  return {
    added: new Map([...files].filter(([path]) => !there.has(path))),
    changed: new Map([...changed].filter(([path, text]) => text !== fileText(join(folder, path)))),
    kept,
  };
}
