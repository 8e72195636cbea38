import { callerKey } from "../../access/callers/caller-key";
import type { EdgeChange, ReachChange } from "../kinds/access-change";

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
