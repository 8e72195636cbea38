import type { Account, AccountMap } from "../account-map/model/account-map";
import { locationOf, oidcProviderArn, roleArn } from "../iam/arn";
import type { ResolvedAccess, AccountPlan } from "../plan/resolved-access";
import { existingBoundaries } from "./account-bootstrap";
import { foreignOidcProviders } from "./foreign-oidc-providers";
import { PLAN_ROLE_NAME } from "./plan-bootstrap";
import { ACCOUNT_PLAN_ROLE_PATH } from "../plan/pipeline/pipeline-accounts";

/** A role to assume. */
export interface AssumeStep {
  readonly roleArn: string;
  /** @default - none is passed */
  readonly externalId?: string;
}

/** What an account is expected to have. */
export interface ExpectedAccount {
  readonly key: string;
  readonly id: string;
  readonly region: string;
  /** Roles to assume one after the other; none where Terraform runs in the account already. */
  readonly steps: readonly AssumeStep[];
  /** ARNs of boundaries that must be there. */
  readonly boundaries: readonly string[];
  /** ARNs of OIDC providers that must be there. */
  readonly oidcProviders: readonly string[];
  /** The roles that Terraform makes. */
  readonly roles: readonly { readonly name: string; readonly arn: string }[];
  /** The command that makes what is missing. */
  readonly bootstrap: string;
}

/** Which role is assumed in an account. */
export type EnteredRole = "plan" | "apply";

/** What an account must have, as map and plan say. */
export function expectedAccount(
  plan: AccountPlan,
  whole: ResolvedAccess,
  map: AccountMap,
  role: EnteredRole,
): ExpectedAccount {
  const { account, roles } = plan;
  return {
    key: account.key,
    id: account.id,
    region: account.region,
    steps: stepsInto(account, map, role),
    // What AWS itself keeps is always there.
    boundaries: existingBoundaries(plan).filter((arn) => !arn.includes(":iam::aws:")),
    oidcProviders: foreignOidcProviders(plan, whole).map(({ url }) =>
      oidcProviderArn(locationOf(account), url),
    ),
    roles: roles.map(({ name, arn }) => ({ name, arn })),
    bootstrap: `npx trustwheel bootstrap --account ${account.key}`,
  };
}

/** The roles that Terraform assumes one after the other. */
function stepsInto(account: Account, map: AccountMap, role: EnteredRole): AssumeStep[] {
  const { deploymentRole } = account;
  if (deploymentRole === undefined) return [];
  if (role === "plan") {
    const name = map.pipeline?.accountPlanRole ?? PLAN_ROLE_NAME;
    return [{ roleArn: roleArn(locationOf(account), ACCOUNT_PLAN_ROLE_PATH, name) }];
  }
  const step = (
    home: Account,
    { roleName, path, externalId }: { roleName: string; path: string; externalId?: string },
  ): AssumeStep => ({
    roleArn: roleArn(locationOf(home), path, roleName),
    ...(externalId === undefined ? {} : { externalId }),
  });
  return [
    ...deploymentRole.via.map((hop) => step(map.accounts.get(hop.accountKey) ?? account, hop)),
    step(account, deploymentRole),
  ];
}
