import { EXIT } from "./exit-code";
import { processPrompts } from "./prompts";
import type { Prompts } from "./prompts";
import { reasonOf } from "./read-text";

/** Where a command writes, and how. */
export interface Terminal {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Whether standard output shows colours. */
  readonly color: boolean;
  /** Whether standard error shows colours. */
  readonly errorColor: boolean;
  /** Standard error where it is a terminal, on which lines can be redrawn. @default - it is not one */
  readonly errorStream?: NodeJS.WritableStream;
  /** Text for people is not wanted; findings go to standard error. @default - it is */
  readonly quiet?: true;
  /** Questions to the user. @default - there is no terminal */
  readonly prompts?: Prompts;
}

/**
 * What happens to output that cannot be written. A reader that has seen enough, such as `head`, closes
 * the pipe: that is no failure, and the command continues to its own exit code. A full disk loses what
 * was asked for.
 */
function lostOutput(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE" || process.exitCode === EXIT.failure) return;
  process.stderr.write(`the output cannot be written: ${reasonOf(error)}\n`);
  process.exitCode = EXIT.failure;
  process.once("exit", () => (process.exitCode = EXIT.failure));
}

/** The terminal of this process. Colours only on a terminal, and never with `NO_COLOR` (https://no-color.org). */
export function processTerminal(): Terminal {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", lostOutput);
  const plain = (process.env.NO_COLOR ?? "") !== "" || process.env.TERM === "dumb";
  const forced = !["", "0", "false"].includes(process.env.FORCE_COLOR ?? "");
  const colored = (stream: NodeJS.WriteStream): boolean => !plain && (forced || stream.isTTY);
  const prompts = processPrompts();
  return {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    color: colored(process.stdout),
    errorColor: colored(process.stderr),
    ...(prompts === undefined ? {} : { prompts }),
    ...(process.stderr.isTTY && process.env.TERM !== "dumb" ? { errorStream: process.stderr } : {}),
  };
}
