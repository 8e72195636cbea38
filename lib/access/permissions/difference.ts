import type { Caller } from "../../iam/condition/caller";
import { keyUsage } from "../prove/key-usage";
import { decisionOf } from "./decision";
import { excessSearch } from "./excess";
import type { Excess, ExcessSearch, SearchLimits } from "./excess";
import { isAlwaysThere, settledKeys, settledRequest } from "./permission-space";
import { denialRules, rulesOf, statementsOf } from "./permission-sides";
import type { Permissions, Rules } from "./permission-sides";
import { differenceRequests } from "./requests";
import type { PermissionRequest } from "./requests";
import { besides } from "./statement-set";

/** How what an identity is permitted differs, from one side to another. */
export type PermissionDifference =
  /** Both permit the same requests, and that is certain. */
  | { readonly kind: "none" }
  | { readonly kind: "widened"; readonly gained: PermissionRequest }
  | { readonly kind: "narrowed"; readonly lost: PermissionRequest }
  | {
      readonly kind: "changed";
      readonly gained: PermissionRequest;
      readonly lost: PermissionRequest;
    }
  /** One of the two directions, or both, cannot be told; what was found all the same. */
  | {
      readonly kind: "unknown";
      readonly reasons: readonly string[];
      /** A request that is gained. @default - none was found */
      readonly gained?: PermissionRequest;
      /** A request that is lost. @default - none was found */
      readonly lost?: PermissionRequest;
      /** Texts of the statements that only one side has. */
      readonly statements: readonly string[];
    };

/** What one direction of a comparison came to, and what can be asked of its patterns. */
export interface Comparison {
  readonly difference: PermissionDifference;
  readonly gained: ExcessSearch;
  readonly lost: ExcessSearch;
}

/**
 * Compares what an identity is permitted before and after, by its policies and its boundary together: every
 * request is allowed where a policy and the boundary allow it and none of both denies it. Each answer but
 * `unknown` is certain, and each request was confirmed by the evaluator.
 */
export function comparePermitted(
  before: Permissions,
  after: Permissions,
  caller: Caller,
  limits?: SearchLimits,
): Comparison {
  return compareRules(rulesOf(before), rulesOf(after), caller, limits);
}

/** How what an identity is permitted differs. */
export function permissionDifference(
  before: Permissions,
  after: Permissions,
  caller: Caller,
): PermissionDifference {
  return comparePermitted(before, after, caller).difference;
}

/**
 * How what is denied explicitly differs: such a denial also holds against what others permit, such as the
 * policy of a bucket. `gained` is denied after and was not before.
 */
export function denialDifference(
  before: Permissions,
  after: Permissions,
  caller: Caller,
): PermissionDifference {
  const [from, to] = [before, after].map((each) => denialRules(rulesOf(each)));
  if (from === undefined || to === undefined) return { kind: "none" };
  return compareRules(from, to, caller).difference;
}

function compareRules(
  before: Rules,
  after: Rules,
  caller: Caller,
  limits?: SearchLimits,
): Comparison {
  const gained = excessSearch(after, before, caller, limits);
  const lost = excessSearch(before, after, caller, limits);
  const found = exampleRequests(before, after, caller, {
    gained: gained.patterns.length > 0,
    lost: lost.patterns.length > 0,
  });
  const more = settle(found.gained, gained);
  const less = settle(found.lost, lost);
  return { difference: differenceOf(more, less, before, after), gained, lost };
}

function settle(found: PermissionRequest | undefined, search: ExcessSearch): Excess {
  return found === undefined ? search.anything() : { excess: "some", request: found };
}

function differenceOf(
  more: Excess,
  less: Excess,
  before: Rules,
  after: Rules,
): PermissionDifference {
  const [gained, lost] = [more, less].map((each) =>
    each.excess === "some" ? each.request : undefined,
  );
  const reasons = [more, less].flatMap((each) => (each.excess === "unknown" ? each.reasons : []));
  if (reasons.length > 0) {
    return {
      kind: "unknown",
      reasons: [...new Set(reasons)].sort(),
      ...(gained === undefined ? {} : { gained }),
      ...(lost === undefined ? {} : { lost }),
      statements: differentStatements(before, after),
    };
  }
  if (gained !== undefined && lost !== undefined) return { kind: "changed", gained, lost };
  if (gained !== undefined) return { kind: "widened", gained };
  return lost === undefined ? { kind: "none" } : { kind: "narrowed", lost };
}

/** Requests that are tried before the search for one begins: what they find reads better. */
const TRIED_REQUESTS = 300;

/** Requests that show the wanted differences, of those that come to mind at the bounds of the statements. */
function exampleRequests(
  before: Rules,
  after: Rules,
  caller: Caller,
  wanted: { readonly gained: boolean; readonly lost: boolean },
): { readonly gained?: PermissionRequest; readonly lost?: PermissionRequest } {
  const different = [...besidesOf(after, before), ...besidesOf(before, after)];
  const all = [before, after].flatMap(statementsOf);
  const usage = keyUsage([{ Statement: all.map(({ statement }) => statement) }]);
  const always = [...usage.keys()].filter((key) => isAlwaysThere(key, caller));
  const own = settledKeys(caller);
  let gained: PermissionRequest | undefined;
  let lost: PermissionRequest | undefined;
  let tried = 0;
  for (const each of differenceRequests(different, all, (key) => own.get(key.toLowerCase())?.[0])) {
    if ((!wanted.gained || gained !== undefined) && (!wanted.lost || lost !== undefined)) break;
    if (tried++ > TRIED_REQUESTS) break;
    const request = settledRequest(each, caller);
    const carried = new Set(Object.keys(request.keys).map((key) => key.toLowerCase()));
    if (!always.every((key) => carried.has(key))) continue;
    const [was, is] = [before, after].map((rules) => decisionOf(rules, request, caller));
    if (was === undefined || is === undefined) continue;
    if (is === "allow" && was.endsWith("deny")) gained ??= request;
    if (was === "allow" && is.endsWith("deny")) lost ??= request;
  }
  return {
    ...(gained === undefined ? {} : { gained }),
    ...(lost === undefined ? {} : { lost }),
  };
}

function besidesOf(own: Rules, other: Rules): ReturnType<typeof besides> {
  return [
    ...besides(own.allows, other.allows),
    ...besides(own.denies, other.denies),
    ...besides(own.bounds ?? new Map(), other.bounds ?? new Map()),
  ];
}

function differentStatements(before: Rules, after: Rules): readonly string[] {
  return [...besidesOf(after, before), ...besidesOf(before, after)].map(({ statement }) =>
    JSON.stringify(statement),
  );
}
