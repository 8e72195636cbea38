import type { ConditionKind } from "../../lib/access/callers/caller-condition";
import type { CallerTerms } from "../../lib/access/callers/caller-terms";
import type { NamedCaller } from "../../lib/access/callers/named-caller";
import type { TrustEntry } from "../../lib/access/callers/trust-entry";
import type { ReachHop } from "../../lib/access/hops/hop-to";
import { assumingAction } from "../../lib/access/decide/sts-action";
import type { AccountMap } from "../../lib/account-map/model/account-map";
import { callerAccount } from "../../lib/iam/condition/caller";
import { callerWords } from "../../lib/review/words/callers/caller-words";
import type { CallerNames } from "../../lib/review/words/callers/caller-words";
import { entryWords, termsWords } from "../../lib/review/words/callers/terms-words";
import { plainText, say, words } from "../../lib/review/words/text";

/** How answers name callers and accounts. */
export interface AnswerNames extends CallerNames {
  /** Whether the map has an account, and so says in which organization it is. */
  isKnown(accountId: string): boolean;
}

/** Conditions that follow from who a user or role is: that it can assume the role says that they hold. */
const OF_PRINCIPAL: ReadonlySet<ConditionKind> = new Set(["principal-arn", "principal-account"]);
/** And those that the map says of its account. */
const OF_KNOWN: ReadonlySet<ConditionKind> = new Set([
  ...OF_PRINCIPAL,
  "organization",
  "organizational-unit",
]);

/** How answers name callers and accounts: accounts by their keys in the map. */
export function namesOf(map: AccountMap): AnswerNames {
  const keys = new Map<string, string>([...map.accounts.values()].map(({ id, key }) => [id, key]));
  return {
    account(accountId) {
      const key = keys.get(accountId);
      if (key !== undefined) return say`${key}`;
      return say`${accountId}${words(/^\d{12}$/.test(accountId) ? " (not in the map)" : "")}`;
    },
    value: (text) => text,
    isKnown: (accountId) => keys.has(accountId),
  };
}

/** A caller as a person would name it. */
export function callerText(caller: NamedCaller, names: CallerNames): string {
  return plainText(callerWords(caller, names));
}

/** One caller of a trust policy with its conditions. */
export function entryText(
  { effect, who, actions, conditions }: TrustEntry,
  names: CallerNames,
): string {
  return plainText(entryWords({ effect, caller: who, actions, conditions }, names));
}

/** A hop: the role, the call, and what the statements that let this caller in ask for. */
export function hopText({ call, certain, conditions }: ReachHop, names: AnswerNames): string {
  const account = callerAccount(call.caller);
  const settled = account !== undefined && names.isKnown(account) ? OF_KNOWN : OF_PRINCIPAL;
  const told = conditions.map((each) =>
    each.filter(({ kind }) => account === undefined || !settled.has(kind)),
  );
  const terms: CallerTerms = { conditions: told };
  const action = assumingAction(call.caller.kind);
  const doubt = certain ? "" : " (not known for certain)";
  return `${call.roleArn} by ${action}${plainText(termsWords(terms, names))}${doubt}`;
}
