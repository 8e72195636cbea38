import { planFindings, planMap } from "./support/planned-map";
import type { PlannedMap } from "./support/planned-map";

function chainMap(chains: string): string {
  return `
version: 1
organizations: { main: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  app: { id: "222222222222" }
  data: { id: "333333333333" }
hubs:
  automation: { account: tools, principals: { bot: { user: { name: bot } } } }
  other: { account: tools, principals: { bot: { user: { name: bot } } } }
spokes:
  deployer: { hubs: [automation], accounts: { keys: [app, data] }, externalId: "deploy-{{account.key}}" }
chains:
${chains}`;
}

function stepsOf({ plan }: PlannedMap, key: string): string[][] {
  const chain = plan.chains.find((each) => each.key === key);
  return (chain?.steps ?? []).map((roles) =>
    roles.map(({ account, role }) => `${account.key}: ${role.id}`),
  );
}

function resourcesOf(planned: PlannedMap, account: string, id: string): unknown {
  return planned.permission(account, id)[0]?.Resource;
}

describe("a chain", () => {
  test("goes from an instance profile through a hub into the hub's spokes", () => {
    const planned = planMap(
      chainMap(`
  work:
    start: { instanceProfile: { account: app, role: worker, profile: worker-profile } }
    steps: [{ hub: automation }, { spoke: deployer }]
`),
    );
    expect(stepsOf(planned, "work")).toEqual([
      ["tools: hub-automation"],
      ["app: spoke-deployer", "data: spoke-deployer"],
    ]);
    expect(planned.role("app", "chain-work").instanceProfiles).toEqual(["worker-profile"]);
    expect(resourcesOf(planned, "app", "chain-work")).toBe(
      "arn:aws:iam::111111111111:role/automation",
    );
    expect(planned.trust("tools", "hub-automation").map(({ Sid }) => Sid)).toEqual([
      "Bot",
      "ChainWork",
    ]);
    expect(planned.trust("app", "spoke-deployer").map(({ Sid }) => Sid)).toEqual(["HubAutomation"]);
  });

  test("fans out: each role of a step may assume each role of the next", () => {
    const planned = planMap(
      chainMap(`
  work:
    start: { instanceProfile: { account: app, role: worker } }
    steps:
      - roles: { one: { account: app }, two: { account: data } }
      - roles: { three: { account: app }, four: { account: data } }
`),
    );
    const last = ["arn:aws:iam::222222222222:role/three", "arn:aws:iam::333333333333:role/four"];
    expect(resourcesOf(planned, "app", "chain-work")).toEqual([
      "arn:aws:iam::222222222222:role/one",
      "arn:aws:iam::333333333333:role/two",
    ]);
    expect(resourcesOf(planned, "app", "chain-work__one")).toEqual(last);
    expect(resourcesOf(planned, "data", "chain-work__two")).toEqual(last);
    expect(planned.trust("app", "chain-work__three").map(({ Sid }) => Sid)).toEqual([
      "ChainWorkOne",
      "ChainWorkTwo",
    ]);
  });

  test("passes the external id of a spoke that it enters without a hub", () => {
    const planned = planMap(
      chainMap(`
  work:
    start: { instanceProfile: { account: app, role: worker } }
    steps: [{ spoke: deployer }]
`),
    );
    const asked = planned
      .trust("data", "spoke-deployer")
      .map(({ Sid, Condition }) => [Sid, Condition?.StringEquals?.["sts:ExternalId"]]);
    expect(asked).toEqual([
      ["HubAutomation", "deploy-data"],
      ["ChainWork", "deploy-data"],
    ]);
  });

  test("enters a hub or a role from another start under the conditions of that start", () => {
    const planned = planMap(
      chainMap(`
  work:
    start: { user: { account: tools, name: ann }, mfa: true }
    steps: [{ hub: automation }, { spoke: deployer }]
`),
    );
    expect(planned.trust("tools", "hub-automation")[1]).toEqual({
      Sid: "ChainWork",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:root" },
      Action: "sts:AssumeRole",
      Condition: {
        ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/ann" },
        Bool: { "aws:MultiFactorAuthPresent": "true" },
        StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
      },
    });
    expect(planned.grant("tools", "user-ann")[0]?.Resource).toBe(
      "arn:aws:iam::111111111111:role/automation",
    );
  });

  test("asks a principal for the external id of the first role, as it would ask a role", () => {
    const planned = planMap(
      chainMap(`
  work:
    start: { user: { account: tools, name: ann } }
    steps: [{ roles: { vault: { account: app, externalId: "vault-{{account.id}}" }, open: { account: app } } }]
`),
    );
    const conditionOf = (id: string): unknown =>
      planned.trust("app", id)[0]?.Condition?.StringEquals;
    expect(conditionOf("chain-work__vault")).toEqual({
      "aws:PrincipalOrgID": "o-exampleorg1",
      "sts:ExternalId": "vault-222222222222",
    });
    expect(conditionOf("chain-work__open")).toEqual({ "aws:PrincipalOrgID": "o-exampleorg1" });
    const edges = planned.plan.edges
      .filter(({ to }) => to.kind === "chain")
      .map(({ to, externalIds }) => [to.id, externalIds]);
    expect(edges).toEqual([
      ["chain-work__open", []],
      ["chain-work__vault", ["vault-222222222222"]],
    ]);
  });
});

describe("a chain that cannot be", () => {
  test("asks for an external ID that its start cannot pass (TR-19)", () => {
    const findings = planFindings(
      chainMap(`
  work:
    start: { githubActions: { repository: example-org/app, branch: main } }
    steps: [{ roles: { vault: { account: app, externalId: vault-id } } }]
`),
    );
    expect(findings).toEqual([
      {
        rule: "TR-19",
        line: 17,
        message:
          "`externalId` does not fit a chain that starts with a principal of kind `githubActions`: this kind of caller cannot pass one, so nobody could assume the role",
      },
    ]);
  });

  test("asks for two external ids at once", () => {
    const findings = planFindings(
      chainMap(`
  work:
    start: { user: { account: tools, name: ann }, externalId: start-id }
    steps: [{ roles: { vault: { account: app, externalId: vault-id } } }]
`),
    );
    expect(findings).toEqual([
      {
        rule: "chain-step",
        line: 17,
        message: "both the start of the chain and its first role require an external ID",
      },
    ]);
  });

  test("comes back to a role that it has passed (TR-22)", () => {
    const findings = planFindings(
      chainMap(`
  work:
    start: { user: { account: tools, name: ann } }
    steps: [{ hub: automation }, { spoke: deployer }, { hub: other }, { hub: automation }]
`),
    );
    expect(findings).toEqual([
      {
        rule: "TR-22",
        line: 17,
        message:
          "the chain returns to an earlier role: automation -> deployer -> other -> automation",
      },
    ]);
  });

  test("goes from a hub into a spoke that is not the hub's", () => {
    const findings = planFindings(
      chainMap(`
  work:
    start: { user: { account: tools, name: ann } }
    steps: [{ hub: other }, { spoke: deployer }]
`),
    );
    expect(findings).toEqual([
      {
        rule: "chain-step",
        line: 17,
        message: "the spoke `deployer` does not belong to the hub before it, `other`",
      },
    ]);
  });
});

test("a role that nobody may enter is a finding (TR-22)", () => {
  const findings = planFindings(`
version: 1
accounts: { app: { id: "222222222222" } }
spokes:
  lonely: { accounts: { keys: [app] } }
`);
  expect(findings).toEqual([
    { rule: "TR-22", line: 5, message: "nobody can assume the role `lonely`" },
  ]);
});
