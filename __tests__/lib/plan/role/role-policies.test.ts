import { valuesOf } from "../../../../lib/iam/policy-document";
import type { PolicyDocument } from "../../../../lib/iam/policy-document";
import { planFindings, planMap } from "../support/planned-map";

function roleWith(settings: string, principals = "bot: { user: { name: bot } }"): string {
  return `
version: 1
organizations: { main: { id: o-exampleorg1 } }
defaults: { rolePath: /access/ }
accounts:
  tools: { id: "111111111111" }
  app: { id: "222222222222" }
hubs:
  automation:
    account: tools
    principals: { ${principals} }
    ${settings}
spokes:
  deployer: { hubs: [automation], accounts: { keys: [app] } }
`;
}

function reading(bucket: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${bucket}/*` }],
  };
}

/** A document of some statements, each of about 1,000 characters. */
function large(statements: number): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: Array.from({ length: statements }, (_, index) => ({
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${"b".repeat(930)}${index}`,
    })),
  };
}

describe("the permissions of a role", () => {
  test("are its permission to assume others, its documents and its statements, each inline by name", () => {
    const permissions = `permissions:
      documents: [read-logs]
      statements: [{ Sid: Names, Effect: Allow, Action: ["iam:ListRoles", "iam:GetRole"], Resource: "*" }]`;
    const planned = planMap(roleWith(permissions), { "read-logs": reading("logs") });
    const { inline, customer, managed } = planned.role("tools", "hub-automation").policies;
    expect(inline.map(({ name }) => name)).toEqual(["assume-roles", "read-logs", "statements"]);
    expect([customer, managed]).toEqual([[], []]);
    expect(planned.inline("tools", "hub-automation", "statements")).toEqual([
      { Sid: "Names", Effect: "Allow", Action: ["iam:GetRole", "iam:ListRoles"], Resource: "*" },
    ]);
  });

  test("find AWS managed policies by name and path, and take an ARN as it is", () => {
    const managed =
      'permissions: { managed: [job-function/ViewOnlyAccess, "arn:aws:iam::111111111111:policy/ours/Extra.One"] }';
    const planned = planMap(roleWith(managed));
    expect(planned.role("tools", "hub-automation").policies.managed).toMatchObject([
      { name: "ViewOnlyAccess", arn: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess" },
      { name: "Extra-One", arn: "arn:aws:iam::111111111111:policy/ours/Extra.One" },
    ]);
  });

  test("move into customer managed policies, named after the role, where they do not fit inline", () => {
    const planned = planMap(roleWith("permissions: { documents: [first, second] }"), {
      first: large(8),
      second: large(8),
    });
    const { inline, customer } = planned.role("tools", "hub-automation").policies;
    expect(inline.map(({ name }) => name)).toEqual(["assume-roles", "first"]);
    expect(customer.map(({ name, path, arn }) => [name, path, arn])).toEqual([
      [
        "automation-second",
        "/access/",
        "arn:aws:iam::111111111111:policy/access/automation-second",
      ],
      [
        "automation-second-2",
        "/access/",
        "arn:aws:iam::111111111111:policy/access/automation-second-2",
      ],
    ]);
  });

  test.each([
    ["statements", "statements: [{ Effect: Allow, Action: s3:GetObject, Resource: '*' }]"],
    ["assume-roles", ""],
    ["assume-roles-1", ""],
  ])("have a name of their own: a document must not be called `%s`", (name, more) => {
    const permissions = `permissions: { documents: [${name}]${more === "" ? "" : `, ${more}`} }`;
    expect(planFindings(roleWith(permissions), { [name]: reading("logs") })).toEqual([
      {
        rule: "policy-name",
        line: 12,
        message: `the role already has a policy \`${name}\`, generated from the map`,
      },
    ]);
  });

  test("may have a document called `statements` where the map writes none in place", () => {
    const planned = planMap(roleWith("permissions: { documents: [statements] }"), {
      statements: reading("logs"),
    });
    expect(planned.inline("tools", "hub-automation", "statements")).toEqual(
      reading("logs").Statement,
    );
  });

  test("cannot hold two managed policies of one name: one of them would be lost", () => {
    const permissions =
      'permissions: { managed: [ReadOnlyAccess, "arn:aws:iam::111111111111:policy/ReadOnlyAccess"] }';
    expect(planFindings(roleWith(permissions))).toEqual([
      {
        rule: "policy-name",
        line: 12,
        message: "the role already has a managed policy `ReadOnlyAccess`",
      },
    ]);
  });

  test("are refused where the name of a managed policy that is made would be too long (ID-35)", () => {
    const document = "d".repeat(80);
    const settings = `role: ${"r".repeat(60)}\n    permissions: { documents: [filler, ${document}] }`;
    const findings = planFindings(roleWith(settings), { filler: large(8), [document]: large(5) });
    expect(findings.map(({ rule, line }) => [rule, line])).toEqual([["ID-35", 9]]);
  });
});

describe("the permission of a hub with very many spokes", () => {
  const accounts = Array.from({ length: 1000 }, (_, index) => `a${index}`);
  const planned = planMap(
    JSON.stringify({
      version: 1,
      organizations: { main: { id: "o-exampleorg1" } },
      accounts: {
        tools: { id: "111111111111" },
        ...Object.fromEntries(
          accounts.map((key, index) => [key, { id: String(100_000_000_000 + index) }]),
        ),
      },
      hubs: { h: { account: "tools", principals: { bot: { user: { name: "bot" } } } } },
      spokes: { s: { hubs: ["h"], accounts: { keys: accounts } } },
    }),
  );
  const { inline, customer } = planned.role("tools", "hub-h").policies;

  test("lies in numbered managed policies, and the denial inline", () => {
    expect(customer.map(({ name }) => name)).toEqual([
      "h-assume-roles-1",
      "h-assume-roles-2",
      "h-assume-roles-3",
    ]);
    expect(inline.map(({ name, document }) => [name, document.Statement.length])).toEqual([
      ["assume-roles", 1],
    ]);
  });

  test("names each account once", () => {
    const ids = customer.flatMap(({ document }) =>
      document.Statement.flatMap(({ Condition }) =>
        valuesOf(Condition?.StringEquals?.["aws:ResourceAccount"]),
      ),
    );
    expect([...ids].sort()).toEqual(accounts.map((_, index) => String(100_000_000_000 + index)));
  });

  test("changes nothing in the spokes", () => {
    expect(planned.trust("a999", "spoke-s")).toHaveLength(1);
    expect(planned.role("a999", "spoke-s").policies.customer).toEqual([]);
  });
});

describe("the permissions boundary of a role", () => {
  const boundary = {
    boundary: {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Deny", Action: "iam:*", Resource: "arn:aws:iam::{{account.id}}:user/*" },
      ],
    },
  } as const;

  test("is made once in each account that needs it, with the account's parameters (PB-03)", () => {
    const map = roleWith("permissionsBoundary: boundary").replace(
      "deployer: {",
      "deployer: { permissionsBoundary: boundary,",
    );
    const planned = planMap(map, boundary);
    const made = planned.plan.accounts.map(({ account, boundaries }) => [account.key, boundaries]);
    expect(made).toEqual(
      [
        ["app", "222222222222"],
        ["tools", "111111111111"],
      ].map(([key, id]) => [
        key,
        [
          {
            id: "boundary-boundary",
            name: "boundary",
            path: "/access/",
            arn: `arn:aws:iam::${id}:policy/access/boundary`,
            document: {
              Version: "2012-10-17",
              Statement: [
                { Effect: "Deny", Action: "iam:*", Resource: `arn:aws:iam::${id}:user/*` },
              ],
            },
          },
        ],
      ]),
    );
    expect(planned.role("app", "spoke-deployer").permissionsBoundary).toEqual({
      arn: "arn:aws:iam::222222222222:policy/access/boundary",
      policyId: "boundary-boundary",
    });
  });

  test.each([
    [
      "{ managed: job-function/ViewOnlyAccess }",
      "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    ],
    ["{ existing: team/limits }", "arn:aws:iam::111111111111:policy/team/limits"],
    ["{ existing: limits }", "arn:aws:iam::111111111111:policy/limits"],
  ])("can be one that exists: %s", (value, arn) => {
    const planned = planMap(roleWith(`permissionsBoundary: ${value}`));
    expect(planned.role("tools", "hub-automation").permissionsBoundary).toEqual({ arn });
    expect(planned.account("tools").boundaries).toEqual([]);
  });

  test("is taken away by `none`", () => {
    const map = roleWith("permissionsBoundary: none").replace(
      "rolePath: /access/",
      "rolePath: /access/, permissionsBoundary: boundary",
    );
    const planned = planMap(map, boundary);
    expect(planned.role("tools", "hub-automation").permissionsBoundary).toBeUndefined();
    expect(planned.account("tools").boundaries).toEqual([]);
    expect(planned.account("app").boundaries).toHaveLength(1);
  });
});
