import type { PermissionPolicy, RoleNode } from "../../access/access-graph";
import { escalationsOf, isAdministrator } from "../../access/permissions/escalations-of";
import type { FoundEscalation } from "../../iam/escalation/escalation";
import type { CompareContext, ComparedSide } from "../compare/compare-context";
import type { Direction } from "../compare/direction";
import { samePolicies } from "../../access/permissions/same-policies";
import { groupEntity } from "../words/names";
import { listed, listedNames, say, words } from "../words/text";
import { counted } from "../../diagnostics/words";
import type { Sentence } from "../words/text";
import type { ToldGroup, ToldReview } from "../words/told";
import type { ChangeKind } from "./change-kind";

/** Ways of a role to gain permissions that it was not given (rules N1 to N4), once for the role. */
export interface EscalationChange {
  readonly kind: "escalation";
  readonly direction: Direction;
  readonly role: string;
  /** Whether the role is administrator on the side that has the ways: it was given everything. @default false */
  readonly administrator?: true;
  /** The ways that only this side has, the first of the paths first. Never none. */
  readonly ways: readonly {
    readonly actions: readonly string[];
    /** Names of the policies that open it. */
    readonly sources: readonly string[];
  }[];
}

/** Ways of roles to raise their own permissions. */
export const escalationKind: ChangeKind<EscalationChange> = {
  kind: "escalation",
  title: "Escalations",
  find: escalationChanges,
  subject: ({ role }) => role,
  triggers: ({ direction }) =>
    direction === "gained" ? ["new-escalation", "widened"] : ["narrowed"],
  finding: ({ direction }) => (direction === "gained" ? "review-new-escalation" : undefined),
  sentence: escalationSentence,
};

/** Ways to gain permissions that roles have on one side alone, once for a role. A role that comes gains all that it has. */
function escalationChanges(context: CompareContext): readonly EscalationChange[] {
  const { base, head, roles } = context;
  return [
    ...roles.both.flatMap((pair) => {
      if (isSame(pair.base, pair.head)) return [];
      const [before, after] = [escalations(base, pair.base), escalations(head, pair.head)];
      const role = pair.head.arn;
      return [
        ...change(role, "gained", without(after, before), head, pair.head),
        ...change(role, "lost", without(before, after), base, pair.base),
      ];
    }),
    ...roles.gained.flatMap((role) =>
      change(role.arn, "gained", escalations(head, role), head, role),
    ),
    ...roles.lost.flatMap((role) => change(role.arn, "lost", escalations(base, role), base, role)),
  ];
}

function isSame(before: RoleNode, after: RoleNode): boolean {
  return before.arn === after.arn && samePolicies(allPolicies(before), allPolicies(after));
}

function allPolicies({ policies, boundary }: RoleNode): readonly PermissionPolicy[] {
  return boundary === undefined
    ? policies
    : [...policies, { ...boundary, name: `boundary ${boundary.name}` }];
}

function escalations({ world }: ComparedSide, { arn }: RoleNode): readonly FoundEscalation[] {
  const role = world.graph.roles.get(arn);
  return role === undefined ? [] : escalationsOf(role, world);
}

function without(
  some: readonly FoundEscalation[],
  others: readonly FoundEscalation[],
): readonly FoundEscalation[] {
  const known = new Set(others.map(({ actions }) => actions.join()));
  return some.filter(({ actions }) => !known.has(actions.join()));
}

function change(
  role: string,
  direction: Direction,
  found: readonly FoundEscalation[],
  { world }: ComparedSide,
  { arn }: RoleNode,
): EscalationChange[] {
  if (found.length === 0) return [];
  const node = world.graph.roles.get(arn);
  return [
    {
      kind: "escalation",
      direction,
      role,
      ...(node !== undefined && isAdministrator(node) ? { administrator: true } : {}),
      ways: found.map(({ actions, sources }) => ({ actions, sources })),
    },
  ];
}

/** Actions and policies that a sentence names; the others are counted. */
const NAMED = 4;

/** Ways to raise permissions that a sentence names; the others are counted. */
const WAYS = 3;

/** How a role can gain permissions that it was not given, or no longer. */
function escalationSentence(
  { role, direction, administrator, ways }: EscalationChange,
  group: ToldGroup,
  review: ToldReview,
): Sentence {
  const of = groupEntity(role, group, review);
  const sources = [...new Set(ways.flatMap((way) => way.sources))].sort();
  const from = sources.length === 0 ? [] : say` (${listedNames(sources, NAMED)})`;
  const gained = direction === "gained";
  if (administrator === true) {
    return say`${of} ${words(gained ? "is now an administrator" : "is no longer an administrator")}${from}`;
  }
  const can = gained ? "can now raise" : "can no longer raise";
  const [only] = ways;
  if (ways.length === 1 && only !== undefined) {
    return say`${of} ${words(can)} its own permissions with ${listedNames(only.actions, NAMED)}${from}`;
  }
  const such = listed(
    ways.slice(0, WAYS).map(({ actions }) => listedNames(actions, NAMED)),
    "or",
  );
  return say`${of} ${words(can)} its own permissions in ${words(counted(ways.length, "way"))}, for example with ${such}${from}`;
}
