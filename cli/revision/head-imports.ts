import { isImportFile } from "../../lib/adopt/imports/import-file";
import { importFileOf } from "../project/output-folder";
import { readNamedFile } from "../project/project-files";
import { isProblem } from "../system/usage-problem";
import { openRevision } from "./revision-side";

/** Text of the import blocks of an account, or why they cannot be used; nothing where there are none. */
export type ImportsOf = (accountId: string) => { text: string } | { reason: string } | undefined;

/**
 * Reads the import blocks of the head, as data.
 *
 * @param ref revision of the head. @default - the working tree
 */
export function headImports(ref: string | undefined): ImportsOf {
  const side = ref === undefined ? undefined : openRevision(".", ref, "head");
  const read = (file: string): string | undefined => {
    if (side === undefined) return readNamedFile(".", file);
    if (isProblem(side)) return undefined;
    const entry = side.tree.resolve(`${side.revision.prefix}${file}`);
    if (entry === undefined) return undefined;
    // A link out of the repository is no text of its own.
    return entry === "outside" ? "outside" : side.tree.content(entry).toString("utf8");
  };
  return (accountId) => {
    const file = importFileOf(accountId);
    const text = read(file);
    if (text === undefined) return undefined;
    return isImportFile(text) ? { text } : { reason: `has ${file}, which holds more than imports` };
  };
}
