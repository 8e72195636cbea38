import { addressPart } from "../../account-map/model/address-part";
import { awsManagedPolicyArn, customerPolicyArn, locationOf } from "../../iam/arn";
import { IDENTIFIER_RULES } from "../../iam/identifier";
import { policyDocument } from "../../iam/policy-document";
import type { RoleConnections } from "../draft/connect-roles";
import type { RoleDraft } from "../draft/role-draft";
import { fillFor } from "../plan-scope";
import type { PlanScope } from "../plan-scope";
import type { CustomerPolicyPlan, NamedPolicy, RolePolicies } from "../resolved-access";
import { eitherSession, passedOnEntering } from "../session-context";
import type { SessionContext } from "../session-context";
import { STATEMENTS_POLICY_NAME } from "../generated-names";
import { checkPolicyNames } from "./policy-names";
import { rolePolicies } from "./role-policies";
import { targetRoles } from "./target-roles";

/** The policies of a role: what the map permits it, and to assume its targets with what its sessions carry. */
export function draftPolicies(
  draft: RoleDraft,
  { targets, declaredTargets, grantedWays }: RoleConnections,
  carried: SessionContext,
  scope: PlanScope,
): RolePolicies {
  const { inline, managed } = rolePolicies(ownPolicies(draft, scope), {
    targets: targetRoles(targets, draft.existingTargets),
    declaredTargets: targetRoles(declaredTargets),
    session: grantedWays.map(passedOnEntering).reduce(eitherSession, carried),
    reach: draft.reach,
  });
  const policies: RolePolicies = {
    inline,
    customer: managed.map((policy) => customerPolicy(policy, draft, scope)),
    managed: attachedPolicies(draft, scope),
  };
  checkPolicyNames(draft.settings, targets.size > 0, policies, scope.report);
  return policies;
}

function ownPolicies({ settings, account }: RoleDraft, scope: PlanScope): NamedPolicy[] {
  const { documents, statements, at } = settings.permissions;
  const policies = documents.flatMap(({ document: source, name, values, at }): NamedPolicy[] => {
    const document = scope.documents.get(source);
    if (document === undefined) return [];
    return [{ name, document: fillFor(document, account, at, scope, values) }];
  });
  if (statements.length === 0) return policies;
  const filled = fillFor(statements, account, [...at, "statements"], scope);
  return [...policies, { name: STATEMENTS_POLICY_NAME, document: policyDocument(filled) }];
}

/** The managed policies that exist. In an ARN, `{{account.id}}` can be the account of the role. */
function attachedPolicies(
  { settings, account }: RoleDraft,
  scope: PlanScope,
): RolePolicies["managed"] {
  return settings.permissions.managed.map(({ name, at }) => {
    const { arn } = name.startsWith("arn:")
      ? fillFor({ arn: name }, account, at, scope)
      : { arn: awsManagedPolicyArn(account.partition, name) };
    return { name: addressPart(arn.split("/").at(-1) ?? name), arn, at };
  });
}

function customerPolicy(
  { name: own, document }: NamedPolicy,
  { id, settings, account }: RoleDraft,
  { map: { policyPath: path }, report }: PlanScope,
): CustomerPolicyPlan {
  const name = `${settings.roleName}-${own}`;
  const { rule, pattern, allowed } = IDENTIFIER_RULES.policyName;
  if (!pattern.test(name)) {
    report(settings.at, {
      rule,
      atKey: true,
      message: `the policies of the role do not fit inline, and the name of a managed policy must be ${allowed}, got ${JSON.stringify(name)}`,
      help: "shorten the role's name or the document's",
    });
  }
  const arn = customerPolicyArn(locationOf(account), path, name);
  return { id: `${id}_${addressPart(own)}`, name, path, arn, document };
}
