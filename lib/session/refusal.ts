/** Whose policy or parameter a reason is about. */
export type ReasonSide =
  "trust policy" | "permissions policy" | "session" | "call" | "account map" | "control policy";

/** One reason why a hop is or would be denied. */
export interface Reason {
  readonly side: ReasonSide;
  /** What is wrong, in lower case and without a final period. */
  readonly text: string;
  /** Whether it is known; otherwise only AWS knows, and the call is made. */
  readonly certain: boolean;
  /** Sid of the statement. @default - no single statement */
  readonly statement?: string;
  /** The condition key, such as `sts:ExternalId`. @default - none */
  readonly key?: string;
  /** @default - nothing in particular */
  readonly wanted?: string;
  /** @default - nothing */
  readonly got?: string;
}

/** Why there is no session of a role: at which hop, for which reasons, and what to do. */
export interface Refusal {
  /** The role that could not be assumed, `ROLE@ACCOUNT` or an ARN. */
  readonly hop: string;
  readonly reasons: readonly Reason[];
  /** What to do. */
  readonly help: string;
}

/** A refusal for people: one line for each reason. */
export function refusalText({ hop, reasons, help }: Refusal): string {
  const lines = reasons.map((reason) => `  ${reasonText(reason)}\n`);
  return `denied: ${hop}\n${lines.join("")}  help: ${help}\n`;
}

/** A reason in one line: side, statement, key, what was wanted and what was got. */
export function reasonText({ side, statement, text }: Reason): string {
  return `${side}${statement === undefined ? "" : `, statement ${statement}`}: ${text}`;
}
