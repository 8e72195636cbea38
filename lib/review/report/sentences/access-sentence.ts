import { isSameCaller } from "../../compare/same-caller";
import type { EdgeChange, ReachChange } from "../../kinds/access-change";
import type { Review } from "../../review";
import { termsWords } from "../callers/terms-words";
import type { ChangeGroup } from "../change-group";
import {
  accountsOf,
  callerEntity,
  callerNames,
  entity,
  entityName,
  groupEntity,
  isSaidByArn,
  NOT_IN_MAP,
} from "../names";
import { listed, plainText, say, words } from "../text";
import type { Sentence } from "../text";

/** Who can now reach a role, or no longer, and how. */
export function reachSentence(change: ReachChange, group: ChangeGroup, review: Review): Sentence {
  const { from, to } = ends(change, group, review);
  const way = say`${wayOf(change, group, review)}${firstTerms(change, group, review)}`;
  const other = oppositeWay(change, review);
  const before = other === undefined ? undefined : wayOf(other, group, review);
  const sure = uncertain(change.certain);
  if (change.direction === "gained") {
    const then = before === undefined ? words("; before: none") : say`; before:${before}`;
    return say`${from} can now reach ${to}${way}${sure}${then}`;
  }
  const still = before === undefined ? words("") : say`; now:${before}`;
  return say`${from} can no longer reach ${to}${way}${sure}${still}`;
}

/** Who can now assume a role directly, or no longer. */
export function edgeSentence(change: EdgeChange, group: ChangeGroup, review: Review): Sentence {
  const { from, to } = ends(change, group, review);
  const isSaid = plainText(from).endsWith(NOT_IN_MAP);
  const foreign = change.foreign && !isSaid ? words(FOREIGN[isAnybody(change)]) : [];
  const can = change.direction === "gained" ? "can now assume" : "can no longer assume";
  const { conditions } = change.terms;
  const told = change.direction === "gained" ? change.terms : { conditions };
  const terms = termsWords(told, callerNames(group, review));
  return say`${from} ${words(can)} ${to}${foreign}${terms}${uncertain(change.certain)}`;
}

const FOREIGN = {
  one: ", from an account that is not in the map",
  any: ", also from accounts that are not in the map",
};

function isAnybody({ caller: { kind } }: EdgeChange): keyof typeof FOREIGN {
  return kind === "organization" || kind === "organizational-unit" ? "any" : "one";
}

/** The conditions for the first role of a longer path. */
function firstTerms(change: ReachChange, group: ChangeGroup, review: Review): Sentence {
  const { conditions, denied = [] } = change.terms;
  return termsWords({ conditions, denied }, callerNames(group, review));
}

function ends(
  { from, to, caller }: ReachChange | EdgeChange,
  group: ChangeGroup,
  review: Review,
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

function wayOf({ via, from }: ReachChange, group: ChangeGroup, review: Review): Sentence {
  if (via.length === 0) return words(" directly");
  const accounts = new Set(group.accountIds);
  return say` through ${listed(
    via.map((arn) => {
      const { name, accountId } = entityName(arn);
      // A role of the changed accounts stands for one in each of them.
      const each = accounts.size > 1 && accountId !== undefined && accounts.has(accountId);
      return each && entityName(from).accountId !== accountId
        ? say`their ${name}`
        : entity(arn, review);
    }),
    "and then",
  )}`;
}

/** The same two ends the other way round: then not whether, but how, has changed. */
function oppositeWay(change: ReachChange, review: Review): ReachChange | undefined {
  const direction = change.direction === "gained" ? "lost" : "gained";
  return review.changes.find(
    (each): each is ReachChange =>
      each.kind === "reach" &&
      each.direction === direction &&
      isSameCaller(each, change) &&
      each.to === change.to,
  );
}

function uncertain(certain: boolean): Sentence {
  return words(certain ? "" : " (not certain: part of it is unknown)");
}
