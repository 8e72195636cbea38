import { ESCALATION_PATHS } from "../data/escalation-paths";
import type { EscalationPath, EscalationSection } from "../data/escalation-paths";
import { coveredActions } from "./escalation-actions";
import { EscalationChecker } from "./escalation-checker";
import type { PossibleAction } from "./escalation-checker";
import type { RolePermissions } from "./role-permissions";
import { valuesOf } from "../policy-document";
import type { OneOrMore, PolicyDocument } from "../policy-document";

/** A way to gain permissions that a role has. */
export interface FoundEscalation {
  readonly section: EscalationSection;
  /** The actions that it takes, one of each group of the path. */
  readonly actions: readonly string[];
  /** Names of the policies that give them. */
  readonly sources: readonly string[];
}

/**
 * The ways to gain permissions that a role has by all its policies together (rules N1 to N4), less what
 * a policy or the boundary denies for certain. An action counts where it reaches something that no
 * policy names, or the role itself; of a path that passes a role, only the role that is passed needs to
 * be such, as what it is passed to can be made under any name. What a role creates and then gives
 * permissions to may have any name that its policies cover. Conditions on the request's
 * circumstances, such as its address, count as fulfilled; one on a time that is over does not.
 */
export function findEscalations(role: RolePermissions): readonly FoundEscalation[] {
  const judge = new EscalationChecker(role);
  return ESCALATION_PATHS.flatMap((path) => {
    const steps = path.creates ? judge.allOnOneCreated(path) : eachPossible(judge, path);
    if (steps === undefined) return [];
    return [
      {
        section: path.section,
        actions: steps.map(({ action }) => action),
        sources: [...new Set(steps.flatMap(({ sources }) => sources))].sort(),
      },
    ];
  });
}

/**
 * The policies by which a role is administrator: each allows every action on everything, and nothing that is known
 * takes any of it away. None where a policy denies something, or a boundary allows less.
 */
export function administratorBy({
  policies,
  boundary,
}: Pick<RolePermissions, "policies" | "boundary">): readonly string[] {
  const denies = policies.some(({ document }) => hasDeny(document));
  if (denies || (boundary !== undefined && !(allowsAll(boundary) && !hasDeny(boundary)))) return [];
  return policies.filter(({ document }) => allowsAll(document)).map(({ name }) => name);
}

function hasDeny({ Statement }: PolicyDocument): boolean {
  return Statement.some(({ Effect }) => Effect === "Deny");
}

function allowsAll({ Statement }: PolicyDocument): boolean {
  const isAll = (element: OneOrMore | undefined): boolean =>
    valuesOf(element).some((value) => /^\*+(?::\*+)?$/.test(value));
  return Statement.some(
    ({ Effect, Action, Resource, Condition = {} }) =>
      Effect === "Allow" &&
      isAll(Action) &&
      valuesOf(Resource).includes("*") &&
      Object.keys(Condition).length === 0,
  );
}

function eachPossible(
  judge: EscalationChecker,
  path: EscalationPath,
): readonly PossibleAction[] | undefined {
  const steps = path.needs.map((group) => judge.firstPossible(group, path));
  return steps.every((step) => step !== undefined) ? steps : undefined;
}

/** Whether documents allow enough actions for a way to gain permissions, whatever they may act on: quick, and often a no. */
export function couldEscalate(documents: readonly PolicyDocument[]): boolean {
  const allowed = new Set(
    documents.flatMap(({ Statement }) =>
      Statement.flatMap((each) => (each.Effect === "Allow" ? coveredActions(each) : [])),
    ),
  );
  return ESCALATION_PATHS.some(({ needs }) =>
    needs.every((group) => group.some((action) => allowed.has(action))),
  );
}
