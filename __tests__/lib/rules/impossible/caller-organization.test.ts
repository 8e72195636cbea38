import { parseAwsPrincipal } from "../../../../lib/iam/condition/aws-principal";
import { conditionsIn, trustStatements } from "../../../support/plans/planned-map";
import type { TrustStatement } from "../../../support/plans/planned-map";
import { samplePlans } from "../../../support/arbitrary/sample-plans";

const ORGANIZATION_KEY = /^aws:PrincipalOrg/i;

/** Runs over the trust statements of many maps, with the organization of each account by its id. */
function everyStatement(
  check: (
    statement: TrustStatement,
    organizations: ReadonlyMap<string, string | undefined>,
  ) => void,
): void {
  for (const { map, plan } of samplePlans()) {
    const organizations = new Map(
      [...map.accounts.values()].map(({ id, organization }) => [id as string, organization?.id]),
    );
    for (const statement of trustStatements(plan)) check(statement, organizations);
  }
}

function awsPrincipal({ statement }: TrustStatement): string | undefined {
  const { Principal } = statement;
  if (typeof Principal !== "object" || typeof Principal.AWS !== "string") return undefined;
  return Principal.AWS;
}

test("CK-02: the organization of a caller is asked for wherever it is in one, and nowhere else", () => {
  const seen = { members: 0, others: 0 };
  everyStatement((each, organizations) => {
    const principal = parseAwsPrincipal(awsPrincipal(each) ?? "");
    const id =
      principal.form === "account"
        ? principal.accountId
        : principal.form === "entity"
          ? (principal.arn.split(":")[4] ?? "")
          : undefined;
    if (id === undefined) return;
    const expected = organizations.get(id);
    const asked = each.statement.Condition?.StringEquals?.["aws:PrincipalOrgID"];
    expect(asked).toEqual(expected === undefined ? undefined : [expected]);
    seen[expected === undefined ? "others" : "members"] += 1;
  });
  expect(Math.min(seen.members, seen.others)).toBeGreaterThan(50);
});

test("CK-03, CK-04: no organization is asked of services and federated callers", () => {
  const kinds = { Service: 0, Federated: 0 };
  everyStatement(({ statement }) => {
    const { Principal } = statement;
    const kind =
      typeof Principal === "object" && Principal.Service !== undefined
        ? "Service"
        : typeof Principal === "object" && Principal.Federated !== undefined
          ? "Federated"
          : undefined;
    if (kind === undefined) return;
    kinds[kind] += 1;
    expect(conditionsIn(statement).filter(({ key }) => ORGANIZATION_KEY.test(key))).toEqual([]);
  });
  expect(Math.min(kinds.Service, kinds.Federated)).toBeGreaterThan(50);
});

test("CK-05: a unit is asked for with ForAnyValue, its children by what follows the last slash", () => {
  const seen = new Set<string>();
  everyStatement(({ statement }) => {
    for (const { operator, key, values } of conditionsIn(statement)) {
      if (key !== "aws:PrincipalOrgPaths") continue;
      seen.add(`${operator} ${String(values)}`);
    }
  });
  expect([...seen].sort()).toEqual([
    "ForAnyValue:StringEquals o-exampleorg1/r-ex01/",
    "ForAnyValue:StringEquals o-exampleorg1/r-ex01/ou-ex01-workload/",
    "ForAnyValue:StringLike o-exampleorg1/r-ex01/*",
    "ForAnyValue:StringLike o-exampleorg1/r-ex01/ou-ex01-workload/*",
  ]);
});

test("SEED-4: a trust for AWS principals is bound to an account or to an organization", () => {
  const bindings = { account: 0, organization: 0 };
  everyStatement((each) => {
    const value = awsPrincipal(each);
    if (value === undefined) return;
    const { form } = parseAwsPrincipal(value);
    const organization = each.statement.Condition?.StringEquals?.["aws:PrincipalOrgID"];
    if (form === "account" || form === "entity") bindings.account += 1;
    else if (organization !== undefined) bindings.organization += 1;
    else throw new Error(`a statement for ${value} is bound to nothing`);
  });
  expect(Math.min(bindings.account, bindings.organization)).toBeGreaterThan(50);
});
