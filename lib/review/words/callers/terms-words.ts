import type { CallerCondition } from "../../../access/callers/caller-condition";
import type { CallerTerms } from "../../../access/callers/caller-terms";
import type { StsAction } from "../../../access/decide/sts-action";
import type { TrustedEntry } from "../../compare/trusted-entry";
import { listed, say, words } from "../text";
import type { Sentence } from "../text";
import { callerWords } from "./caller-words";
import type { CallerNames } from "./caller-words";
import { conditionWords } from "./condition-words";

/** How many sets of conditions, and how many denials, are named; the others are counted. */
const NAMED = 3;

/** On which terms a caller comes, with a comma before; nothing where there are none. */
export function termsWords(
  { conditions, also = [], denied = [] }: CallerTerms,
  names: CallerNames,
): Sentence {
  const isFree = conditions.some((each) => each.length === 0);
  const asked =
    isFree || conditions.length === 0
      ? []
      : say`, ${some(
          conditions.map((each) => conditionsWords(each, names)),
          conditions.some((each) => each.length > 1) ? "; or " : " or ",
        )}`;
  const can = also.map(({ actions, conditions: own }) => {
    const under = withoutShared(own, conditions);
    const rest = under.length === 0 ? [] : say` (${conditionsWords(under, names)})`;
    return say`${words(listActions(actions))}${rest}`;
  });
  const more = can.length === 0 ? [] : say`; can also ${some(can, " and ")}`;
  const except = denied.map(({ caller, conditions: own }) => {
    const under = own.length === 0 ? [] : say` ${conditionsWords(own, names)}`;
    return say`${callerWords(caller, names)}${under}`;
  });
  const but = except.length === 0 ? [] : say`; denied to ${some(except, "; and to ")}`;
  return say`${asked}${more}${but}`;
}

/** One caller of a statement with its conditions: `user anna in tools with MFA`. */
export function entryWords(
  { effect, caller, actions, conditions }: Omit<TrustedEntry, "from">,
  names: CallerNames,
): Sentence {
  const assumes = actions.some((action) => ACTIONS[action] === undefined);
  const can = assumes ? "" : ` can ${listActions(actions)}`;
  const denied = effect === "Deny" ? "denied " : "";
  const under = conditions.length === 0 ? [] : say` ${conditionsWords(conditions, names)}`;
  return say`${words(denied)}${callerWords(caller, names)}${words(can)}${under}`;
}

/** All conditions of one statement, which must hold together. */
export function conditionsWords(
  conditions: readonly CallerCondition[],
  names: CallerNames,
): Sentence {
  const hasAge = conditions.some(({ kind }) => kind === "mfa-age");
  // How old MFA may be says that there must be some.
  const told = conditions.filter(
    ({ kind, values }) => !(hasAge && kind === "mfa" && values[0]?.toLowerCase() === "true"),
  );
  return listed(told.map((each) => conditionWords(each, names)));
}

/** What a statement of its own asks beyond what each way to assume the role asks. */
function withoutShared(
  own: readonly CallerCondition[],
  ways: CallerTerms["conditions"],
): readonly CallerCondition[] {
  return own.filter((each) => {
    const text = JSON.stringify(each);
    return !ways.every((way) => way.some((other) => JSON.stringify(other) === text));
  });
}

const ACTIONS: Readonly<Partial<Record<StsAction, string>>> = {
  "sts:TagSession": "pass session tags",
  "sts:SetSourceIdentity": "set a source identity",
  "sts:SetContext": "set a context",
};

function listActions(actions: readonly StsAction[]): string {
  return actions.map((action) => ACTIONS[action] ?? action).join(" and ");
}

/** The first of some sentences, and how many more there are. */
function some(items: readonly Sentence[], between: string): Sentence {
  const hidden = items.length - NAMED;
  const shown = hidden > 0 ? [...items.slice(0, NAMED), words(`${hidden} more`)] : items;
  return shown.flatMap((item, index) => (index === 0 ? item : [...words(between), ...item]));
}
