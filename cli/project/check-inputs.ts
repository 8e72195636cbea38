import { lstatSync, readdirSync, statSync } from "node:fs";
import type { Dirent } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { isImportFile } from "../../lib/adopt/imports/import-file";
import { readText, reasonOf } from "../system/read-text";
import { isTerraformFile } from "./unproved-files";

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
      texts.set(file, readText(file, MAX_FILE_SIZE));
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
  const links = files.filter((file) => lstatSync(file).isSymbolicLink());
  if (links.length > 0) {
    const reason =
      "it is a symbolic link: its target can be another file by the time it is applied";
    return { texts: new Map(), unreadable: links.map((file) => unreadableFile(file, reason)) };
  }
  const json = files.filter((file) => file.endsWith(".tf.json"));
  if (json.length === 0) {
    return {
      texts: new Map(),
      unreadable: [unreadableFile(folder, "it has no `*.tf.json` files")],
    };
  }
  const { texts, unreadable } = readTexts(json);
  // Terraform reads them all: what they grant is unknown, which must not count as nothing.
  const others = files.filter((file) => !json.includes(file) && !holdsImports(file));
  const unknown = others.map((file) =>
    unreadableFile(
      file,
      "only Terraform in `*.tf.json` is, and Terraform also applies other files next to it",
    ),
  );
  return { texts, unreadable: [...unreadable, ...unknown] };
}

/** Whether a file only says which resources exist already. */
function holdsImports(file: string): boolean {
  try {
    return isImportFile(readText(file, MAX_FILE_SIZE));
  } catch {
    return false;
  }
}

/** Terraform below a folder; what Terraform keeps for itself is left out. */
function* stackFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== ".terraform" && entry.name !== "node_modules") yield* stackFiles(path);
    } else if (isTerraformFile(entry.name) || leadsToFolder(entry, path)) yield path;
  }
}

function leadsToFolder(entry: Dirent, path: string): boolean {
  if (!entry.isSymbolicLink() || entry.name === ".terraform") return false;
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function unreadableFile(file: string, reason: string): Diagnostic {
  return {
    severity: "error",
    rule: "unreadable-file",
    file,
    message: `cannot be read: ${reason}`,
  };
}
