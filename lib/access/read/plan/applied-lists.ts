import { terraformText } from "../terraform-value";
import { EXCLUSIVE_LISTS } from "./exclusive-lists";
import { identityKey } from "./identity-key";
import type { PlanEntry } from "./plan-entries";

/** The names or ARNs that an exclusive list of a type leaves to an identity, where a plan applies it. */
export type AppliedLists = (
  type: string,
  identity: string | undefined,
) => ReadonlySet<string> | undefined;

/**
 * The exclusive lists that a plan applies: those that it makes or changes. One that it leaves as it is, or
 * that a plan of a part leaves out, takes nothing away.
 */
export function appliedLists(entries: readonly PlanEntry[]): AppliedLists {
  const lists = new Map<string, ReadonlySet<string>>();
  for (const { action, after } of entries) {
    const kind = after === undefined ? undefined : EXCLUSIVE_LISTS.get(after.type);
    if (after === undefined || kind === undefined || !APPLIED.has(action)) continue;
    const identity = identityKey(after, kind.owner, after.attributes[`${kind.owner}_name`]);
    if (identity !== undefined)
      lists.set(key(after.type, identity), names(after.attributes[kind.list]));
  }
  return (type, identity) => (identity === undefined ? undefined : lists.get(key(type, identity)));
}

const APPLIED: ReadonlySet<PlanEntry["action"]> = new Set(["create", "update", "replace"]);

function key(type: string, identity: string): string {
  return `${type} ${identity}`;
}

function names(list: unknown): ReadonlySet<string> {
  const each: readonly unknown[] = Array.isArray(list) ? list : [];
  return new Set(
    each.map(terraformText).flatMap((text) => (text.kind === "text" ? [text.text] : [])),
  );
}
