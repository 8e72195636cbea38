import { valuesOf } from "../../iam/policy-document";
import type { RoleNode } from "../access-graph";
import type { AccountFacts } from "../account-directory";

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
