import type { Account, AccountMap } from "../../lib/account-map/model/account-map";
import { locationOf, oidcProviderArn, roleArn } from "../../lib/iam/arn";
import type { ResolvedAccess, AccountPlan } from "../../lib/plan/resolved-access";
import { existingBoundaries } from "../../lib/bootstrap/account-bootstrap";
import { foreignOidcProviders } from "../../lib/bootstrap/foreign-oidc-providers";
import { PLAN_ROLE_NAME } from "../../lib/bootstrap/plan-bootstrap";
import { ACCOUNT_PLAN_ROLE_PATH } from "../../lib/plan/pipeline/pipeline-accounts";
import type { AssumeStep, ExpectedAccount } from "./examination";

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
