import { parseArn } from "../../iam/arn";
import { administratorBy, couldEscalate, findEscalations } from "../../iam/escalation/escalation";
import type { FoundEscalation } from "../../iam/escalation/escalation";
import type { RoleNode } from "../access-graph";
import type { AccessModel } from "../decide/access-model";

/** Where a role is taken to make things: the ways to gain permissions do not depend on the region. */
const REGION = "us-east-1";

/** Whether a role is administrator, by what is known: with a boundary whose text is not at hand it is not. */
export function isAdministrator({ policies, boundary }: RoleNode): boolean {
  if (boundary?.document.known === false) return false;
  const documents = policies.flatMap(({ name, document }) =>
    document.known ? [{ name, document: document.value }] : [],
  );
  const bounding = boundary?.document.known === true ? { boundary: boundary.document.value } : {};
  return (
    documents.length === policies.length &&
    administratorBy({ policies: documents, ...bounding }).length > 0
  );
}

/** How a role can gain permissions that it was not given (rules N1 to N4), by what is known of its policies. */
export function escalationsOf(
  { arn, policies, boundary, accountId }: RoleNode,
  { accounts }: Pick<AccessModel, "accounts">,
): readonly FoundEscalation[] {
  const documents = policies.flatMap(({ name, document }) =>
    document.known ? [{ name, document: document.value }] : [],
  );
  if (!couldEscalate(documents.map(({ document }) => document))) return [];
  const organizationId = accounts.get(accountId)?.organizationId;
  const own = [...policies, ...(boundary === undefined ? [] : [boundary])];
  return findEscalations({
    arn,
    region: REGION,
    ...(organizationId === undefined ? {} : { organizationId }),
    ownPolicyArns: own
      .filter(({ kind, name }) => kind === "managed" && parseArn(name)?.accountId === accountId)
      .map(({ name }) => name),
    policies: documents,
    ...(boundary?.document.known === true ? { boundary: boundary.document.value } : {}),
  });
}

/** What a role can make of itself. */
export interface RaisedRole {
  /** Whether it is allowed every action on everything already. */
  readonly administrator: boolean;
  /** How the role can gain permissions that it was not given (rules N1 to N4). */
  readonly escalations: readonly FoundEscalation[];
}

/** What a role can make of itself, by what is known of its policies. */
export function raisedRole(role: RoleNode, world: Pick<AccessModel, "accounts">): RaisedRole {
  return { administrator: isAdministrator(role), escalations: escalationsOf(role, world) };
}
