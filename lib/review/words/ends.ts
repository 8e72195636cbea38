import type { NamedCaller } from "../../access/callers/named-caller";
import type { PrincipalName } from "../compare/direction";
import { accountsOf, callerEntity, entity, entityName, groupEntity, isSaidByArn } from "./names";
import { say, words } from "./text";
import type { Sentence } from "./text";
import type { ToldGroup, ToldReview } from "./told";

/** A caller, and the role that it reaches. */
interface Ends {
  readonly from: PrincipalName;
  readonly caller: NamedCaller;
  /** ARN of the role. */
  readonly to: string;
}

/** Both ends of a path, one of them with all the accounts of a group. */
export function ends(
  { from, to, caller }: Ends,
  group: ToldGroup,
  review: ToldReview,
): { from: Sentence; to: Sentence } {
  if (!isSaidByArn(caller)) {
    const called = callerEntity(from, caller, group, review);
    const where = group.side === "caller" ? say` in ${accountsOf(group, review)}` : [];
    const whom = group.side === "caller" ? entity(to, review) : groupEntity(to, group, review);
    return { from: say`${called}${where}`, to: whom };
  }
  if (group.side === "caller") {
    const { what, name } = entityName(from);
    const accounts = accountsOf(group, review);
    return {
      from:
        what === "account"
          ? say`any caller that ${accounts} allow`
          : say`${words(what === "permission-set" ? "permission set " : "")}${name} in ${accounts}`,
      to: entity(to, review),
    };
  }
  return { from: entity(from, review), to: groupEntity(to, group, review) };
}

/** A note on what is not decided. */
export function uncertain(certain: boolean): Sentence {
  return words(certain ? "" : " (not certain: part of it is unknown)");
}
