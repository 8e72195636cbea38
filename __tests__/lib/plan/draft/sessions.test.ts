import type { Statement } from "../../../../lib/iam/policy-document";
import { refusalOf } from "../support/hop";
import type { Located } from "../support/hop";
import { planMap } from "../support/planned-map";
import type { PlannedMap } from "../support/planned-map";

/** Two hubs: people bring a source identity and a transitive tag, machines nothing. A chain goes on behind each. */
const MAP = `
version: 1
organizations: { main: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  app: { id: "222222222222" }
  data: { id: "333333333333" }
hubs:
  people:
    account: tools
    principals:
      engineers:
        permissionSet: { name: Engineer }
        sourceIdentity: { values: ["*@example.com"] }
        sessionTags:
          team: { values: [shop, data], transitive: true }
          ticket: {}
      visitors: { permissionSet: { name: Visitor } }
  machines:
    account: tools
    principals:
      bot: { user: { name: bot } }
spokes:
  reader: { hubs: [people], accounts: { keys: [app, data] } }
  shared: { hubs: [machines, people], accounts: { keys: [app] } }
  deployer: { hubs: [machines], accounts: { keys: [app] } }
chains:
  inspect:
    start: { permissionSet: { account: tools, name: Auditor } }
    steps:
      - hub: people
      - spoke: reader
      - roles: { archive: { account: data } }
      - roles: { vault: { account: app, externalId: vault-id } }
`;

const IDENTITY = { inheritedIdentity: "ann@example.com" };
const TAGS = { tags: { team: "shop" } };

function actionsOf(statements: readonly Statement[]): unknown[] {
  return statements.map(({ Sid, Action }) => [Sid, Action]);
}

function at(planned: PlannedMap, account: string, id: string): Located {
  return { role: planned.role(account, id), account: planned.account(account).account };
}

describe("what a session carries", () => {
  const planned = planMap(MAP);
  const hub = at(planned, "tools", "hub-people");
  const spoke = at(planned, "app", "spoke-reader");
  const archive = at(planned, "data", "chain-inspect__archive");
  const vault = at(planned, "app", "chain-inspect__vault");
  const hops = [
    { hop: "the hub to the spoke", from: hub, to: spoke, id: {} },
    { hop: "the spoke to the next role", from: spoke, to: archive, id: {} },
    { hop: "that to the last one", from: archive, to: vault, id: { externalId: "vault-id" } },
  ];

  test("is let in by the spoke in statements without the external id (TR-17, TR-18)", () => {
    const base = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::333333333333:root" } };
    const bound = {
      ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::333333333333:role/archive" },
      StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
    };
    expect(planned.trust("app", "chain-inspect__vault")).toEqual([
      {
        ...base,
        Sid: "ChainInspectArchive",
        Action: "sts:AssumeRole",
        Condition: {
          ...bound,
          StringEquals: { ...bound.StringEquals, "sts:ExternalId": "vault-id" },
        },
      },
      {
        ...base,
        Sid: "ChainInspectArchiveSourceIdentity",
        Action: "sts:SetSourceIdentity",
        Condition: bound,
      },
      {
        ...base,
        Sid: "ChainInspectArchiveTagSession",
        Action: "sts:TagSession",
        Condition: { ...bound, "ForAllValues:StringEquals": { "aws:TagKeys": "team" } },
      },
    ]);
  });

  test("is permitted to every role on the way", () => {
    const all = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"];
    expect(planned.permission("tools", "hub-people")[0]?.Action).toEqual(all);
    expect(planned.permission("app", "spoke-reader")[0]?.Action).toEqual(all);
    expect(planned.permission("data", "spoke-reader")[0]?.Action).toEqual(all);
    expect(planned.permission("data", "chain-inspect__archive")[0]?.Action).toEqual(all);
  });

  test.each(hops)("passes from $hop with identity and transitive tag", ({ from, to, id }) => {
    expect(refusalOf(from, to, { ...id, ...IDENTITY, ...TAGS })).toBe("none");
  });

  test.each(hops)(
    "does not pass from $hop with a tag that is not transitive",
    ({ from, to, id }) => {
      expect(refusalOf(from, to, { ...id, tags: { ticket: "T-1" } })).toBe("trust");
    },
  );

  test("does not reach roles that only machines enter", () => {
    expect(actionsOf(planned.trust("app", "spoke-deployer"))).toEqual([
      ["HubMachines", "sts:AssumeRole"],
    ]);
    expect(planned.permission("tools", "hub-machines")[0]?.Action).toBe("sts:AssumeRole");
    const machines = at(planned, "tools", "hub-machines");
    expect(refusalOf(machines, at(planned, "app", "spoke-deployer"), IDENTITY)).toBe("both");
  });

  test("is let into a role of two hubs from the hub that brings it alone", () => {
    expect(actionsOf(planned.trust("app", "spoke-shared"))).toEqual([
      ["HubMachines", "sts:AssumeRole"],
      ["HubPeople", "sts:AssumeRole"],
      ["HubPeopleSourceIdentity", "sts:SetSourceIdentity"],
      ["HubPeopleTagSession", "sts:TagSession"],
    ]);
  });
});

describe("tags that a kind of caller always brings", () => {
  const start = (principal: string): PlannedMap =>
    planMap(`
version: 1
accounts: { app: { id: "111111111111" }, data: { id: "222222222222" } }
chains:
  work:
    start: ${principal}
    steps:
      - roles: { first: { account: app } }
      - roles: { second: { account: data } }
`);

  test("those of pods are transitive and are let in on the next hop", () => {
    const planned = start("{ podIdentity: { namespace: shop } }");
    expect(planned.trust("data", "chain-work__second").slice(1)).toEqual([
      {
        Sid: "ChainWorkFirstTagSession",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111111111111:root" },
        Action: "sts:TagSession",
        Condition: {
          ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/first" },
          "ForAllValues:StringEquals": {
            "aws:TagKeys": [
              "eks-cluster-arn",
              "eks-cluster-name",
              "kubernetes-namespace",
              "kubernetes-pod-name",
              "kubernetes-pod-uid",
              "kubernetes-service-account",
            ],
          },
        },
      },
    ]);
    expect(planned.permission("app", "chain-work__first")[0]?.Action).toEqual([
      "sts:AssumeRole",
      "sts:TagSession",
    ]);
  });

  test("the source identity of IAM Roles Anywhere goes on, its tags do not", () => {
    const anchor = "arn:aws:rolesanywhere:eu-central-1:111111111111:trust-anchor/anchor";
    const planned = start(`{ rolesAnywhere: { trustAnchor: "${anchor}" } }`);
    expect(actionsOf(planned.trust("data", "chain-work__second"))).toEqual([
      ["ChainWorkFirst", "sts:AssumeRole"],
      ["ChainWorkFirstSourceIdentity", "sts:SetSourceIdentity"],
    ]);
  });

  test("an instance brings nothing", () => {
    const planned = start("{ instanceProfile: { account: app, role: instance } }");
    expect(actionsOf(planned.trust("app", "chain-work__first"))).toEqual([
      ["ChainWork", "sts:AssumeRole"],
    ]);
    expect(planned.permission("app", "chain-work")[0]?.Action).toBe("sts:AssumeRole");
  });
});
