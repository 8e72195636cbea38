import { refusalText } from "../lib/session/refusal";
import type { Reason, Refusal } from "../lib/session/refusal";

/** The role cannot be assumed: which hop, for which reasons, and what to do. */
export class AccessRefused extends Error {
  /** The role that could not be assumed, `ROLE@ACCOUNT` or an ARN. */
  readonly hop: string;
  readonly reasons: readonly Reason[];
  readonly help: string;

  constructor({ hop, reasons, help }: Refusal, options?: ErrorOptions) {
    super(refusalText({ hop, reasons, help }).trimEnd(), options);
    this.name = "AccessRefused";
    this.hop = hop;
    this.reasons = reasons;
    this.help = help;
  }
}

/** Something other than a denial is in the way: no credentials, no index, a network that fails. */
export class AccessProblem extends Error {
  /** What to type. */
  readonly help: string;

  constructor(problem: string, help: string, options?: ErrorOptions) {
    super(problem, options);
    this.name = "AccessProblem";
    this.help = help;
  }
}

/** Either error for people; `undefined` for a bug of ours. */
export function errorText(error: unknown): string | undefined {
  if (error instanceof AccessRefused) return `${error.message}\n`;
  return error instanceof AccessProblem ? `${error.message}\n  = help: ${error.help}\n` : undefined;
}
