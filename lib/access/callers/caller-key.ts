import type { NamedCaller } from "./named-caller";

/**
 * Tells callers apart: two repositories of one provider are two.
 *
 * @param from as a policy names it
 */
export function callerKey(from: string, caller: NamedCaller): string {
  return SAID_BY_NAME.has(caller.kind) ? from : `${from} ${JSON.stringify(caller)}`;
}

/** Kinds of callers whose name, as policies write it, is of one alone. */
const SAID_BY_NAME: ReadonlySet<NamedCaller["kind"]> = new Set([
  "anyone",
  "account",
  "user",
  "role",
  "permission-set",
  "arn-pattern",
  "role-session",
]);
