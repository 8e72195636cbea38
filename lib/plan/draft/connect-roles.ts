import type { PrincipalEntry } from "../../account-map/model/account-map";
import type { PlanScope } from "../plan-scope";
import { declaredEdges } from "./declared-edges";
import type { DeclaredEdge, DraftsOf } from "./declared-edges";
import { namedEdges } from "./named-callers";
import type { NamedEdge, OwnRole } from "./named-callers";
import type { RoleDraft } from "./role-draft";
import { groupBy } from "../../values/group";

/** Which roles of the map can assume which. */
export interface Connections {
  readonly edges: readonly (DeclaredEdge | NamedEdge)[];
  readonly of: (draft: RoleDraft) => RoleConnections;
}

/** The roles of the map that can assume a role, and those that it can assume. */
export interface RoleConnections {
  readonly callers: DeclaredEdge[];
  /** Roles that its principals name. */
  readonly namedCallers: NamedEdge[];
  /** Roles that its own policies permit it to assume. */
  readonly targets: Set<RoleDraft>;
  /** Roles that it can assume with a permission that the map says exists among its own policies. */
  readonly declaredTargets: Set<RoleDraft>;
  /** Principals that name it, with what it must be permitted to pass there. */
  readonly grantedWays: PrincipalEntry[];
}

/** Indexes drafts by the entries that declare them. */
export function indexDrafts(drafts: readonly RoleDraft[]): DraftsOf {
  const byEntry = groupBy(drafts, (draft) => draft.settings);
  return (entry) => byEntry.get(entry) ?? [];
}

/**
 * Connects the roles of the map. A role's set of policies is exclusive, so that its permission to
 * assume what its name is found in goes into them, unless the map says that it exists.
 */
export function connectRoles(
  drafts: readonly RoleDraft[],
  draftsOf: DraftsOf,
  ownRole: OwnRole,
  scope: PlanScope,
): Connections {
  const declared = declaredEdges(draftsOf, scope);
  const named = namedEdges(drafts, ownRole, scope.report);
  const byRole = new Map(drafts.map((draft) => [draft, unconnected()]));
  const of = (draft: RoleDraft): RoleConnections => byRole.get(draft) ?? unconnected();
  for (const edge of declared) {
    of(edge.target).callers.push(edge);
    of(edge.caller).targets.add(edge.target);
  }
  for (const edge of named) {
    const { caller, target, wayIn } = edge;
    of(target).namedCallers.push(edge);
    if (wayIn.grant === "generate") {
      of(caller).targets.add(target);
      of(caller).grantedWays.push(wayIn);
    } else {
      of(caller).declaredTargets.add(target);
    }
  }
  return { edges: [...declared, ...named], of };
}

function unconnected(): RoleConnections {
  return {
    callers: [],
    namedCallers: [],
    targets: new Set(),
    declaredTargets: new Set(),
    grantedWays: [],
  };
}
