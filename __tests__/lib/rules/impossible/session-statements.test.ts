import { evaluateStatement } from "../../../../lib/iam/condition/evaluate-statement";
import { requestContext } from "../../../../lib/iam/condition/request-context";
import type { Statement } from "../../../../lib/iam/policy-document";
import { POD_IDENTITY_TAGS } from "../../../../lib/plan/session-context";
import { conditionsIn, planMap, trustStatements } from "../../../support/plans/planned-map";
import { samplePlans } from "../../../support/arbitrary/sample-plans";

function everyStatement(check: (statement: Statement) => void): void {
  for (const { plan } of samplePlans()) {
    for (const { statement } of trustStatements(plan)) check(statement);
  }
}

test("TR-18: tagging a session and setting a source identity stand apart, without an external ID", () => {
  const seen: Record<string, number> = {};
  everyStatement((statement) => {
    const action = String(statement.Action);
    seen[action] = (seen[action] ?? 0) + 1;
    if (action !== "sts:TagSession" && action !== "sts:SetSourceIdentity") return;
    const keys = conditionsIn(statement).map(({ key }) => key);
    expect(keys.filter((key) => /^sts:(?:ExternalId|RoleSessionName)$/i.test(key))).toEqual([]);
  });
  expect(Object.keys(seen).sort()).toEqual([
    "sts:AssumeRole",
    "sts:AssumeRoleWithSAML",
    "sts:AssumeRoleWithWebIdentity",
    "sts:SetSourceIdentity",
    "sts:TagSession",
  ]);
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
});

test("TR-15b: a caller that chooses its tags may pass those alone that are declared", () => {
  let judged = 0;
  everyStatement((statement) => {
    const { Principal } = statement;
    const chooses = typeof Principal === "object" && Principal.Service === undefined;
    if (statement.Action !== "sts:TagSession" || !chooses) return;
    judged += 1;
    const undeclared = requestContext({ "aws:TagKeys": ["access-level"] });
    const keys = conditionsIn(statement).filter(({ key }) => key === "aws:TagKeys");
    expect(keys.map(({ operator }) => operator)).toEqual(["ForAllValues:StringEquals"]);
    const alone = {
      ...statement,
      Condition: { [keys[0]?.operator ?? ""]: { "aws:TagKeys": keys[0]?.values ?? [] } },
    };
    const request = {
      caller: { kind: "user", arn: "arn:aws:iam::111111111111:user/alpha" },
      action: "sts:TagSession",
      resource: "arn:aws:iam::111111111111:role/r",
      context: undeclared,
    } as const;
    const { outcome } = evaluateStatement(
      "trust",
      { ...alone, Principal: { AWS: "*" } },
      request,
      true,
    );
    expect(outcome).toBe("no-match");
  });
  expect(judged).toBeGreaterThan(50);
});

test("TR-15b: a tag with declared values is limited to them", () => {
  const seen = new Set<string>();
  everyStatement((statement) => {
    for (const { operator, key, values } of conditionsIn(statement)) {
      if (key === "aws:RequestTag/team") seen.add(`${operator} ${String(values)}`);
    }
  });
  expect([...seen].sort()).toEqual(["StringEquals shop", "StringLike shop,da*"]);
});

test("CK-18: an external ID is asked for without IfExists, by letters", () => {
  const operators = new Set<string>();
  everyStatement((statement) => {
    for (const { operator, key } of conditionsIn(statement)) {
      if (/^sts:ExternalId$/i.test(key)) operators.add(operator);
    }
  });
  expect([...operators]).toEqual(["StringEquals"]);
});

test("EC-09: nobody is asked for the name of the session", () => {
  everyStatement((statement) => {
    const keys = conditionsIn(statement).map(({ key }) => key.toLowerCase());
    expect(keys).not.toContain("sts:rolesessionname");
  });
});

test("OI-16: the role behind Pod Identity may go on with its tags, which stand in a statement of their own", () => {
  const { plan } = planMap({
    accounts: { cluster: { id: "111111111111" }, shop: { id: "222222222222" } },
    chains: {
      collect: {
        start: { podIdentity: { namespace: "monitoring" } },
        steps: [
          { roles: { collector: { account: "cluster" } } },
          { roles: { orders: { account: "shop", externalId: "collect-orders" } } },
        ],
      },
    },
  });
  const orders = plan.accounts.flatMap(({ roles }) => roles).find(({ name }) => name === "orders");
  const caller = {
    Principal: { AWS: "arn:aws:iam::111111111111:root" },
    pin: { "aws:PrincipalArn": ["arn:aws:iam::111111111111:role/collector"] },
  };
  expect(
    orders?.trust.Statement.map(({ Action, Principal, Condition }) => ({
      Action,
      Principal,
      Condition,
    })),
  ).toEqual([
    {
      Action: "sts:AssumeRole",
      Principal: caller.Principal,
      Condition: {
        ArnEquals: caller.pin,
        StringEquals: { "sts:ExternalId": ["collect-orders"] },
      },
    },
    {
      Action: "sts:TagSession",
      Principal: caller.Principal,
      Condition: {
        ArnEquals: caller.pin,
        "ForAllValues:StringEquals": { "aws:TagKeys": POD_IDENTITY_TAGS },
      },
    },
  ]);
});
