import type { PrincipalEntry } from "../../account-map/model/account-map";
import type { Statement } from "../../iam/policy-document";
import type { RoleDraft } from "../draft/role-draft";
import { EMPTY_SESSION, eitherSession, hopActions, passedOnEntering } from "../session-context";
import { listStatement } from "./assume-permission";
import { bindIdentity } from "./bound-identity";
import { ConditionBuilder } from "./condition-builder";
import { targetRoles } from "./target-roles";

/** A role, and the principal by which a caller from outside the plan assumes it. */
export interface EnteredRole {
  readonly role: RoleDraft;
  readonly wayIn: PrincipalEntry;
}

/**
 * The permission of one caller to assume roles with what it passes. A bound source identity has a statement of its
 * own: the caller's half of the binding in the trust policies (rule CK-21).
 */
export function entryPermission(entered: readonly EnteredRole[]): Statement[] {
  const all = targetRoles(new Set(entered.map(({ role }) => role)));
  const session = entered
    .map(({ wayIn }) => passedOnEntering(wayIn))
    .reduce(eitherSession, EMPTY_SESSION);
  const bound = entered.flatMap(({ role, wayIn: { conditions } }) =>
    conditions.sourceIdentity !== undefined && "bound" in conditions.sourceIdentity
      ? [{ role, bound: conditions.sourceIdentity.bound }]
      : [],
  );
  const [first] = bound;
  if (first === undefined) return [listStatement(all, hopActions(session))];
  const free = entered.filter(
    ({ wayIn: { conditions } }) =>
      conditions.sourceIdentity !== undefined && !("bound" in conditions.sourceIdentity),
  );
  const own = new ConditionBuilder();
  bindIdentity(own, first.bound);
  return [
    listStatement(all, hopActions({ ...session, sourceIdentity: false })),
    ...(free.length === 0
      ? []
      : [
          setIdentity(
            "SetSourceIdentity",
            free.map(({ role }) => role),
          ),
        ]),
    {
      ...setIdentity(
        "SetOwnSourceIdentity",
        bound.map(({ role }) => role),
      ),
      ...own.build(),
    },
  ];
}

function setIdentity(Sid: string, roles: readonly RoleDraft[]): Statement {
  return { ...listStatement(targetRoles(new Set(roles)), ["sts:SetSourceIdentity"]), Sid };
}
