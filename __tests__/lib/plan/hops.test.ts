import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { PolicyDocument } from "../../../lib/iam/policy-document";
import { refusalOf } from "./support/hop";
import { planMap } from "./support/planned-map";

const MAP = `
version: 1
organizations:
  main: { id: o-exampleorg1 }
  other: { id: o-exampleorg2 }
defaults: { organization: main, rolePath: /access/ }
accounts:
  tools: { id: "111111111111" }
  app: { id: "222222222222" }
  merged: { id: "333333333333", organization: other }
  alone: { id: "444444444444", organization: none }
hubs:
  automation:
    account: tools
    role: automation-hub
    principals:
      bot: { user: { name: bot } }
spokes:
  deployer:
    hubs: [automation]
    accounts: { keys: [tools, app, merged, alone] }
    externalId: deploy-{{account.key}}
chains:
  reporting:
    start: { instanceProfile: { account: app, role: reporting-instance } }
    steps:
      - roles:
          collector: { account: app, role: reporting-collector }
      - roles:
          orders: { account: merged, role: reporting-orders, externalId: reporting-orders }
`;

describe("a hub and its spokes", () => {
  const planned = planMap(MAP);

  test.each(["tools", "app", "merged", "alone"])(
    "the spoke in `%s` lets in the hub alone, by account, ARN, organization and external id",
    (account) => {
      expect(planned.trust(account, "spoke-deployer")).toEqual([
        {
          Sid: "HubAutomation",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::111111111111:root" },
          Action: "sts:AssumeRole",
          Condition: {
            ArnEquals: {
              "aws:PrincipalArn": "arn:aws:iam::111111111111:role/access/automation-hub",
            },
            StringEquals: {
              "aws:PrincipalOrgID": "o-exampleorg1",
              "sts:ExternalId": `deploy-${account}`,
            },
          },
        },
      ]);
    },
  );

  test("the hub may assume exactly its spokes, and is denied what lies outside", () => {
    expect(planned.permission("tools", "hub-automation")).toEqual([
      {
        Sid: "AssumeDeclaredRoles",
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: [
          "arn:aws:iam::111111111111:role/access/deployer",
          "arn:aws:iam::222222222222:role/access/deployer",
          "arn:aws:iam::333333333333:role/access/deployer",
          "arn:aws:iam::444444444444:role/access/deployer",
        ],
      },
      {
        Sid: "DenyOutsideTargets",
        Effect: "Deny",
        Action: "sts:AssumeRole",
        NotResource: "arn:aws:iam::444444444444:role/access/deployer",
        Condition: { StringNotEquals: { "aws:ResourceOrgID": ["o-exampleorg1", "o-exampleorg2"] } },
      },
    ]);
  });

  test("a spoke that leads nowhere gets no permission to assume anything", () => {
    expect(planned.role("app", "spoke-deployer").policies).toEqual({
      inline: [],
      customer: [],
      managed: [],
    });
  });

  test("a hub without an organization asks for none and denies all other accounts", () => {
    const alone = planMap(`
version: 1
accounts:
  tools: { id: "111111111111" }
  app: { id: "222222222222" }
hubs:
  automation: { account: tools, principals: { bot: { user: { name: bot } } } }
spokes:
  deployer: { hubs: [automation], accounts: { keys: [app] } }
`);
    expect(alone.trust("app", "spoke-deployer")[0]?.Condition).toEqual({
      ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/automation" },
    });
    expect(alone.permission("tools", "hub-automation")[1]).toEqual({
      Sid: "DenyOutsideTargets",
      Effect: "Deny",
      Action: "sts:AssumeRole",
      Resource: "*",
      Condition: { StringNotEquals: { "aws:ResourceAccount": "222222222222" } },
    });
  });
});

describe("a chain from an instance profile", () => {
  const planned = planMap(MAP);

  test("begins with a role that only EC2 may take on", () => {
    expect(planned.trust("app", "chain-reporting")).toEqual([
      {
        Sid: "InstanceProfile",
        Effect: "Allow",
        Principal: { Service: "ec2.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ]);
  });

  test("permits each role the next one and no other", () => {
    const deny = {
      Sid: "DenyOutsideTargets",
      Effect: "Deny",
      Action: "sts:AssumeRole",
      Resource: "*",
    };
    const allow = { Sid: "AssumeDeclaredRoles", Effect: "Allow", Action: "sts:AssumeRole" };
    expect(planned.permission("app", "chain-reporting")).toEqual([
      { ...allow, Resource: "arn:aws:iam::222222222222:role/access/reporting-collector" },
      {
        ...deny,
        Condition: { StringNotEquals: { "aws:ResourceOrgID": "o-exampleorg1" } },
      },
    ]);
    expect(planned.permission("app", "chain-reporting__collector")).toEqual([
      { ...allow, Resource: "arn:aws:iam::333333333333:role/access/reporting-orders" },
      {
        ...deny,
        Condition: { StringNotEquals: { "aws:ResourceOrgID": "o-exampleorg2" } },
      },
    ]);
    expect(planned.role("merged", "chain-reporting__orders").policies.inline).toEqual([]);
  });

  test("lets each role be entered from the one before it alone, never by EC2 (EC-04)", () => {
    const base = { Effect: "Allow", Action: "sts:AssumeRole" } as const;
    const Principal = { AWS: "arn:aws:iam::222222222222:root" };
    const path = "arn:aws:iam::222222222222:role/access";
    expect(planned.trust("app", "chain-reporting__collector")).toEqual([
      {
        ...base,
        Sid: "ChainReporting",
        Principal,
        Condition: {
          ArnEquals: { "aws:PrincipalArn": `${path}/reporting-instance` },
          StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
        },
      },
    ]);
    expect(planned.trust("merged", "chain-reporting__orders")).toEqual([
      {
        ...base,
        Sid: "ChainReportingCollector",
        Principal,
        Condition: {
          ArnEquals: { "aws:PrincipalArn": `${path}/reporting-collector` },
          StringEquals: {
            "aws:PrincipalOrgID": "o-exampleorg1",
            "sts:ExternalId": "reporting-orders",
          },
        },
      },
    ]);
  });
});

describe("every hop of the example organization", () => {
  const root = join(__dirname, "..", "..", "..");
  const documents = Object.fromEntries(
    readdirSync(join(root, "policies")).map((file) => [
      file.replace(/\.json$/, ""),
      JSON.parse(readFileSync(join(root, "policies", file), "utf8")) as PolicyDocument,
    ]),
  );
  const { plan } = planMap(readFileSync(join(root, "accounts.yaml"), "utf8"), documents);
  const hops = plan.edges.flatMap(({ from, to, toAccount, externalIds }) =>
    from.kind === "role" ? [{ from, to: { role: to, account: toAccount }, externalIds }] : [],
  );

  test("is allowed by the caller's policies and by the trust policy", () => {
    expect(hops.length).toBeGreaterThan(20);
    for (const { from, to, externalIds } of hops) {
      const [externalId] = externalIds;
      expect(refusalOf(from, to, externalId === undefined ? {} : { externalId })).toBe("none");
    }
  });

  test("is refused by the trust policy without its external id", () => {
    const asking = hops.filter(({ externalIds }) => externalIds.length > 0);
    expect(asking.map(({ from, to }) => refusalOf(from, to))).toEqual(asking.map(() => "trust"));
    expect(asking.length).toBeGreaterThan(5);
  });

  test("is the only way between its two roles: all others are refused by both halves", () => {
    const declared = new Set(hops.map(({ from, to }) => `${from.role.arn} ${to.role.arn}`));
    const roles = plan.accounts.flatMap(({ account, roles }) =>
      roles.map((role) => ({ account, role })),
    );
    for (const from of roles) {
      for (const to of roles) {
        if (declared.has(`${from.role.arn} ${to.role.arn}`)) continue;
        expect([from.role.arn, to.role.arn, refusalOf(from, to)]).toEqual([
          from.role.arn,
          to.role.arn,
          "both",
        ]);
      }
    }
  });
});
