import { dirname, relative, sep } from "node:path";
import type { StackText } from "../../lib/access/read/terraform-stack";
import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { readTree } from "../project/check-inputs";

/** Stacks below a folder, by name, and what could not be read. */
export interface StackFolder {
  readonly stacks: readonly StackText[];
  readonly unreadable: readonly Diagnostic[];
}

/** Reads the synthesized stacks below a folder into memory. */
export function readStackFolder(folder: string): StackFolder {
  const { texts, unreadable } = readTree(folder);
  const stacks = [...texts].map(([file, text]) => ({ stack: stackName(folder, file), text }));
  return { stacks, unreadable };
}

/** A stack is named by its folder: the same on both sides, wherever the trees are. */
function stackName(folder: string, file: string): string {
  const below = relative(folder, dirname(file)).split(sep).join("/");
  return below.replace(/^stacks\//, "");
}
