import type { Caller } from "../../iam/condition/caller";
import { keyUsage } from "../prove/key-usage";
import { FALSE, TRUE, and, not, or } from "../prove/formula";
import type { Formula } from "../prove/formula";
import { TOO_MANY_CELLS, search } from "../prove/search";
import { stringSolver } from "../prove/solvers/string-solver";
import { theory } from "../prove/theory";
import { actionClasses, classKey } from "./action-classes";
import type { ActionClass } from "./action-classes";
import { compileStatement } from "./compile-statement";
import { namesAll, uncoveredActions } from "./cover";
import { decisionOf } from "./decision";
import {
  isAlwaysThere,
  permissionSpace,
  requestOf,
  settledKeys,
  settledRequest,
} from "./permission-space";
import { statementsOf } from "./permission-sides";
import type { Rules } from "./permission-sides";
import { requestsWithin } from "./requests";
import type { PermissionRequest } from "./requests";
import { besides } from "./statement-set";
import type { OwnStatement } from "./statement-set";

/** What rules permit that others do not. */
export type Excess =
  /** Nothing, and that is certain. */
  | { readonly excess: "none" }
  | { readonly excess: "some"; readonly request: PermissionRequest }
  | { readonly excess: "unknown"; readonly reasons: readonly string[] };

/** Asks what rules permit that others do not, of all actions, or of those that a pattern names. */
export interface ExcessSearch {
  /** Of all requests there are. */
  readonly anything: () => Excess;
  /** Of the actions that a pattern of an Action element names; `NotAction` in words means all. */
  readonly ofPattern: (pattern: string) => Excess;
  /** The action patterns by which they can differ: of permissions that came, and of denials that went. */
  readonly patterns: readonly string[];
}

/** How much is tried before the answer is that it is not known. */
export interface SearchLimits {
  /** Choices in one question. */
  readonly nodes: number;
  /** States of automata in one question about a text. */
  readonly states: number;
  /** Moves of automata in all questions of a comparison together. @default - any number */
  readonly moves?: number;
}

/** Enough for policies of the largest size that are not built to defeat it. */
export const SEARCH_LIMITS: SearchLimits = {
  nodes: 20_000,
  states: 20_000,
  moves: 20_000_000,
};

/**
 * Looks for requests that rules permit and others do not. Exact where the conditions are: `none` speaks for
 * every request that the identity can make, and a request is confirmed by the evaluator before it is returned.
 */
export function excessSearch(
  granted: Rules,
  other: Rules,
  caller: Caller,
  limits: SearchLimits = SEARCH_LIMITS,
): ExcessSearch {
  const parts = openParts(granted, other);
  const patterns = [...new Set(parts.map(({ pattern }) => pattern))].sort();
  const isNothing = patterns.length === 0 && isBoundAlike(granted, other);
  if (isNothing) return { anything: () => NONE, ofPattern: () => NONE, patterns };

  const sides = [granted, other];
  const statements = sides.flatMap(statementsOf);
  const usage = keyUsage([{ Statement: statements.map(({ statement }) => statement) }]);
  const values = theory(stringSolver(limits.states, limits.moves));
  const space = permissionSpace(caller, usage);
  const classes = actionClasses(statements, limits.states);
  const settled = settledKeys(caller);
  const always = [...usage.keys()].filter((key) => isAlwaysThere(key, caller));
  const known = new Map<string, Excess>();
  const formulas = new Map<OwnStatement, Formula>();

  /** The formulas of statements that name the actions of a class. */
  function applying(own: Iterable<OwnStatement>, named: ReadonlySet<OwnStatement>): Formula[] {
    return [...own].flatMap((statement) => {
      if (!named.has(statement)) return [];
      const formula = formulas.get(statement) ?? compileStatement(statement, space);
      formulas.set(statement, formula);
      return formula === FALSE ? [] : [formula];
    });
  }

  function solve(each: ActionClass): Excess {
    const key = classKey(each);
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = solveClass(each);
    known.set(key, found);
    return found;
  }

  function solveClass({ action, named }: ActionClass): Excess {
    const applies = new Set(statements.filter((_, index) => named[index]));
    const of = (own: Iterable<OwnStatement>): Formula[] => applying(own, applies);
    const [denies, otherDenies] = [of(granted.denies.values()), of(other.denies.values())];
    const [bound, otherBound] = sides.map(({ bounds }) =>
      bounds === undefined ? TRUE : or(...of(bounds.values())),
    );
    if (bound === undefined || otherBound === undefined) return NONE;
    const has = (list: readonly Formula[]): ReadonlySet<string> =>
      new Set(list.map(({ id }) => id));
    const allowed = of(other.allows.values());
    const [shared, deniedInBoth] = [has(allowed), has(denies)];
    const taken = or(
      ...otherDenies.filter(({ id }) => !deniedInBoth.has(id)),
      otherBound.id === bound.id ? FALSE : not(otherBound),
    );
    const near = nearRequest(action, applies);
    if (near !== undefined) return { excess: "some", request: near };
    const reasons = new Set<string>();
    for (const allow of of(granted.allows.values())) {
      const open = shared.has(allow.id) ? taken : or(not(or(...allowed)), taken);
      const formula = and(allow, open, bound, not(or(...denies)));
      if (formula === FALSE) continue;
      const result = search(formula, space.dimensions, values, limits.nodes);
      if (result.outcome === "none") continue;
      if (result.outcome === "unknown") {
        for (const reason of result.reasons) reasons.add(reason);
        continue;
      }
      const found = { action, ...requestOf(space, result.model, usage, values) };
      // Of what can be had on every resource, one of an ARN tells more.
      const requests =
        found.resource === "*" ? [{ ...found, resource: ANY_OBJECT }, found] : [found];
      const request = requests.find((each) => isExcess(each, granted, other, caller));
      if (request !== undefined) return { excess: "some", request };
      reasons.add("the evaluator does not confirm the request that was found");
    }
    return reasons.size === 0 ? NONE : { excess: "unknown", reasons: [...reasons].sort() };
  }

  /** A request that shows the excess, of those that the statements name themselves: a search would take long. */
  function nearRequest(
    action: string,
    named: ReadonlySet<OwnStatement>,
  ): PermissionRequest | undefined {
    for (const own of granted.allows.values()) {
      if (!named.has(own)) continue;
      for (const each of requestsWithin(
        action,
        own,
        (key) => settled.get(key.toLowerCase())?.[0],
      )) {
        const request = settledRequest(each, caller);
        const carried = new Set(Object.keys(request.keys).map((key) => key.toLowerCase()));
        if (!always.every((key) => carried.has(key))) continue;
        if (isExcess(request, granted, other, caller)) return request;
      }
    }
    return undefined;
  }

  function any(all: readonly ActionClass[]): Excess {
    const reasons = new Set<string>();
    for (const each of all) {
      const found = solve(each);
      if (found.excess === "some") return found;
      if (found.excess === "unknown") for (const reason of found.reasons) reasons.add(reason);
    }
    return reasons.size === 0 ? NONE : { excess: "unknown", reasons: [...reasons].sort() };
  }

  /**
   * The action patterns of which more than their text has to be looked at: those of a statement that is not within
   * the statements of its kind that name all of the same actions.
   */
  function openActions(): readonly string[] {
    // Through another boundary, what is allowed on both sides can differ, too.
    if (!isBoundAlike(granted, other)) return ["*"];
    if (parts.length > MOST_PARTS) return patterns.map(plainPattern);
    return parts.flatMap(({ own, pattern, within }) => {
      const formula = (each: OwnStatement): Formula => {
        const made = formulas.get(each) ?? compileStatement(each, space);
        formulas.set(each, made);
        return made;
      };
      const naming = within.filter((each) => namesAll(each, pattern)).map(formula);
      const left = and(formula(own), not(or(...naming)));
      const isWithin =
        left === FALSE || search(left, space.dimensions, values, limits.nodes).outcome === "none";
      return isWithin ? [] : [plainPattern(pattern)];
    });
  }

  let everything: Excess | undefined;
  return {
    patterns,
    anything() {
      if (everything !== undefined) return everything;
      const open = openActions();
      if (open.length === 0) return (everything = NONE);
      const named = any(open.flatMap((each) => classes.within(each)));
      if (named.excess === "some") return (everything = named);
      const all = classes.all(open);
      everything = all === undefined ? { excess: "unknown", reasons: [TOO_MANY_CELLS] } : any(all);
      return everything;
    },
    ofPattern: (pattern) => any(classes.within(plainPattern(pattern))),
  };
}

/** Parts of statements that are looked at one by one before their actions are told apart. */
const MOST_PARTS = 200;

/** Whether a request is permitted by rules and not by others, as the evaluator sees it. */
export function isExcess(
  request: PermissionRequest,
  granted: Rules,
  other: Rules,
  caller: Caller,
): boolean {
  return (
    decisionOf(granted, request, caller) === "allow" &&
    decisionOf(other, request, caller).endsWith("deny")
  );
}

const ANY_OBJECT = "arn:aws:s3:::any/any";
const NONE: Excess = { excess: "none" };

/** Of an exception in words all actions: which it leaves is told by the classes. */
function plainPattern(pattern: string): string {
  return pattern.startsWith("NotAction ") ? "*" : pattern;
}

/** A part of a statement that can make a difference: its action pattern. */
interface OpenPart {
  readonly own: OwnStatement;
  readonly pattern: string;
  /** The statements that, together, would leave it without effect. */
  readonly within: readonly OwnStatement[];
}

/** The action patterns of {@link openParts}. */
export function openPatterns(granted: Rules, other: Rules): readonly string[] {
  return [...new Set(openParts(granted, other).map(({ pattern }) => pattern))].sort();
}

/**
 * The parts of permissions that others have not, unless a denial of the same side takes them away, and of denials
 * that only the others have. Without any, nothing is permitted that others do not permit.
 */
function openParts(granted: Rules, other: Rules): readonly OpenPart[] {
  const allowed = [...other.allows.values(), ...granted.denies.values()];
  const denied = [...granted.denies.values()];
  const open = (own: OwnStatement, within: readonly OwnStatement[]): OpenPart[] =>
    uncoveredActions(own, within).map((pattern) => ({ own, pattern, within }));
  return [
    ...besides(granted.allows, other.allows).flatMap((own) => open(own, allowed)),
    ...besides(other.denies, granted.denies).flatMap((own) => open(own, denied)),
  ];
}

/** Whether a boundary lets through no more than another does, as far as their statements show it. */
function isBoundAlike({ bounds }: Rules, other: Rules): boolean {
  if (other.bounds === undefined) return true;
  if (bounds === undefined) return false;
  const others = [...other.bounds.values()];
  return besides(bounds, other.bounds).every((own) => uncoveredActions(own, others).length === 0);
}
