import { locationOf, oidcProviderArn, samlProviderArn, userArn } from "../../iam/arn";
import { addressPart } from "../../account-map/model/address-part";
import { GRANT_POLICY_NAME } from "../../plan/grant-policy-name";
import type { AccountPlan, GrantPlan, ResolvedAccess, RolePlan } from "../../plan/resolved-access";
import type { ExistingAccess, ExistingRole, ExistingUser } from "../read/existing-access";

/** Something that exists and that a Terraform resource manages from now on. */
export interface ImportBlock {
  /** Address of the resource. */
  readonly to: string;
  /** What the AWS provider takes as its id. */
  readonly id: string;
}

/**
 * Import blocks as Terraform's language, with those that a text of the same kind already has: they stay
 * until someone removes them.
 *
 * @param text what the file has so far
 * @param what whether the map got what is imported just now, or had it before
 */
export function importText(
  blocks: readonly ImportBlock[],
  text = "",
  what: keyof typeof HEADERS = "adopted",
): string {
  const added = blocks
    .filter(({ to }) => !text.includes(`to = ${to}\n`))
    .map(({ to, id }) => `import {\n  to = ${to}\n  id = ${JSON.stringify(id)}\n}\n`);
  return [text === "" ? `# ${HEADERS[what]}\n` : text, ...added].join("\n");
}

const HEADERS = {
  adopted: "Roles that were adopted. Remove this file once it is applied.",
  existing: "What exists already. Remove this file once it is applied.",
} as const;

/**
 * Import blocks for all that exists and is made by a plan, by account id: roles, users, identity providers, and
 * every policy, attachment and profile of them. Lists that are kept exclusive are always there to be imported.
 *
 * @param before what is imported or made already and is left out; `undefined` where nothing is. Terraform itself
 * passes over a block whose resource its state has, and does not know a resource that got another address since.
 */
export function importBlocks(
  before: ResolvedAccess | undefined,
  after: ResolvedAccess,
  existing: ExistingAccess,
): ReadonlyMap<string, readonly ImportBlock[]> {
  const earlier = new Map(before?.accounts.map((plan) => [plan.account.id, plan]));
  const blocks = after.accounts.map((plan) => {
    const own = accountBlocks(earlier.get(plan.account.id), plan, existing);
    return [plan.account.id, own] as const;
  });
  return new Map(blocks.filter(([, own]) => own.length > 0));
}

function accountBlocks(
  before: AccountPlan | undefined,
  after: AccountPlan,
  existing: ExistingAccess,
): ImportBlock[] {
  const location = locationOf(after.account);
  const isNew = (
    list: "roles" | "boundaries" | "users" | "grants" | "oidcProviders" | "samlProviders",
    key: string,
  ): boolean => !(before?.[list] ?? []).some((each) => ("id" in each ? each.id : each.key) === key);
  // A trust policy that was adopted names its provider, which exists then, read or not.
  const isThere = (arn: string): boolean => existing.providers?.has(arn) ?? true;
  return [
    ...after.oidcProviders
      .filter(({ key }) => isNew("oidcProviders", key))
      .map(({ key, url }) => ({
        to: `aws_iam_openid_connect_provider.oidc-${key}`,
        id: oidcProviderArn(location, url),
      }))
      .filter(({ id }) => isThere(id)),
    ...after.samlProviders
      .filter(({ key }) => isNew("samlProviders", key))
      .map(({ key, name }) => ({
        to: `aws_iam_saml_provider.saml-${key}`,
        id: samlProviderArn(location, name),
      }))
      .filter(({ id }) => isThere(id)),
    ...after.boundaries
      .filter(({ id, arn }) => isNew("boundaries", id) && existing.policies.has(arn))
      .map(({ id, arn }) => ({ to: `aws_iam_policy.${id}`, id: arn })),
    ...after.roles.flatMap((role) => {
      const found = existing.roles.get(role.arn);
      return found === undefined || !isNew("roles", role.id)
        ? []
        : roleBlocks(role, found, existing);
    }),
    ...after.users.flatMap(({ id, name, path }) =>
      isNew("users", id) && existing.users?.has(userArn(location, path, name)) === true
        ? userBlocks(id, name)
        : [],
    ),
    ...after.grants
      .filter(({ id }) => isNew("grants", id))
      .filter((grant) => inlineOf(grant, location.accountId, existing).includes(GRANT_POLICY_NAME))
      .map(({ kind, id, name }) => ({
        to: `aws_iam_${kind}_policy.${id}_assume-roles`,
        id: `${name}:${GRANT_POLICY_NAME}`,
      })),
  ];
}

function userBlocks(id: string, name: string): ImportBlock[] {
  return [
    { to: `aws_iam_user.${id}`, id: name },
    { to: `aws_iam_user_policies_exclusive.${id}_policies`, id: name },
    { to: `aws_iam_user_policy_attachments_exclusive.${id}_attachments`, id: name },
  ];
}

/** Names of the inline policies of whoever gets a grant: names are unique in an account, whatever the path. */
function inlineOf(
  { kind, name }: GrantPlan,
  accountId: string,
  { roles, users }: ExistingAccess,
): readonly string[] {
  const isIt = (each: { readonly accountId: string; readonly name: string }): boolean =>
    each.accountId === accountId && each.name === name;
  return kind === "role"
    ? ([...roles.values()].find(isIt)?.inline ?? []).map((policy) => policy.name)
    : ([...(users ?? new Map<string, ExistingUser>()).values()].find(isIt)?.inline ?? []);
}

function roleBlocks(
  { id, name, policies, instanceProfiles }: RolePlan,
  existing: ExistingRole,
  { policies: known }: ExistingAccess,
): ImportBlock[] {
  const inline = new Set(existing.inline.map((policy) => policy.name));
  const attached = new Set(existing.attached);
  const profiles = new Set(existing.instanceProfiles.map((profile) => profile.name));
  const attachments = [...policies.managed, ...policies.customer].filter(({ arn }) =>
    attached.has(arn),
  );
  return [
    { to: `aws_iam_role.${id}`, id: name },
    ...policies.inline
      .filter((policy) => inline.has(policy.name))
      .map((policy) => ({
        to: `aws_iam_role_policy.${id}_policy-${addressPart(policy.name)}`,
        id: `${name}:${policy.name}`,
      })),
    ...policies.customer
      .filter(({ arn }) => known.has(arn))
      .map((policy) => ({
        to: `aws_iam_policy.${id}_managed-${addressPart(policy.name)}`,
        id: policy.arn,
      })),
    ...attachments.map((policy) => ({
      to: `aws_iam_role_policy_attachment.${id}_attachment-${addressPart(policy.name)}`,
      id: `${name}/${policy.arn}`,
    })),
    { to: `aws_iam_role_policies_exclusive.${id}_policies`, id: name },
    { to: `aws_iam_role_policy_attachments_exclusive.${id}_attachments`, id: name },
    ...instanceProfiles
      .filter((profile) => profiles.has(profile))
      .map((profile) => ({
        to: `aws_iam_instance_profile.${id}_profile-${addressPart(profile)}`,
        id: profile,
      })),
  ];
}
