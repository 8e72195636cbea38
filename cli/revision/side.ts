import type { StackText } from "../../lib/access/read/terraform-stack";
import type { YamlSource } from "../../lib/source/yaml/yaml-source";
import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { printFindings } from "../print/print-findings";
import type { ReviewedTree } from "../../lib/review/compare/reviewed-tree";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import type { Terminal } from "../system/terminal";
import type { KnownMap } from "./known-map";
import { readStackFolder } from "./stack-folder";

/** One side of a comparison, in memory. */
export interface Side {
  readonly stacks: readonly StackText[];
  readonly known: KnownMap;
  /** The map's text, for the places of findings. @default - unknown */
  readonly source?: YamlSource;
  /** What of it is unknown. @default - nothing */
  readonly unread?: ReviewedTree["unread"];
}

/** The stacks below a folder: data, and nothing that decides. What cannot be read is printed. */
export function readFolder(folder: string, known: KnownMap, terminal: Terminal): Side | ExitCode {
  const { stacks, unreadable } = readStackFolder(folder);
  return unreadable.length > 0 ? reportUnreadable(unreadable, terminal) : { stacks, known };
}

/** Prints which files cannot be read. */
export function reportUnreadable(found: readonly Diagnostic[], terminal: Terminal): ExitCode {
  printFindings(found, terminal);
  return EXIT.usage;
}

/** Prints what takes a while. */
export function progressTo(terminal: Terminal): (step: string) => void {
  return (step) => {
    if (terminal.errorStream !== undefined) terminal.stderr(`${step}\n`);
  };
}
