import type { OidcProvider, SamlProvider } from "../account-map/model/principal";
import type { RoleDraft } from "./draft/role-draft";
import type { Grants } from "./grants";
import type { PlanScope } from "./plan-scope";
import type { AccountPlan } from "./resolved-access";
import { madeBoundaries } from "./role/boundary";
import type { PlannedRole } from "./role/plan-role";
import { byTextOf } from "../values/order";
import { groupBy } from "../values/group";

/** What is made in each account of the map. */
export function planAccounts(
  roles: readonly PlannedRole[],
  { grants, users }: Grants,
  scope: PlanScope,
): AccountPlan[] {
  const byAccount = groupBy(roles, (role) => role.draft.account.key);
  return [...scope.map.accounts.values()].map((account): AccountPlan => {
    const own = (byAccount.get(account.key) ?? []).sort(byTextOf(({ plan }) => plan.id));
    const drafts = own.map(({ draft }) => draft);
    return {
      account,
      roles: own.map(({ plan }) => plan),
      boundaries: madeBoundaries(drafts, scope),
      users: users.get(account.id) ?? [],
      grants: grants.get(account.id) ?? [],
      ...createdProviders(drafts),
      dependsOn: dependencies(own),
    };
  });
}

function createdProviders(
  drafts: readonly RoleDraft[],
): Pick<AccountPlan, "oidcProviders" | "samlProviders"> {
  const providers = new Map<string, OidcProvider | SamlProvider>();
  for (const { principal } of drafts.flatMap((draft) => draft.waysIn)) {
    if (!("provider" in principal) || !principal.provider.create) continue;
    providers.set(principal.provider.key, principal.provider);
  }
  const sorted = [...providers.values()].sort(byTextOf(({ key }) => key));
  return {
    oidcProviders: sorted.filter((provider) => provider.kind === "oidc"),
    samlProviders: sorted.filter((provider) => provider.kind === "saml"),
  };
}

/** Accounts whose roles the trust policies of an account name by ARN. */
function dependencies(roles: readonly PlannedRole[]): string[] {
  const keys = roles.flatMap(({ draft, trust }) =>
    trust.callers.flatMap(({ from }) => {
      if (!("caller" in from)) return [];
      const { trustMode, account } = from.caller;
      return trustMode === "roleArn" && account !== draft.account ? [account.key] : [];
    }),
  );
  return [...new Set(keys)].sort();
}
