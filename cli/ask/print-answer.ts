import { visible, visibleJson } from "../../lib/diagnostics/display-width";
import type { AccessFormat } from "../options/access-options";
import type { Terminal } from "../system/terminal";

/** An answer for people and for programs. */
export interface Answer {
  /** In our own words, and painted where the terminal shows colours. @default - none */
  readonly verdict?: string;
  readonly lines: readonly string[];
  readonly json: object;
}

/** Prints an answer; names in it come from outside and cannot move the cursor or reorder a line. */
export function printAnswer(
  { verdict, lines, json }: Answer,
  format: AccessFormat,
  terminal: Terminal,
): void {
  terminal.stdout(
    format === "json"
      ? `${visibleJson(json, 2)}\n`
      : [...(verdict === undefined ? [] : [verdict]), ...lines.map(visible), ""].join("\n"),
  );
}
