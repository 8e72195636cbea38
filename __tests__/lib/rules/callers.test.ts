import { ruleMessages } from "../../support/rules/rule-messages";

const ORGANIZATIONS = {
  example: {
    id: "o-exampleorg1",
    root: "r-ex01",
    units: { "/Workloads": "ou-ex01-workload", "/Workloads/Prod": "ou-ex01-wlprod01" },
  },
};

/** A role in one account that a caller may enter. */
function entered(principal: object, more: object = {}, account: object = {}): object {
  return {
    organizations: ORGANIZATIONS,
    accounts: {
      tools: { id: "111111111111", ...account },
      shop: { id: "222222222222" },
    },
    identityProviders: { gitlab: { oidc: { url: "https://gitlab.com" } } },
    hubs: { automation: { account: "tools", ...more, principals: { caller: principal } } },
  };
}

describe("an OU (TR-05)", () => {
  test.each([
    ["/Workloads", "/Workloads", true, 1],
    ["/Workloads", "/Workloads/Prod", true, 1],
    ["/Workloads", "/Workloads/Prod", false, 0],
    ["/Workloads/Prod", "/Workloads", true, 0],
    ["/Workloads/Prod", "/Workloads/Test", true, 0],
    ["/", "/Sandbox", true, 1],
    ["/", "/Sandbox", false, 0],
    ["/", "/", false, 1],
  ])("%s and an account in %s, with children %s: %i", (unit, own, includeChildren, count) => {
    const map = entered(
      { organizationalUnit: { unit, includeChildren, organization: "example" } },
      {},
      { unit: own },
    );
    expect(ruleMessages("TR-05", map)).toHaveLength(count);
  });

  test("of another organization does not hold the account", () => {
    const organizations = { ...ORGANIZATIONS, acquired: { id: "o-exampleorg2", root: "r-ex02" } };
    const map = {
      ...entered({ organizationalUnit: { unit: "/", organization: "acquired" } }),
      organizations,
      defaults: { organization: "example" },
    };
    expect(ruleMessages("TR-05", map)).toEqual([]);
  });

  test("is one finding for a spoke in many accounts", () => {
    const map = {
      organizations: ORGANIZATIONS,
      accounts: { one: { id: "111111111111" }, two: { id: "222222222222" } },
      spokes: {
        images: {
          accounts: { units: ["/**"] },
          principals: { all: { organizationalUnit: { unit: "/" } } },
        },
      },
    };
    expect(ruleMessages("TR-05", map)).toEqual([
      "the OU contains the role's own account `one` and 1 other account: every user and role there can assume it without a permission",
    ]);
  });
});

describe("what stands beside a caller", () => {
  test.each([
    ["TR-13", { account: { account: "shop" }, sourceIps: ["203.0.113.0/24"] }, 1],
    [
      "TR-13",
      {
        foreignAccount: { id: "333333333333", reason: "our scanner" },
        externalId: "scan-1",
        grant: "declared",
      },
      0,
    ],
    ["TR-19", { permissionSet: { name: "Engineer" }, externalId: "people-1" }, 1],
    ["TR-19", { user: { name: "ann" }, mfa: true, externalId: "people-1" }, 1],
    ["TR-19", { user: { name: "bot" }, externalId: "bots-1" }, 0],
    [
      "CK-17",
      {
        foreignAccount: { id: "333333333333", user: "ann", reason: "our scanner" },
        externalId: "scan-1",
        mfa: { maxAge: "1h" },
      },
      1,
    ],
    ["CK-17", { user: { account: "shop", name: "ann" }, mfa: true }, 0],
    [
      "CK-26",
      {
        foreignAccount: { id: "333333333333", reason: "our scanner" },
        externalId: "scan-1",
        sessionTags: { team: { values: ["*"] } },
      },
      1,
    ],
    ["CK-26", { role: { account: "shop", name: "r" }, sessionTags: { team: {} } }, 0],
    [
      "SSO-02",
      {
        role: {
          account: "shop",
          name: "AWSReservedSSO_Admin_0123456789abcdef",
          path: "/aws-reserved/sso.amazonaws.com/",
        },
        grant: "declared",
      },
      1,
    ],
    [
      "SSO-02",
      {
        foreignAccount: {
          id: "333333333333",
          role: "aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef",
          reason: "our scanner",
        },
        externalId: "scan-1",
      },
      1,
    ],
    ["SSO-02", { role: { account: "shop", name: "Reserved" } }, 0],
    [
      "OI-01",
      {
        oidc: {
          provider: "gitlab",
          subject: "project_path:a/b:*",
          claims: { "https://gitlab.com": "1" },
        },
      },
      1,
    ],
    ["OI-15", { service: { name: "pods.eks.amazonaws.com" } }, 1],
    [
      "OI-15",
      { podIdentity: { cluster: "arn:aws:eks:eu-central-1:111111111111:nodegroup/main" } },
      1,
    ],
    [
      "OI-15",
      { podIdentity: { cluster: "arn:aws:eks:eu-central-1:111111111111:cluster/main" } },
      0,
    ],
    ["EC-02", { service: { name: "stacksets.cloudformation" } }, 0],
    ["EC-02", { service: { name: "s3.amazonaws.com.cn" } }, 1],
    ["EC-02", { service: { name: "s3.c2s.ic.gov" } }, 1],
    ["EC-02", { service: { name: "s3.sc2s.sgov.gov" } }, 1],
    ["EC-02", { service: { name: "s3.amazonaws.eu" } }, 1],
    ["EC-10", { service: { name: "lambda.example.com" } }, 1],
    ["EC-10", { service: { name: "apidestinations.events" } }, 0],
    ["EC-10", { service: { name: "imagebuilder.amazonaws.com" } }, 0],
    ["EC-10", { service: { name: "lambda.eu-central-1.amazonaws.com" } }, 0],
    ["EC-11", { service: { name: "sns", sourceAccount: true } }, 1],
    ["EC-11", { service: { name: "ecs-tasks.amazonaws.com", sourceAccount: true } }, 0],
    ["EC-11", { service: { name: "sns" } }, 0],
    ["EC-02", { service: { name: "states.us-gov-west-1.amazonaws.com" } }, 1],
    ["EC-02", { service: { name: "lambda" } }, 0],
    ["EC-03", { service: { name: "ec2.amazonaws.com.cn" } }, 1],
    ["EC-03", { service: { name: "ec2fleet" } }, 0],
  ])("%s, %j: %i", (rule, principal, count) => {
    expect(ruleMessages(rule, entered(principal))).toHaveLength(count);
  });
});

describe("patterns of permission sets (SSO-04)", () => {
  const sets = (own: object, others: object): string[] =>
    ruleMessages("SSO-04", {
      accounts: { tools: { id: "111111111111" } },
      hubs: {
        administrators: { account: "tools", principals: own },
        readers: { account: "tools", principals: others },
      },
    });
  const pattern = (namePattern: string): object => ({ all: { permissionSet: { namePattern } } });
  const named = (name: string): object => ({ one: { permissionSet: { name } } });

  test("of nothing but wildcards mean everybody", () => {
    expect(sets(pattern("*"), named("Admin"))).toEqual([
      "`*` matches every permission set in the account, now and later",
    ]);
  });

  test("may hold for names that the same role lets in", () => {
    expect(sets({ ...pattern("Admin*"), ...named("Admin-Team") }, named("Reader"))).toEqual([]);
    expect(sets(pattern("Admin*"), named("Admin-Team"))).toEqual([
      "`Admin*` also allows `Admin-Team`, which the map names for other roles",
    ]);
  });
});

describe("a source identity that is asked for twice (CK-21)", () => {
  const twice = (required: boolean): string[] =>
    ruleMessages("CK-21", {
      accounts: { tools: { id: "111111111111" }, shop: { id: "222222222222" } },
      hubs: {
        people: {
          account: "tools",
          principals: {
            engineers: {
              permissionSet: { name: "Engineer" },
              sourceIdentity: { values: ["*@example.com"] },
            },
          },
        },
      },
      spokes: {
        reader: {
          accounts: { keys: ["shop"] },
          principals: {
            hub: {
              role: { account: "tools", name: "people" },
              sourceIdentity: { values: ["*@example.com"], required },
            },
          },
          permissions: { managed: ["job-function/ViewOnlyAccess"] },
        },
      },
    });

  test("can never be set again", () => {
    expect(twice(true)).toEqual([
      "sessions of `people` have a source identity already and cannot set another, so this is never met",
    ]);
    expect(twice(false)).toEqual([]);
  });
});

describe("people and others in one role (SSO-06)", () => {
  test("of a spoke in many accounts are one finding", () => {
    const map = {
      accounts: { one: { id: "111111111111" }, two: { id: "222222222222" } },
      spokes: {
        release: {
          maxSession: "2h",
          accounts: { keys: ["one", "two"] },
          principals: {
            engineers: { permissionSet: { account: "one", name: "Engineer" } },
            bot: { user: { account: "one", name: "bot" } },
          },
        },
      },
    };
    expect(ruleMessages("SSO-06", map)).toEqual([
      "`release` allows sessions of `2h`, but Identity Center users get at most `1h`",
    ]);
  });
});

describe("what the reader of the map refuses", () => {
  test.each([
    ["CK-15", "mfa", true, { role: { name: "r" } }],
    ["CK-15", "mfa", true, { githubActions: { repository: "example-org/app", branch: "main" } }],
    ["CK-11", "vpcEndpoints", ["vpce-0123456789abcdef0"], { instanceProfile: {} }],
    ["TR-15", "sessionTags", { team: {} }, { podIdentity: {} }],
    ["TR-17", "sourceIdentity", { values: ["a"] }, { instanceProfile: {} }],
    ["TR-19", "externalId", "external-1", { instanceProfile: {} }],
    ["TR-01", "grant", "print", { service: { name: "lambda" } }],
  ])("%s: `%s` that never fits the caller", (rule, key, value, principal) => {
    expect(ruleMessages(rule, entered({ ...principal, [key]: value }))).toHaveLength(1);
    expect(ruleMessages(rule, entered(principal))).toEqual([]);
  });
});
