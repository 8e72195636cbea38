import type { AccessGraph, RoleNode } from "../../access/access-graph";
import type { AccountDirectory, AccountFacts } from "../../access/environment";
import { valuesOf } from "../../iam/policy-document";

/**
 * The organizations of which a trust policy wants its callers to be: an account of which nothing is known may be
 * in each of them.
 */
export function trustedOrganizations({ trust }: RoleNode): readonly AccountFacts[] {
  const found = new Map<string, AccountFacts>();
  for (const { Effect, Condition = {} } of trust.known ? trust.value.Statement : []) {
    if (Effect !== "Allow") continue;
    const values = (key: string): readonly string[] =>
      Object.values(Condition).flatMap((tested) =>
        Object.entries(tested).flatMap(([name, list]) =>
          name.toLowerCase() === key ? valuesOf(list) : [],
        ),
      );
    const paths = values("aws:principalorgpaths").map((path) => ({
      organizationId: path.split("/")[0] ?? "",
      organizationPath: example(path),
    }));
    const ids = values("aws:principalorgid").map((id) => ({ organizationId: example(id) }));
    for (const facts of [...paths, ...ids]) found.set(JSON.stringify(facts), facts);
  }
  return [...found.values()];
}

function example(pattern: string): string {
  return pattern.replace(/\*$/, "").replace(/[*?]/g, "x");
}

/**
 * Where no map says it: all accounts of a tree are taken to be in the organization that its policies name most,
 * or in none where they name none.
 */
export function accountsWithoutMap({ accounts, roles }: AccessGraph): AccountDirectory {
  const named = new Map<string, number>();
  for (const { trust, policies } of roles.values()) {
    const text = JSON.stringify([trust, policies]);
    for (const [id] of text.matchAll(/\bo-[a-z0-9]{10,32}\b/g)) {
      named.set(id, (named.get(id) ?? 0) + 1);
    }
  }
  const [most] = [...named].sort(([a, times], [b, more]) => more - times || (a < b ? -1 : 1));
  const facts: AccountFacts = most === undefined ? {} : { organizationId: most[0] };
  return new Map([...accounts.keys()].map((id) => [id, facts]));
}
