import type { PermissionPolicy, RoleNode } from "../../access/access-graph";
import { escalationsOf } from "../../access/escalations-of";
import type { FoundEscalation } from "../../iam/escalation";
import type { Direction, EscalationChange } from "../access-change";
import type { CompareContext, ComparedSide } from "./compare-context";
import { samePolicies } from "./same-policies";

/** Ways to gain permissions that roles have on one side alone. A role that comes gains all that it has. */
export function escalationChanges(context: CompareContext): readonly EscalationChange[] {
  const { base, head, roles } = context;
  return [
    ...roles.both.flatMap((pair) => {
      if (isSame(pair.base, pair.head)) return [];
      const [before, after] = [escalations(base, pair.base), escalations(head, pair.head)];
      const role = pair.head.arn;
      return [
        ...changes(role, "gained", without(after, before)),
        ...changes(role, "lost", without(before, after)),
      ];
    }),
    ...roles.gained.flatMap((role) => changes(role.arn, "gained", escalations(head, role))),
    ...roles.lost.flatMap((role) => changes(role.arn, "lost", escalations(base, role))),
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

function changes(
  role: string,
  direction: Direction,
  found: readonly FoundEscalation[],
): EscalationChange[] {
  return found.map(({ actions, sources }) => ({
    kind: "escalation",
    direction,
    role,
    actions,
    sources,
  }));
}
