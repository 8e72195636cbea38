import { planMap, trustStatements } from "../../../support/plans/planned-map";
import { samplePlans } from "../../../support/arbitrary/sample-plans";

test("OI-02, OI-13: a federated statement names one provider, of the role's own account", () => {
  const kinds = { oidc: 0, saml: 0 };
  for (const { plan } of samplePlans()) {
    for (const { account, statement } of trustStatements(plan)) {
      const { Principal } = statement;
      if (typeof Principal !== "object" || Principal.Federated === undefined) continue;
      const home = `arn:${account.partition}:iam::${account.id}:`;
      const provider = Principal.Federated;
      if (typeof provider !== "string") throw new Error("a statement names several providers");
      expect(provider.startsWith(home)).toBe(true);
      kinds[provider.includes(":saml-provider/") ? "saml" : "oidc"] += 1;
    }
  }
  expect(Math.min(kinds.oidc, kinds.saml)).toBeGreaterThan(50);
});

test.each([
  ["aws", "ec2.amazonaws.com"],
  ["aws-cn", "ec2.amazonaws.com.cn"],
  ["aws-us-gov", "ec2.amazonaws.com"],
])("EC-01: roles of instance profiles in %s trust %s", (partition, service) => {
  const { plan } = planMap({
    defaults: { partition },
    accounts: { data: { id: "111111111111" } },
    hubs: { collector: { account: "data", principals: { instances: { instanceProfile: {} } } } },
    chains: {
      reporting: {
        start: { instanceProfile: { account: "data" } },
        steps: [{ roles: { orders: { account: "data" } } }],
      },
    },
  });
  const carried = plan.accounts
    .flatMap(({ roles }) => roles)
    .filter(({ instanceProfiles }) => instanceProfiles.length > 0);
  expect(carried.map(({ name }) => name)).toEqual(["reporting", "collector"]);
  for (const { trust } of carried) {
    expect(trust.Statement.map(({ Principal, Action }) => ({ Principal, Action }))).toEqual([
      { Principal: { Service: service }, Action: "sts:AssumeRole" },
    ]);
  }
});
