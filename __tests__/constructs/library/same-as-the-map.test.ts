import { HubRole, InstanceProfileChain, SpokeRole, githubActions, permissionSet } from "trustwheel";
import type { InstanceProfileChainProps } from "trustwheel";
import { synthesizeMap } from "../../support/project";
import { DATA, READ_LOGS, Resources, SHOP, TOOLS, synthesized } from "./library-stack";

const MAP = `
version: 1
organizations: { example: { id: o-exampleorg1 } }
defaults: { rolePath: /access/ }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
  data: { id: "333333333333" }
hubs:
  people:
    account: tools
    role: people-hub
    principals:
      pipeline:
        githubActions: { repository: example-org/platform, branch: main }
      engineers:
        permissionSet: { name: Engineer }
        sourceIdentity: { values: ["*@example.com"] }
        sessionTags: { ticket: { transitive: true } }
spokes:
  reader:
    hubs: [people]
    accounts: { keys: [shop, data] }
    externalId: [current-id, previous-id]
    permissions:
      managed: [job-function/ViewOnlyAccess]
      documents: [read-logs]
chains:
  reporting:
    start:
      instanceProfile: { account: data, role: reporting-instance, profile: reporting }
    steps:
      - roles:
          collector: { account: data, role: collector }
      - roles:
          orders: { account: shop, role: orders, externalId: orders-id }
          stock: { account: shop, role: stock }
`;

const path = "/access/";
const READERS = [
  { account: SHOP, roleName: "reader", path },
  { account: DATA, roleName: "reader", path },
];
const CHAIN: InstanceProfileChainProps = {
  account: DATA,
  roleName: "reporting-instance",
  path,
  profileName: "reporting",
  steps: [
    { collector: { account: DATA, roleName: "collector", path } },
    {
      orders: { account: SHOP, roleName: "orders", path, externalIds: ["orders-id"] },
      stock: { account: SHOP, roleName: "stock", path },
    },
  ],
};

describe("the same setup by constructs and by the map", () => {
  const map = synthesizeMap(MAP, { "read-logs": READ_LOGS });
  const stacks = new Map<string, Resources>();

  stacks.set(
    "tools",
    synthesized((scope) => new HubRole(scope, "people", peopleHub())),
  );
  for (const [key, account] of [
    ["shop", SHOP],
    ["data", DATA],
  ] as const) {
    stacks.set(
      key,
      synthesized((scope) => {
        new SpokeRole(scope, "reader", {
          account,
          roleName: "reader",
          path,
          hubs: {
            people: {
              account: TOOLS,
              roleName: "people-hub",
              path,
              sourceIdentity: true,
              transitiveTags: ["ticket"],
            },
          },
          externalIds: ["current-id", "previous-id"],
          managedPolicies: ["job-function/ViewOnlyAccess"],
          policies: { "read-logs": READ_LOGS },
        });
        new InstanceProfileChain(scope, "reporting", { ...CHAIN, inAccount: account });
      }),
    );
  }

  test.each(["tools", "shop", "data"])("makes the same roles and documents in %s", (account) => {
    const mapped = new Resources(map.stack(account));
    const made = stacks.get(account);
    const names = (resources: Resources | undefined, type: string): unknown[] =>
      (resources?.ofType(type) ?? []).map(({ name }) => name).sort();
    const roles = names(mapped, "aws_iam_role") as string[];
    expect(roles.length).toBeGreaterThan(0);
    expect(names(made, "aws_iam_role")).toEqual(roles);
    for (const role of roles) {
      expect(made?.role(role).assume_role_policy).toBe(mapped.role(role).assume_role_policy);
      expect(made?.inlinePolicies(role)).toEqual(mapped.inlinePolicies(role));
    }
    expect(names(made, "aws_iam_instance_profile")).toEqual(
      names(mapped, "aws_iam_instance_profile"),
    );
    const attached = (resources: Resources | undefined): unknown[] =>
      (resources?.ofType("aws_iam_role_policy_attachment") ?? []).map((each) => each.policy_arn);
    expect(attached(made)).toEqual(attached(mapped));
    expect(made?.counts()).toEqual(mapped.counts());
  });
});

function peopleHub(): ConstructorParameters<typeof HubRole>[2] {
  return {
    account: TOOLS,
    roleName: "people-hub",
    path,
    principals: {
      pipeline: githubActions({ repository: "example-org/platform", branch: "main" }),
      engineers: permissionSet(
        { name: "Engineer" },
        {
          sourceIdentity: { values: ["*@example.com"] },
          sessionTags: { ticket: { transitive: true } },
        },
      ),
    },
    spokes: READERS,
  };
}
