import type { Account } from "../account-map/model/account-map";
import { globOf, matchesGlob } from "../iam/condition/glob";
import type { AdoptionInput, LeftAlone } from "./adoption";
import type { RoleNode } from "./entries/role-node";
import type { Forms } from "./forms";
import type { ExistingRole } from "./read/existing-access";
import { ProviderKeys } from "./trust/provider-keys";
import { trustWays } from "./trust/trust-ways";

/** The roles that could be adopted, and those that are not tried. */
export interface Candidates {
  readonly forms: Forms;
  readonly providers: ProviderKeys;
  readonly leftAlone: Omit<LeftAlone, "serviceLinked" | "reserved">;
}

/** Reads the trust policies of the roles that the map could take over. */
export function readCandidates({ existing, map, raw, plan, only }: AdoptionInput): Candidates {
  const providers = new ProviderKeys(raw.identityProviders ?? {});
  const accounts = new Map(
    [...map.accounts.values()].map((account) => [account.id as string, account]),
  );
  const made = new Set(plan.accounts.flatMap(({ roles }) => roles.map(({ arn }) => arn)));
  const names = only?.map(globOf);
  const nodes = new Map<string, RoleNode>();
  const refused = new Map<string, string>();
  const otherAccounts = new Map<string, number>();
  let [inMap, notNamed] = [0, 0];
  for (const role of existing.roles.values()) {
    const { arn, accountId, name } = role;
    const home = accounts.get(accountId);
    if (home === undefined || home.leaving) {
      otherAccounts.set(accountId, (otherAccounts.get(accountId) ?? 0) + 1);
    } else if (made.has(arn)) inMap += 1;
    else if (names?.some((glob) => matchesGlob(glob, name)) === false) notNamed += 1;
    else {
      const ways = waysOf(role, home, { map, accounts, providers });
      if (typeof ways === "string") refused.set(arn, ways);
      else nodes.set(arn, { role, account: home, ways });
    }
  }
  const services = servicesOnly(nodes);
  for (const arn of services) nodes.delete(arn);
  return {
    forms: { nodes, refused, declared: new Set(), unchained: new Set() },
    providers,
    leftAlone: { inMap, servicesOnly: services.length, notNamed, otherAccounts },
  };
}

/** The principals of a role, or why the map cannot express it. */
function waysOf(
  role: ExistingRole,
  home: Account,
  scope: Omit<Parameters<typeof trustWays>[1], "role" | "home">,
): RoleNode["ways"] | string {
  if (!role.trust.known) return `its trust policy is not readable: ${role.trust.reason}`;
  const braces = role.inline.find(
    ({ document }) => document.known && JSON.stringify(document.value).includes("{{"),
  );
  if (braces !== undefined) {
    return `its policy ${braces.name} holds \`{{\`, which starts a parameter in documents`;
  }
  const read = trustWays(role.trust.value, { ...scope, role, home });
  if ("problem" in read) return read.problem;
  return read.ways.length === 0 ? "its trust policy allows no one" : read.ways;
}

/** Roles of workloads, which no one assumes and which assume nothing, do not belong in an access map. */
function servicesOnly(nodes: ReadonlyMap<string, RoleNode>): readonly string[] {
  const callers = new Set(
    [...nodes.values()].flatMap(({ ways }) => ways.flatMap(({ callerArn }) => callerArn ?? [])),
  );
  return [...nodes].flatMap(([arn, { ways }]) => {
    const isService = ways.every(({ principal }) =>
      ["service", "instanceProfile", "podIdentity"].some((kind) => kind in principal),
    );
    return isService && !callers.has(arn) ? [arn] : [];
  });
}
