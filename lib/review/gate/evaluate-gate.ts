import type { ReviewPlace, ReviewRule, ReviewTrigger } from "../../account-map/model/review-rule";
import { matchesUnit } from "../../account-map/model/unit-pattern";
import type { ReviewedAccount } from "../compare/reviewed-accounts";
import { changeAccount, kindOf } from "../kinds/kinds";
import type { AccessChange } from "../kinds/kinds";
import type { Review } from "../review";
import type { GateOutcome, GateResult, GateRuleResult } from "./gate-result";
import { byText } from "../../values/order";

/** What the gate decides by. */
export interface GateInput {
  readonly review: Review;
  /** Rules of the base's map: never those of the head, which could be written for the change itself. */
  readonly rules: readonly ReviewRule[];
  /** Teams that approved. @default - none did */
  readonly approvedBy?: readonly string[];
}

/**
 * Applies the gate rules to a review. For each change and each of its triggers, the strictest
 * rule that fits decides. If none fits, what widens access needs an approval, what would break or is
 * unknown is blocked, and everything else can be merged.
 */
export function evaluateGate({ review, rules, approvedBy = [] }: GateInput): GateResult {
  const results = new Map<string, { result: GateRuleResult; changes: Set<AccessChange> }>();
  for (const change of review.changes) {
    for (const trigger of kindOf(change).triggers(change)) {
      for (const { name, outcome, teams, reason } of deciding(change, trigger, rules, review)) {
        const entry = results.get(name) ?? {
          result: {
            name,
            outcome,
            teams,
            ...(reason === undefined ? {} : { reason }),
            changes: [],
          },
          changes: new Set(),
        };
        entry.changes.add(change);
        results.set(name, entry);
      }
    }
  }
  const decided = [...results.values()]
    .map(({ result, changes }): GateRuleResult => ({ ...result, changes: [...changes] }))
    .sort((a, b) => RANK[b.outcome] - RANK[a.outcome] || byText(a.name, b.name));
  const approvals = decided.filter(({ outcome }) => outcome === "approval");
  const needed = approvals.flatMap(({ teams }) => teams);
  const missing = [...new Set(needed)].filter((team) => !approvedBy.includes(team)).sort();
  const blocked = decided.some(({ outcome }) => outcome === "block");
  const open =
    missing.length > 0 ||
    (approvedBy.length === 0 && approvals.some(({ teams }) => teams.length === 0));
  return { outcome: blocked ? "block" : open ? "approval" : "merge", rules: decided, missing };
}

const RANK: Readonly<Record<GateOutcome, number>> = { merge: 0, approval: 1, block: 2 };

interface Decision {
  readonly name: string;
  readonly outcome: GateOutcome;
  readonly teams: readonly string[];
  readonly reason?: string;
}

/** What decides about a change: all the rules that are the strictest of those that fit, or the default. */
function deciding(
  change: AccessChange,
  trigger: ReviewTrigger,
  rules: readonly ReviewRule[],
  review: Review,
): readonly Decision[] {
  const id = changeAccount(change);
  const account = id === undefined ? undefined : review.accounts[id];
  const usual = RANK[DEFAULTS[trigger]];
  const fitting = rules.filter((rule) => {
    if (!rule.on.includes(trigger)) return false;
    // The change itself says where a new account is: that makes nothing milder.
    if (account?.isNew === true && isPlaced(rule) && RANK[rule.outcome.kind] < usual) return false;
    // If it is unknown whether a rule applies, it does if that makes nothing milder.
    return appisIn(rule, account) ?? RANK[rule.outcome.kind] >= usual;
  });
  const broken = kindOf(change).breaks?.(change);
  if (broken !== undefined) return [{ name: `default: ${broken}`, outcome: "block", teams: [] }];
  if (fitting.length === 0) {
    return [{ name: `default: ${trigger}`, outcome: DEFAULTS[trigger], teams: [] }];
  }
  const strictest = Math.max(...fitting.map(({ outcome }) => RANK[outcome.kind]));
  return fitting
    .filter(({ outcome }) => RANK[outcome.kind] === strictest)
    .map(({ name, outcome, reason }) => ({
      name,
      outcome: outcome.kind,
      teams: outcome.kind === "approval" ? outcome.teams : [],
      ...(reason === undefined ? {} : { reason }),
    }));
}

/** The outcome for a change that no rule of the map fits. */
const DEFAULTS: Readonly<Record<ReviewTrigger, GateOutcome>> = {
  widened: "approval",
  narrowed: "merge",
  "new-escalation": "approval",
  "foreign-principal": "approval",
  "replaced-role": "approval",
  "destroyed-role": "merge",
  "safeguard-changed": "approval",
  "broken-assertion": "block",
  "pipeline-locked-out": "block",
  unknown: "block",
};

function isPlaced({ in: inside, except }: ReviewRule): boolean {
  return inside !== undefined || except.length > 0;
}

/** Whether a rule applies in an account; `undefined` if unknown. */
function appisIn(rule: ReviewRule, account: ReviewedAccount | undefined): boolean | undefined {
  if (!isPlaced(rule)) return true;
  const { in: inside, except } = rule;
  const included = inside === undefined ? true : anyOf(inside.map((place) => isIn(account, place)));
  const excepted = anyOf(except.map((place) => isIn(account, place)));
  if (included === false || excepted === true) return false;
  return included === undefined || excepted === undefined ? undefined : true;
}

function anyOf(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

/** Whether an account is in a place; `undefined` if unknown. */
function isIn(account: ReviewedAccount | undefined, place: ReviewPlace): boolean | undefined {
  if (place.kind === "account") {
    return account?.key === undefined ? undefined : account.key === place.key;
  }
  return account?.unit === undefined ? undefined : matchesUnit(account.unit, place.pattern);
}
