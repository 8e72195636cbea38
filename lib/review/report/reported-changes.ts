import type { EdgeChange } from "../kinds/edge";
import { changeAccount } from "../kinds/kinds";
import type { AccessChange } from "../kinds/kinds";
import type { ReachChange } from "../kinds/reach";
import { callerKey } from "../../access/callers/caller-key";

/**
 * The changes shown to people: a path of one hop is shown as a trust relationship, not also as a path; and a role
 * in an account that was removed is not shown as removed, as it stays there.
 */
export function reportedChanges(changes: readonly AccessChange[]): readonly AccessChange[] {
  const direct = new Set(changes.flatMap((each) => (each.kind === "edge" ? [wayKey(each)] : [])));
  const abandoned = new Set(
    changes.flatMap((each) =>
      each.kind === "existence" && each.abandonedRoles !== undefined ? [each.arn] : [],
    ),
  );
  return changes.filter((each) => {
    if (each.kind === "reach" && each.via.length === 0) {
      return !direct.has(wayKey(each));
    }
    return each.kind !== "existence" || each.what !== "role" || !staysIn(each, abandoned);
  });
}

function wayKey({ direction, from, caller, to }: EdgeChange | ReachChange): string {
  return `${direction} ${callerKey(from, caller)} ${to}`;
}

function staysIn(change: AccessChange, abandoned: ReadonlySet<string>): boolean {
  const account = changeAccount(change);
  return account !== undefined && abandoned.has(account);
}
