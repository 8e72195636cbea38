import { listNames } from "../../diagnostics/nearest";
import { escalationWays } from "../../iam/escalation/escalation-words";
import { awsManagedName, managedName } from "../facts/managed-document";
import type { RoleEscalation } from "../facts/role-escalations";
import type { RuleFinding } from "../rule-finding";

/** Whether a role is one that must never gain permissions: a hub, or one that only reads. */
export function isLowTier({ role }: RoleEscalation): boolean {
  return role.kind === "hub" || role.readOnly;
}

/**
 * Says once for a role how it can gain permissions, at its permissions in the map.
 *
 * @param lead what it is next to, such as `is a hub and`
 */
export function escalationFinding(escalation: RoleEscalation, lead = ""): RuleFinding {
  const { role, accounts, administratorBy } = escalation;
  const where = accounts.length === 1 ? `\`${accounts[0] ?? ""}\`` : `${accounts.length} accounts`;
  const isAdministrator = administratorBy.length > 0;
  const says = isAdministrator
    ? `is administrator: ${listNames(new Set(administratorBy), 4)} allows every action on everything`
    : `can raise its own permissions ${escalationWays(escalation.found)}`;
  return {
    at: [...role.at, "permissions"],
    atKey: true,
    message: `\`${role.name}\` in ${where} ${lead}${says}`,
    help: isAdministrator
      ? "give it a policy with what it needs, or set a `permissionsBoundary`"
      : withoutWays(escalation),
    acceptable: true,
  };
}

/** What can be done: a policy of AWS cannot be edited. */
function withoutWays({ role, found }: RoleEscalation): string {
  const aws = new Set(
    role.policies.managed.flatMap(({ arn }) =>
      awsManagedName(arn) === undefined ? [] : managedName(arn),
    ),
  );
  const sources = [...new Set(found.flatMap((each) => each.sources))];
  const [kept, own] = [
    sources.filter((name) => aws.has(name)),
    sources.filter((name) => !aws.has(name)),
  ];
  const parts = [
    ...(own.length === 0
      ? []
      : [`in ${listNames(new Set(own), 4)}, remove these actions or limit their resources`]),
    ...(kept.length === 0
      ? []
      : [`replace ${listNames(new Set(kept), 4)}, which only AWS can edit, with your own policy`]),
    "or deny them in a `permissionsBoundary`",
  ];
  return parts.join(", ");
}
