import type { PermissionPolicy, RoleNode } from "../../access/access-graph";
import { escalationsOf, isAdministrator } from "../../access/permissions/escalations-of";
import type { FoundEscalation } from "../../iam/escalation/escalation";
import type { Direction, EscalationChange } from "./access-change";
import type { CompareContext, ComparedSide } from "../compare/compare-context";
import { samePolicies } from "../compare/same-policies";

/** Ways to gain permissions that roles have on one side alone, once for a role. A role that comes gains all that it has. */
export function escalationChanges(context: CompareContext): readonly EscalationChange[] {
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
