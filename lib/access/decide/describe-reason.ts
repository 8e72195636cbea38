import type { DecisionReason } from "./decision";

/** A reason in words, with the policy and the statement that it rests on. */
export function describeReason({ side, policy, statement, text }: DecisionReason): string {
  const where = [policy, statement === undefined ? undefined : `statement ${statement}`];
  const place = where.filter((each) => each !== undefined).join(", ");
  return `${side}: ${text}${place === "" ? "" : ` (${place})`}`;
}
