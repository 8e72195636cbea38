import { changeAccount } from "../gate/change-account";
import type { AccessChange, EdgeChange, ReachChange } from "../access-change";
import { callerKey } from "../compare/same-caller";

/**
 * The changes that are told to people: a direct way in is told as such, and not once more as a way to a
 * role; and a role of an account that was dropped is not said to go, as it stays there.
 */
export function toldChanges(changes: readonly AccessChange[]): readonly AccessChange[] {
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
