import { listNames } from "../../diagnostics/nearest";
import { quoteName } from "../../diagnostics/quote";
import { callerWords, isAbout, isRoleOf, sourceWords } from "../caller";
import type { SessionCaller } from "../caller";
import type { AccessIndex, IndexEntry, IndexRole } from "../index/access-index";
import { nameOf } from "./find-role";
import type { Found } from "./find-role";

/** One role assumption: the role, and the entries of it that are about the caller, any of which may let it in. */
export interface Hop {
  readonly role: IndexRole;
  readonly entries: readonly IndexEntry[];
}

/** A path from a caller to a role. None of its hops: the caller has a session of the role already. */
export type Way = readonly Hop[];

/** Longer chains are not looked for. */
const MOST_HOPS = 6;
/** So many paths are told. */
const MOST_WAYS = 20;

/** Every path from a caller to a role without going through a role twice, the shortest first. */
export function findWays(
  index: AccessIndex,
  caller: SessionCaller,
  target: IndexRole,
): readonly Way[] {
  if (caller.kind === "role-session" && isRoleOf(target.arn, caller)) return [[]];
  const byArn = new Map(index.roles.map((role) => [role.arn, role]));
  const ways: Way[] = [];
  const search = (role: IndexRole, rest: Way): void => {
    if (rest.length >= MOST_HOPS || rest.some((hop) => hop.role === role)) return;
    const own = role.entries.filter(({ from }) => isAbout(from, caller) !== "no");
    if (own.length > 0) ways.push([{ role, entries: own }, ...rest]);
    const callers = new Map<IndexRole, IndexEntry[]>();
    for (const entry of role.entries) {
      if (entry.from.kind !== "role") continue;
      for (const arn of entry.from.arns) {
        const from = byArn.get(arn);
        // A session of that role is the caller itself.
        if (from === undefined || (caller.kind === "role-session" && isRoleOf(arn, caller)))
          continue;
        callers.set(from, [...(callers.get(from) ?? []), entry]);
      }
    }
    for (const [from, entries] of callers) search(from, [{ role, entries }, ...rest]);
  };
  search(target, []);
  return ways.sort((a, b) => a.length - b.length);
}

/**
 * The path that is meant.
 *
 * @param via `ROLE@ACCOUNT`, name or key of the role that the path begins with; `direct` for one hop
 */
export function chooseWay(
  index: AccessIndex,
  caller: SessionCaller,
  target: IndexRole,
  via?: string,
): Found<Way> {
  const all = findWays(index, caller, target);
  // What names the caller counts before what may or may not be about it, such as a whole OU.
  const named = all.filter((way) => isNamed(way, caller));
  const ways = named.length > 0 ? named : all;
  const fitting = via === undefined ? ways : ways.filter((way) => isVia(way, via));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return { value: only };
  if (only !== undefined) {
    const listed = fitting
      .slice(0, MOST_WAYS)
      .map((way) => `--via ${viaOf(way)} (${wayText(way)})`);
    return {
      problem: `there are ${fitting.length} paths to ${quoteName(nameOf(target))} for ${callerWords(caller)}`,
      help: `choose one: ${listed.join("; ")}`,
    };
  }
  if (via !== undefined && ways.length > 0) {
    return {
      problem: `no path to ${quoteName(nameOf(target))} begins with ${quoteName(via)} for ${callerWords(caller)}`,
      help: `the paths begin with ${listNames(ways.map(viaOf))}`,
    };
  }
  return {
    problem: `no path leads from ${callerWords(caller)} to ${quoteName(nameOf(target))}`,
    help: `it can be assumed by ${startsOf(index, target).slice(0, 8).join("; ") || "nobody"}`,
  };
}

/** The roles of a path in words. */
export function wayText(way: Way): string {
  return way.map(({ role }) => nameOf(role)).join(" -> ");
}

/** What `--via` says of a path. */
export function viaOf(way: Way): string {
  const [first] = way;
  return first === undefined || way.length === 1 ? "direct" : nameOf(first.role);
}

/** Whether an entry of the first hop is about the caller for certain. */
function isNamed([first]: Way, caller: SessionCaller): boolean {
  return first === undefined || first.entries.some(({ from }) => isAbout(from, caller) === "yes");
}

function isVia(way: Way, via: string): boolean {
  const [first] = way;
  if (first === undefined || way.length === 1) return via === "direct";
  return [nameOf(first.role), first.role.name, first.role.key].includes(via);
}

/** Who can start on the paths to a role, in words. */
export function startsOf(index: AccessIndex, target: IndexRole): readonly string[] {
  const byArn = new Map(index.roles.map((role) => [role.arn, role]));
  const starts = new Set<string>();
  const seen = new Set<IndexRole>();
  const search = (role: IndexRole): void => {
    if (seen.has(role)) return;
    seen.add(role);
    for (const { from } of role.entries) {
      const roles = from.kind === "role" ? from.arns.map((arn) => byArn.get(arn)) : [undefined];
      for (const caller of roles) {
        if (caller === undefined) starts.add(sourceWords(from));
        else search(caller);
      }
    }
  };
  search(target);
  return [...starts];
}
