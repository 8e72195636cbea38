/** Whose policies, or what else, speak for or against a request. */
export type Side =
  | "trust policy"
  | "permissions"
  | "permissions boundary"
  | "session policy"
  | "service control policy"
  | "resource control policy"
  | "call";

/** One reason for a decision: a statement on one side, or the lack of one. */
export interface DecisionReason {
  readonly side: Side;
  readonly effect: "allow" | "explicit-deny" | "implicit-deny" | "unknown";
  /**
   * Name or ARN of the policy.
   *
   * @default - not one policy: all of the side together
   */
  readonly policy?: string;
  /**
   * The statement: its Sid, or its number in the document, from 1.
   *
   * @default - not one statement: the document as a whole
   */
  readonly statement?: string;
  /** Why, in words. */
  readonly text: string;
}

/** What becomes of a request. `unknown` is never success. */
export interface Decision {
  readonly decision: "allowed" | "denied" | "unknown";
  /** What decided, the most telling first. */
  readonly reasons: readonly DecisionReason[];
}

/** A reason in words, with the policy and the statement that it rests on. */
export function describeReason({ side, policy, statement, text }: DecisionReason): string {
  const where = [policy, statement === undefined ? undefined : `statement ${statement}`];
  const place = where.filter((each) => each !== undefined).join(", ");
  return `${side}: ${text}${place === "" ? "" : ` (${place})`}`;
}
