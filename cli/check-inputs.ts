import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../lib/diagnostics/diagnostic";
import { reasonOf } from "./project-files";

/** Texts by file, as the user named it, and what could not be read. */
export interface ReadTexts {
  readonly texts: ReadonlyMap<string, string>;
  readonly unreadable: readonly Diagnostic[];
}

/** Largest file that is read, bytes: no document and no stack comes near it. */
const MAX_FILE_SIZE = 64 * 1024 * 1024;

/** Reads files by name. */
export function readTexts(files: readonly string[]): ReadTexts {
  const texts = new Map<string, string>();
  const unreadable: Diagnostic[] = [];
  for (const file of files) {
    try {
      const { size } = statSync(file);
      if (size > MAX_FILE_SIZE) throw new Error(`it has ${size} bytes, at most ${MAX_FILE_SIZE}`);
      texts.set(file, readFileSync(file, "utf8"));
    } catch (error) {
      unreadable.push(unreadableFile(file, reasonOf(error)));
    }
  }
  return { texts, unreadable };
}

/** Reads every synthesized stack below a folder, in the order of their names. */
export function readTree(folder: string): ReadTexts {
  let files: string[];
  try {
    files = [...stackFiles(folder)].sort();
  } catch (error) {
    return { texts: new Map(), unreadable: [unreadableFile(folder, reasonOf(error))] };
  }
  if (files.length > 0) return readTexts(files);
  return { texts: new Map(), unreadable: [unreadableFile(folder, "it holds no `*.tf.json`")] };
}

/** Terraform in JSON below a folder; what Terraform keeps for itself is left out. */
function* stackFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== ".terraform" && entry.name !== "node_modules") yield* stackFiles(path);
    } else if (entry.name.endsWith(".tf.json")) yield path;
  }
}

function unreadableFile(file: string, reason: string): Diagnostic {
  return {
    severity: "error",
    rule: "unreadable-file",
    file,
    message: `cannot be read: ${reason}`,
  };
}
