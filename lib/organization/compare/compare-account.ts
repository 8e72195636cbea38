import type { Account } from "../../account-map/model/account-map";
import { quoteName, quoteText } from "../../diagnostics/quote";
import { isDefaultOrganization } from "./comparison";
import type { Comparison } from "./comparison";
import { CONTROL_TOWER_ROLE, ORGANIZATIONS_ROLE } from "../../iam/aws-made-roles";
import { pickTags } from "./managed-tags";
import type { OrganizationAccount } from "../organization";
import { setField } from "./organization-drift";
import type { OrganizationDrift } from "./organization-drift";

/**
 * Returns how an account in the map differs from the same account in the organization. For a leaving one,
 * only whether it still exists matters.
 *
 * @param unitNow - the path that an OU in the map has once moved OUs are renamed
 */
export function compareAccount(
  key: string,
  listed: OrganizationAccount,
  comparison: Comparison,
  unitNow: (unit: string) => string,
): OrganizationDrift[] {
  const account = comparison.map.accounts.get(key);
  if (account === undefined) throw new Error(`${key} was matched and is not in the map`);
  if (comparison.raw.accounts[key]?.state === "leaving") return [];
  const gone = inactive(account, listed);
  // Closed accounts are usually put out of the way, which needs no line in the map.
  if (listed.state === "closed" || listed.state === "pending-closure") return gone ? [gone] : [];
  return [
    gone,
    otherOrganization(account, comparison),
    otherPartition(account, comparison),
    moved(account, listed, comparison, unitNow),
    renamed(account, listed, comparison),
    otherTags(account, listed, comparison),
    deploymentRole(account, listed, comparison),
  ].flatMap((drift) => drift ?? []);
}

type Found = OrganizationDrift | undefined;

function inactive(account: Account, { state }: OrganizationAccount): Found {
  if (state === undefined || state === "active") return undefined;
  const { key, id } = account;
  const facts = { kind: "inactive-account", key, state } as const;
  const named = `${quoteName(key)} (${id})`;
  switch (state) {
    case "closed":
    case "pending-closure":
      return {
        ...facts,
        message:
          state === "closed"
            ? `${named} is closed`
            : `${named} is about to be closed: offboard it and apply that first`,
        edits: [setField(account.key, ["state"], "leaving")],
      };
    case "suspended":
      return {
        ...facts,
        message: `${named} is suspended: it was closed, or AWS restricts it`,
        help: `if it was closed, run \`trustwheel offboard ${key}\`; if AWS restricts it, nothing can be applied in it until that ends`,
        edits: [],
      };
    case "pending-activation":
      return {
        ...facts,
        message: `${named} is not activated yet, nothing can be applied in it`,
        help: "complete its sign-up, or wait until AWS has",
        edits: [],
      };
  }
}

function otherOrganization(account: Account, { mapOrganization, raw }: Comparison): Found {
  const own = account.organization?.key;
  if (mapOrganization === undefined || own === mapOrganization.key) return undefined;
  const edit = isDefaultOrganization(raw, mapOrganization.key)
    ? setField(account.key, ["organization"])
    : setField(account.key, ["organization"], mapOrganization.key);
  return {
    kind: "other-organization",
    key: account.key,
    ...(own === undefined ? {} : { organization: own }),
    message: `${quoteName(account.key)} (${account.id}) is in the organization ${quoteName(mapOrganization.key)}, the map says ${own === undefined ? "it is in none" : quoteName(own)}`,
    edits: [edit],
  };
}

function otherPartition({ key, id, partition }: Account, { organization }: Comparison): Found {
  if (organization.partition === undefined || organization.partition === partition)
    return undefined;
  return {
    kind: "other-partition",
    key,
    from: partition,
    to: organization.partition,
    rule: "PT-03",
    message: `${quoteName(key)} (${id}) is in the partition \`${organization.partition}\`, the map says \`${partition}\``,
    help: `write its \`partition:\` and a \`region:\` of that partition; access never crosses partitions`,
    edits: [],
  };
}

/** The unit of a listed account, by its path or by the id that the map has for it. */
export function unitOf(
  { unit, unitId }: OrganizationAccount,
  { organization, mapOrganization }: Comparison,
): string | undefined {
  if (unit !== undefined || unitId === undefined) return unit;
  const listed = organization.units.find(({ id }) => id === unitId)?.path;
  return listed ?? [...(mapOrganization?.unitIds ?? [])].find(([, id]) => id === unitId)?.[0];
}

function moved(
  account: Account,
  listed: OrganizationAccount,
  comparison: Comparison,
  unitNow: (unit: string) => string,
): Found {
  const to = unitOf(listed, comparison);
  const { key, id, unit: from } = account;
  if (to === undefined || to === unitNow(from)) return undefined;
  return {
    kind: "moved-account",
    key,
    from,
    to,
    message: `${quoteName(key)} (${id}) is in ${to}, the map says ${from}`,
    edits: [setField(account.key, ["unit"], to)],
  };
}

function renamed(account: Account, listed: OrganizationAccount, comparison: Comparison): Found {
  const from = comparison.raw.accounts[account.key]?.name;
  const { name: to } = listed;
  if (from === undefined || from === to || !comparison.organization.awsNames) return undefined;
  return {
    kind: "renamed-account",
    key: account.key,
    from,
    to,
    message: `${quoteName(account.key)} (${account.id}) is named ${quoteText(to)}, the map says ${quoteText(from)}`,
    edits: [setField(account.key, ["name"], to)],
  };
}

function otherTags(account: Account, listed: OrganizationAccount, comparison: Comparison): Found {
  if (listed.tags === undefined) return undefined;
  const from = pickTags(account.tags, comparison.tagKeys);
  const to = pickTags(listed.tags, comparison.tagKeys);
  const keys = [...comparison.tagKeys].sort().filter((key) => from[key] !== to[key]);
  if (keys.length === 0) return undefined;
  const words = keys.map((key) => {
    const [was, is] = [from[key], to[key]];
    if (is === undefined)
      return `${quoteName(key)} is not set, the map says ${quoteText(was ?? "")}`;
    return `${quoteName(key)} is ${quoteText(is)}, the map says ${was === undefined ? "nothing" : quoteText(was)}`;
  });
  return {
    kind: "other-tags",
    key: account.key,
    from,
    to,
    message: `tags of ${quoteName(account.key)} (${account.id}): ${words.join("; ")}`,
    edits: keys.map((key) => setField(account.key, ["tags", key], to[key])),
  };
}

/** The note that an account probably lacks `OrganizationAccountAccessRole`, which Terraform assumes. */
function deploymentRole(
  { key, id, management: declared, deploymentRole: role }: Account,
  { joined, madeBy }: OrganizationAccount,
  { organization }: Comparison,
): Found {
  // The check of the map says what is to say of the management account.
  const exempt = declared || organization.managementAccountId === id;
  if (exempt || role?.roleName !== ORGANIZATIONS_ROLE) return undefined;
  const facts = { kind: "deployment-role", key, roleName: ORGANIZATIONS_ROLE, edits: [] } as const;
  const named = `${quoteName(key)} (${id})`;
  if (joined === "invited") {
    return {
      ...facts,
      rule: "BS-01",
      message: `${named} was invited: it has no \`${ORGANIZATIONS_ROLE}\`, which Terraform assumes, unless someone created it`,
      help: "`trustwheel doctor` shows whether the role exists; if not, create it, or name another one under `deploymentRole`",
    };
  }
  if (madeBy === undefined) return undefined;
  return {
    ...facts,
    rule: "BS-02",
    message: `${named} was created by Account Factory for Terraform: it has \`${CONTROL_TOWER_ROLE}\` instead of \`${ORGANIZATIONS_ROLE}\`, which Terraform assumes`,
    help: `write \`deploymentRole: ${CONTROL_TOWER_ROLE}\`, unless the account is older than Control Tower`,
  };
}
