import type { NamedCaller } from "../../access/callers/named-caller";
import type { EdgeChange, PrincipalName, ReachChange } from "../access-change";

/** Tells callers apart: two repositories of one provider are two. */
export function callerKey(from: PrincipalName, caller: NamedCaller): string {
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

/** Whether the callers of two changes are one. */
export function isSameCaller(
  one: ReachChange | EdgeChange,
  other: ReachChange | EdgeChange,
): boolean {
  return (
    one.from === other.from &&
    callerKey(one.from, one.caller) === callerKey(other.from, other.caller)
  );
}
