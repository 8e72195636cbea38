import type { AccessGraph } from "../../../access/access-graph";
import { visible } from "../../../diagnostics/display-width";
import type { Direction } from "../../compare/direction";
import type { NamedCaller } from "../../../access/callers/named-caller";
import { callerKey } from "../../../access/callers/caller-key";
import { trustedCallers } from "../../../access/callers/trusted-callers";
import { changeSubject } from "../../kinds/kinds";
import type { Review } from "../../review";
import type { ChangeGroup } from "../change-group";
import { callerLabel } from "../../words/callers/caller-label";
import { accountName, entityName, isSaidByArn, namesIn } from "../../words/names";
import { addTo } from "../../../values/group";
import { byText } from "../../../values/order";

/** How a node or an arrow changes. */
export type GraphState = Direction | "changed" | "same";

/** A role or principal, once for all accounts that have it alike. */
export interface GraphNode {
  readonly id: string;
  /** In characters that show: nothing in it moves or reorders text. */
  readonly name: string;
  readonly what: ReturnType<typeof entityName>["what"];
  readonly state: GraphState;
  /** Names of the accounts, sorted; none for what is in no account. */
  readonly accounts: readonly string[];
  /** What tells it from others of its provider or service, such as a branch. @default - its name says all */
  readonly detail?: string;
  /** As policies write it: of the first account. */
  readonly arn: string;
  /** Who it is, taken apart. @default - a role or user */
  readonly caller?: NamedCaller;
  /** Changes that are about it, by their place in the list of groups. */
  readonly groups: readonly number[];
}

/** A caller and a role that it can assume, or that trusts it. */
export interface GraphArrow {
  readonly from: GraphNode;
  readonly to: GraphNode;
  readonly state: Exclude<GraphState, "changed">;
  /** How many pairs of a principal and a role it stands for. */
  readonly count: number;
}

/** The access of both trees together, grouped. */
export interface GraphModel {
  /** What changed first, then by name. */
  readonly nodes: readonly GraphNode[];
  readonly arrows: readonly GraphArrow[];
}

/** A caller that is no role of a tree, as policies write it and taken apart, by its key. */
type Callers = ReadonlyMap<string, { readonly from: string; readonly caller: NamedCaller }>;

interface RawArrow {
  readonly from: string;
  readonly to: string;
  state: GraphArrow["state"];
}

/**
 * The roles of two trees and whom their trust policies name. Arrows that change are those of the review;
 * one that stays is whom the trust policy of the head names, whether the rest of the policies lets them or not.
 */
export function graphModel(
  review: Review,
  groups: readonly ChangeGroup[],
  head: AccessGraph,
  base: AccessGraph,
): GraphModel {
  const { raw, callers } = rawArrows(review, head);
  const groupsOf = groupsBySubject(groups);
  const saidOf = groupsByCaller(groups);
  const own = (name: string): string => callers.get(name)?.from ?? name;
  const names = new Set([
    ...head.roles.keys(),
    ...base.roles.keys(),
    ...raw.flatMap(({ from, to }) => [from, to]),
  ]);
  const came = callerStates(raw, callers);
  const stateOf = (name: string): GraphState => {
    const caller = came.get(name);
    if (caller !== undefined) return caller;
    const inHead = head.roles.has(name);
    if (inHead !== base.roles.has(name)) return inHead ? "gained" : "lost";
    return groupsOf.has(name) ? "changed" : "same";
  };
  const signatures = signaturesOf(raw);
  const buckets = new Map<string, string[]>();
  for (const name of names) {
    const account = entityName(own(name)).accountId;
    const alike = account === undefined ? name : name.replaceAll(account, "self");
    const about = [...(groupsOf.get(name) ?? saidOf.get(name) ?? [])].join(",");
    const key = [alike, stateOf(name), about, signatures(name, account)].join("\n");
    addTo(buckets, key, name);
  }
  const nodes = [...buckets.values()]
    .map((members): Omit<GraphNode, "id"> & { members: readonly string[] } => {
      const [first = ""] = members;
      const { name, what } = entityName(own(first));
      const caller = callers.get(first)?.caller;
      const label = caller === undefined ? undefined : callerLabel(caller, namesIn(review));
      const accounts = members.flatMap((member) => {
        const { accountId } = entityName(own(member));
        return accountId === undefined ? [] : [accountName(accountId, review)];
      });
      return {
        name: visible(label?.name ?? (what === "account" ? rootName(name, members, review) : name)),
        ...(label === undefined ? {} : { detail: visible(label.detail) }),
        ...(caller === undefined || isSaidByArn(caller) ? {} : { caller }),
        what,
        state: stateOf(first),
        accounts: [...new Set(accounts)].map(visible).sort(),
        arn: visible(own(first)),
        groups: [...(groupsOf.get(first) ?? saidOf.get(first) ?? [])],
        members,
      };
    })
    .sort(
      (a, b) =>
        Number(a.state === "same") - Number(b.state === "same") ||
        byText(a.name, b.name) ||
        byText(a.detail ?? "", b.detail ?? "") ||
        byText(a.arn, b.arn),
    )
    .map((node, index) => ({ ...node, id: `n${index}` }));
  const nodeOf = new Map<string, GraphNode>();
  for (const { members, ...node } of nodes) for (const member of members) nodeOf.set(member, node);
  return { nodes: [...new Set(nodeOf.values())], arrows: grouped(raw, nodeOf) };
}

/** Accounts that are named as a whole: the only one by its key. */
function rootName(accountId: string, members: readonly string[], review: Review): string {
  return members.length === 1 ? accountName(accountId, review) : "any role or user";
}

function rawArrows({ changes }: Review, head: AccessGraph): { raw: RawArrow[]; callers: Callers } {
  const arrows = new Map<string, RawArrow>();
  const callers = new Map<string, { from: string; caller: NamedCaller }>();
  const add = (name: string, caller: NamedCaller, to: string, state: RawArrow["state"]): void => {
    const from = callerKey(name, caller);
    callers.set(from, { from: name, caller });
    arrows.set(`${from}\n${to}`, { from, to, state });
  };
  for (const role of head.roles.values()) {
    for (const { name, who } of trustedCallers(role)) add(name, who, role.arn, "same");
  }
  for (const change of changes) {
    if (change.kind === "edge") add(change.from, change.caller, change.to, change.direction);
  }
  return { raw: [...arrows.values()], callers };
}

/** Callers of providers and services that come or go as a whole: with all their ways. */
function callerStates(
  raw: readonly RawArrow[],
  callers: Callers,
): ReadonlyMap<string, RawArrow["state"]> {
  const states = new Map<string, RawArrow["state"]>();
  for (const { from, state } of raw) {
    const caller = callers.get(from)?.caller;
    if (caller === undefined || isSaidByArn(caller)) continue;
    const before = states.get(from);
    states.set(from, before === undefined || before === state ? state : "same");
  }
  return states;
}

/** What a name is connected with, equal for all accounts that are connected alike. */
function signaturesOf(
  raw: readonly RawArrow[],
): (name: string, account: string | undefined) => string {
  const connected = new Map<string, { other: string; way: string }[]>();
  const add = (name: string, other: string, way: string): void => {
    addTo(connected, name, { other, way });
  };
  for (const { from, to, state } of raw) {
    add(from, to, `> ${state}`);
    add(to, from, `< ${state}`);
  }
  return (name, account) =>
    (connected.get(name) ?? [])
      .map(({ other, way }) => {
        const place = account === undefined ? other : other.replaceAll(account, "self");
        return `${way} ${place}`;
      })
      .sort()
      .join("\n");
}

function groupsBySubject(groups: readonly ChangeGroup[]): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  groups.forEach(({ changes }, index) => {
    for (const change of changes) {
      const subject = changeSubject(change);
      if (subject === undefined) continue;
      const list = found.get(subject) ?? new Set();
      list.add(index);
      found.set(subject, list);
    }
  });
  return found;
}

/** The groups of trust relationships and paths, by caller. */
function groupsByCaller(groups: readonly ChangeGroup[]): Map<string, Set<number>> {
  const found = new Map<string, Set<number>>();
  groups.forEach(({ changes }, index) => {
    for (const change of changes) {
      if (change.kind !== "edge" && change.kind !== "reach") continue;
      const key = callerKey(change.from, change.caller);
      found.set(key, (found.get(key) ?? new Set()).add(index));
    }
  });
  return found;
}

function grouped(
  raw: readonly RawArrow[],
  nodeOf: ReadonlyMap<string, GraphNode>,
): readonly GraphArrow[] {
  const arrows = new Map<
    string,
    { from: GraphNode; to: GraphNode; state: GraphArrow["state"]; count: number }
  >();
  for (const { from, to, state } of raw) {
    const [start, end] = [nodeOf.get(from), nodeOf.get(to)];
    if (start === undefined || end === undefined) continue;
    const key = `${start.id} ${end.id} ${state}`;
    const arrow = arrows.get(key) ?? { from: start, to: end, state, count: 0 };
    arrow.count += 1;
    arrows.set(key, arrow);
  }
  return [...arrows.values()].sort(
    (a, b) =>
      Number(a.state === "same") - Number(b.state === "same") ||
      order(a.from) - order(b.from) ||
      order(a.to) - order(b.to),
  );
}

function order({ id }: GraphNode): number {
  return Number(id.slice(1));
}
