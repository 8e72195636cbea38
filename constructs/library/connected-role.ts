import type { Construct } from "constructs";
import type { PrincipalEntry } from "../../lib/account-map/model/account-map";
import { addressPart } from "../../lib/account-map/model/address-part";
import { awsManagedPolicyArn, customerPolicyArn, locationOf } from "../../lib/iam/arn";
import { IDENTIFIER_RULES } from "../../lib/iam/identifier";
import { LIMITS } from "../../lib/iam/limits";
import { policyDocument } from "../../lib/iam/policy-document";
import type { PolicyDocument } from "../../lib/iam/policy-document";
import { policySize } from "../../lib/iam/policy-text";
import { callerStatements } from "../../lib/plan/role/caller-statements";
import type { RoleCaller } from "../../lib/plan/role/caller-statements";
import { groupTargets } from "../../lib/plan/role/target-roles";
import type { PackedPolicies } from "../../lib/plan/role/pack-policies";
import { rolePolicies } from "../../lib/plan/role/role-policies";
import { EMPTY_SESSION, eitherSession, wayInSession } from "../../lib/plan/session-context";
import type { SessionContext } from "../../lib/plan/session-context";
import { withUniqueSids } from "../../lib/plan/role/statement-ids";
import { wayInStatements } from "../../lib/plan/role/way-in-statements";
import { accountIdentity } from "./account-props";
import { ExclusiveRole } from "../exclusive-role";
import { keyProblems, prefixed } from "./prop-problems";
import { roleProblems } from "./role-props";
import type { RoleProps, RoleReference } from "./role-props";
import type { TrustedPrincipal } from "./trusted-principal";
import { byKey } from "../../lib/values/order";

/** Who can assume a role and which roles it can assume. */
export interface RoleConnections {
  /** Principals by key. */
  readonly principals?: Readonly<Record<string, TrustedPrincipal>>;
  /** Roles that can assume it. */
  readonly callers?: readonly RoleCaller[];
  /** Roles that it may assume. */
  readonly targets?: readonly RoleReference[];
  readonly reach?: "spokes" | "organization";
  /** Terraform addresses that must be applied first. */
  readonly dependsOn?: readonly string[];
  /** What is wrong with the connections themselves. */
  readonly problems?: readonly string[];
}

/** A created role, and what its sessions can carry. */
export interface ConnectedRole {
  readonly role: ExclusiveRole;
  readonly session: SessionContext;
}

/**
 * Creates a role with both sides of its connections: the trust policy for its callers, and the permission
 * to assume its targets. Problems of the props are reported when the stack is synthesized.
 */
export function connectRole(
  scope: Construct,
  id: string,
  props: RoleProps,
  connections: RoleConnections,
): ConnectedRole {
  const { callers = [], targets = [], reach = "spokes", dependsOn = [] } = connections;
  const home = accountIdentity(props.account);
  const waysIn = waysInOf(connections.principals ?? {});
  const session = [...waysIn.map(wayInSession), ...callers.map((caller) => caller.session)].reduce(
    eitherSession,
    EMPTY_SESSION,
  );
  const trust = policyDocument(
    withUniqueSids([
      ...waysIn.flatMap((wayIn) => wayInStatements(wayIn, home)),
      ...callers.flatMap(callerStatements),
    ]),
  );
  const own = Object.entries(props.policies ?? {}).map(([name, { Statement }]) => ({
    name,
    document: policyDocument(Statement),
  }));
  const located = targets.map(({ account, roleName, path = "/" }) => ({
    name: roleName,
    path,
    account: accountIdentity(account),
  }));
  const policies = rolePolicies(own, { targets: groupTargets(located), session, reach });
  const managedPolicyArns = managedPolicies(props);
  const { policyPath } = IDENTIFIER_RULES;
  const path = props.path ?? "/";
  const ownPath = policyPath.pattern.test(path) ? path : "/";
  const { roleName, description, maxSessionSeconds, permissionsBoundaryArn, tags } = props;
  const role = new ExclusiveRole(scope, id, {
    roleName,
    path,
    ...(description === undefined ? {} : { description }),
    ...(maxSessionSeconds === undefined ? {} : { maxSessionSeconds }),
    ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundaryArn }),
    ...(tags === undefined ? {} : { tags }),
    trust,
    inlinePolicies: policies.inline,
    customerPolicies: policies.managed.map((policy) => {
      const name = `${roleName}-${policy.name}`;
      const arn = customerPolicyArn(locationOf(accountIdentity(props.account)), ownPath, name);
      return { name, path: ownPath, arn, document: policy.document };
    }),
    managedPolicyArns,
    instanceProfiles: waysIn.flatMap(({ principal }) =>
      principal.kind === "instanceProfile" ? [principal.profileName ?? roleName] : [],
    ),
    dependsOn,
  });
  const attached = Object.keys(managedPolicyArns).length + policies.managed.length;
  const problems = [
    ...roleProblems(props),
    ...principalProblems(connections.principals ?? {}),
    ...(connections.problems ?? []),
    ...quotaProblems(props, trust, policies, attached),
  ];
  role.node.addValidation({ validate: () => problems });
  return { role, session };
}

/** Principals by key, without those that have problems: an unclear principal is never trusted. */
function waysInOf(principals: Readonly<Record<string, TrustedPrincipal>>): PrincipalEntry[] {
  return Object.entries(principals)
    .sort(byKey)
    .flatMap(([key, { wayIn, problems }]) =>
      wayIn === undefined || problems.length > 0 ? [] : [{ ...wayIn, key }],
    );
}

function principalProblems(principals: Readonly<Record<string, TrustedPrincipal>>): string[] {
  return Object.entries(principals).flatMap(([key, { problems }]) => [
    ...keyProblems("principals", key),
    ...prefixed(`principals.${key}`, problems),
  ]);
}

/** ARNs of managed policies by the name that the attachment gets. */
function managedPolicies({
  account,
  managedPolicies: names = [],
}: RoleProps): Record<string, string> {
  const { partition } = accountIdentity(account);
  return Object.fromEntries(
    names.map((name) => {
      const last = name.split("/").at(-1) ?? name;
      const arn = name.startsWith("arn:") ? name : awsManagedPolicyArn(partition, name);
      return [addressPart(last), arn];
    }),
  );
}

function quotaProblems(
  { account, roleName }: RoleProps,
  trust: PolicyDocument,
  { managed }: PackedPolicies,
  attached: number,
): string[] {
  const problems: string[] = [];
  const trustQuota = account.trustPolicyQuota ?? LIMITS.trustPolicySize;
  const size = policySize(trust);
  if (size > trustQuota) {
    problems.push(
      `the trust policy of \`${roleName}\` has ${size} characters, the account's quota is ${trustQuota}: trust fewer principals, or request a higher quota and set \`account.trustPolicyQuota\` [ID-19]`,
    );
  }
  for (const { name, document } of managed) {
    const length = policySize(document);
    if (length <= LIMITS.managedPolicySize) continue;
    problems.push(
      `a statement of the policy \`${name}\` has ${length} characters, at most ${LIMITS.managedPolicySize} fit: split it [ID-21]`,
    );
  }
  const quota = account.managedPoliciesQuota ?? LIMITS.managedPoliciesPerRole;
  if (attached > quota) {
    problems.push(
      `\`${roleName}\` has ${attached} managed policies, the account's quota is ${quota}: attach fewer, or request a higher quota and set \`account.managedPoliciesQuota\` [ID-23]`,
    );
  }
  return problems;
}
