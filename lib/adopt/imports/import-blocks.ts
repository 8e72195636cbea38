import { locationOf, oidcProviderArn, samlProviderArn } from "../../iam/arn";
import { addressPart } from "../../account-map/model/address-part";
import type { ResolvedAccess, AccountPlan, RolePlan } from "../../plan/resolved-access";
import type { ExistingAccess, ExistingRole } from "../read/existing-access";

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
 */
export function importText(blocks: readonly ImportBlock[], text = ""): string {
  const added = blocks
    .filter(({ to }) => !text.includes(`to = ${to}\n`))
    .map(({ to, id }) => `import {\n  to = ${to}\n  id = ${JSON.stringify(id)}\n}\n`);
  return [text === "" ? `# ${HEADER}\n` : text, ...added].join("\n");
}

const HEADER = "Roles that were adopted. Remove this file once it is applied.";

/**
 * Import blocks for all that exists and is made by a plan, and was not before, by account id. What Terraform
 * has in its state already cannot be imported again.
 */
export function importBlocks(
  before: ResolvedAccess,
  after: ResolvedAccess,
  existing: ExistingAccess,
): ReadonlyMap<string, readonly ImportBlock[]> {
  const earlier = new Map(before.accounts.map((plan) => [plan.account.id as string, plan]));
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
    list: "roles" | "boundaries" | "oidcProviders" | "samlProviders",
    key: string,
  ): boolean => !(before?.[list] ?? []).some((each) => ("id" in each ? each.id : each.key) === key);
  return [
    ...after.oidcProviders
      .filter(({ key }) => isNew("oidcProviders", key))
      .map(({ key, url }) => ({
        to: `aws_iam_openid_connect_provider.oidc-${key}`,
        id: oidcProviderArn(location, url),
      })),
    ...after.samlProviders
      .filter(({ key }) => isNew("samlProviders", key))
      .map(({ key, name }) => ({
        to: `aws_iam_saml_provider.saml-${key}`,
        id: samlProviderArn(location, name),
      })),
    ...after.boundaries
      .filter(({ id, arn }) => isNew("boundaries", id) && existing.policies.has(arn))
      .map(({ id, arn }) => ({ to: `aws_iam_policy.${id}`, id: arn })),
    ...after.roles.flatMap((role) => {
      const found = existing.roles.get(role.arn);
      return found === undefined || !isNew("roles", role.id)
        ? []
        : roleBlocks(role, found, existing);
    }),
  ];
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
