import { visible } from "../../lib/diagnostics/display-width";
import { EXIT } from "./exit-code";
import type { ExitCode } from "./exit-code";
import type { Terminal } from "./terminal";

/** Why a command cannot begin: not a finding about the map, but about how or where it was called. */
export interface UsageProblem {
  readonly problem: string;
  /** What to type. @default - the problem says it all */
  readonly help?: string;
}

/** Distinguishes a result from a problem. */
export function isProblem(result: object): result is UsageProblem {
  return "problem" in result;
}

/** Prints why a command cannot begin. */
export function reportProblem({ problem, help }: UsageProblem, terminal: Terminal): ExitCode {
  const lines = [problem, ...(help === undefined ? [] : [`  = help: ${help}`])];
  terminal.stderr(lines.map((line) => `${visibleLines(line)}\n`).join(""));
  return EXIT.usage;
}

/** A problem repeats what was typed, which must not move the cursor; a problem of several lines keeps them. */
function visibleLines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}
