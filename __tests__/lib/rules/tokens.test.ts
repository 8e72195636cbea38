import { ruleMessages } from "../../support/rules/rule-messages";

/** Rules that find something about a way in, among those given. */
function found(rules: readonly string[], principal: object, provider: object = {}): string[] {
  const map = {
    accounts: { tools: { id: "111111111111" } },
    identityProviders: { provider: { oidc: { url: "https://gitlab.com", ...provider } } },
    hubs: { automation: { account: "tools", principals: { caller: principal } } },
  };
  return rules.filter((rule) => ruleMessages(rule, map).length > 0);
}

function oidc(
  url: string,
  subject: string | readonly string[],
  more: object = {},
  provider: object = {},
): (rules: readonly string[]) => string[] {
  return (rules) =>
    found(rules, { oidc: { provider: "provider", subject, ...more } }, { url, ...provider });
}

const GITHUB = "https://token.actions.githubusercontent.com";

describe("subjects of GitHub", () => {
  test.each([
    ["repo:example-org/app:ref:refs/heads/main", []],
    ["repo:example-org/*:environment:production", []],
    ["repo:example-org@1/app@2:pull_request", []],
    ["repo:example-org/app:*", []],
    ["repo:example-org/app*", []],
    ["repository_owner:example-org:ref:*", []],
    ["repo:*", ["OI-05"]],
    ["repo:example*/app:environment:production", ["OI-05"]],
    ["*:ref:refs/heads/main", ["OI-05"]],
    ["repo:example-org/app", ["OI-07"]],
    ["repo:example-org/app:refs/heads/main", ["OI-07"]],
    ["repo:example-org/app:ref:main", ["OI-07"]],
    ["repo:example-org/app:branch:main", ["OI-07"]],
    ["repo:example-org/app:tag:v1", ["OI-07"]],
    ["repo:example-org/app:pull_request:7", ["OI-07"]],
    ["repo:example-org/app:ref:refs/heads/main:environment:production", ["OI-07b"]],
  ])("%s: %j", (subject, expected) => {
    expect(oidc(GITHUB, subject)(["OI-05", "OI-07", "OI-07b"])).toEqual(expected);
  });

  test("are judged for an enterprise's own issuer, and one of several", () => {
    const subjects = ["repo:example-org/app:pull_request", "repo:*"];
    expect(oidc(`${GITHUB}/example`, subjects)(["OI-05"])).toEqual(["OI-05"]);
    expect(oidc("https://github.example.com/_services/token", "repo:*")(["OI-05"])).toEqual([]);
  });
});

describe("runs of GitHub Actions", () => {
  const github = (more: object): string[] =>
    found(["OI-07", "OI-07b"], { githubActions: { repository: "example-org/app", ...more } });

  test.each([
    [{ branch: ["main", "release/*"] }, []],
    [{ branch: "main", tag: "v*" }, []],
    [{ environment: "production", ref: "refs/heads/*" }, []],
    [{ pullRequest: true }, []],
    [{ pullRequest: true, ref: "refs/pull/*/merge" }, []],
    [{ tag: "refs/tags/v1" }, ["OI-07"]],
    [{ environment: "production", ref: "main" }, ["OI-07"]],
    [{ branch: "main", environment: "production" }, ["OI-07b"]],
    [{ tag: "v*", environment: "production" }, ["OI-07b"]],
    [{ branch: "main", pullRequest: true }, ["OI-07b"]],
    [{ pullRequest: true, ref: "refs/heads/main" }, ["OI-07b"]],
  ])("%j: %j", (more, expected) => {
    expect(github(more)).toEqual(expected);
  });
});

describe("subjects of other issuers", () => {
  test.each([
    ["https://gitlab.com", "project_path:example/app:ref_type:branch:ref:main", []],
    ["https://gitlab.com", "project_path:example/*:ref_type:branch:ref:main", []],
    ["https://gitlab.com", "project_path:*:ref_type:branch:ref:main", ["OI-04"]],
    ["https://gitlab.com", "project_path:exam?le/app:*", ["OI-04"]],
    ["https://gitlab.example.com", "project_path:*:ref_type:branch:ref:main", []],
    ["https://app.terraform.io", "organization:example:project:*:workspace:*:run_phase:plan", []],
    ["https://app.terraform.io", "organization:example:*", []],
    ["https://app.terraform.io", "organization:example:project:shop:workspace:prod", ["OI-11"]],
    ["https://app.terraform.io", "organization:example:project:shop:run_phase:apply", ["OI-11"]],
    [
      "https://app.terraform.io",
      "organization:*:project:shop:workspace:prod:run_phase:*",
      ["OI-04"],
    ],
    ["https://agent.buildkite.com", "organization:exa*:pipeline:app:*", ["OI-04"]],
    ["https://api.bitbucket.org/2.0/workspaces/w/pipelines-config/identity/oidc", "{a}*:*", []],
    [
      "https://api.bitbucket.org/2.0/workspaces/w/pipelines-config/identity/oidc",
      "{a}:{b}",
      ["OI-12"],
    ],
    ["https://oidc.eks.eu-central-1.amazonaws.com/id/A", "system:serviceaccount:n:s", []],
    ["https://oidc.eks.eu-central-1.amazonaws.com/id/A", "system:serviceaccount:n:*", []],
    ["https://oidc.eks.eu-central-1.amazonaws.com/id/A", "system:serviceaccount:n", ["OI-14"]],
    ["https://oidc.eks.cn-north-1.amazonaws.com.cn/id/A", "n:s", ["OI-14"]],
  ])("%s, %s: %j", (url, subject, expected) => {
    const rules = ["OI-04", "OI-11", "OI-12", "OI-14"];
    expect(oidc(url, subject)(rules)).toEqual(expected);
  });
});

describe("audiences (OI-06)", () => {
  const HCP = "https://app.terraform.io";
  const SUBJECT = "organization:example:*";

  test.each([
    [{}, {}, []],
    [{}, { audiences: ["sts.amazonaws.com"] }, ["OI-06"]],
    [{}, { audiences: ["aws.workload.identity"] }, []],
    [{ audience: "aws.workload.identity" }, {}, []],
    [{ audience: "sts.amazonaws.com" }, { audiences: ["aws.workload.identity"] }, ["OI-06"]],
    [{ audience: "our-own" }, {}, []],
    [{ audience: "aws.*" }, {}, ["OI-06"]],
  ])("%j at the way in, %j at the provider: %j", (more, provider, expected) => {
    expect(oidc(HCP, SUBJECT, more, provider)(["OI-06"])).toEqual(expected);
  });

  test("of a provider are one finding, however many roles trust it", () => {
    const principals = { caller: { oidc: { provider: "hcp", subject: SUBJECT } } };
    const map = {
      accounts: { tools: { id: "111111111111" } },
      identityProviders: { hcp: { oidc: { url: HCP, audiences: ["sts.amazonaws.com"] } } },
      hubs: { one: { account: "tools", principals }, two: { account: "tools", principals } },
    };
    expect(ruleMessages("OI-06", map)).toEqual([
      "tokens of app.terraform.io have the audience `aws.workload.identity`, got `sts.amazonaws.com`",
    ]);
  });
});

test.each([
  [GITHUB, []],
  [`${GITHUB}/example`, []],
  ["https://tokens.actions.githubusercontent.com", ["OI-03"]],
  ["https://actions.githubusercontent.com", ["OI-03"]],
  ["https://token.actions.example.ghe.com", []],
])("the issuer %s: %j (OI-03)", (url, expected) => {
  expect(oidc(url, "repo:example-org/app:pull_request")(["OI-03"])).toEqual(expected);
});

test.each([
  [{ project_id: "1" }, []],
  [{ namespace_id: "1" }, []],
  [{ ref: "main" }, ["OI-10"]],
])("claims %j beside a path on gitlab.com: %j (OI-10)", (claims, expected) => {
  const subject = "project_path:example/app:ref_type:branch:ref:main";
  expect(oidc("https://gitlab.com", subject, { claims })(["OI-10"])).toEqual(expected);
});

test.each([
  ["https://gitlab.com", { project_id: "1" }, 0],
  ["https://gitlab.com", { job_id: "1" }, 1],
  ["https://gitlab.example.com", { project_id: "1" }, 1],
  ["https://agent.buildkite.com", { build_branch: "main" }, 0],
  ["https://idcs-0123.identity.oraclecloud.com", { rpst_id: "1" }, 0],
  ["https://token.actions.example.ghe.com", { repository: "a/b" }, 0],
  ["https://example.okta.com", { azp: "1", amr: "mfa", email: "ann@example.com" }, 0],
  ["https://example.okta.com", { groups: "a" }, 1],
  ["https://cognito-identity.amazonaws.com", { amr: "authenticated" }, 0],
  ["https://cognito-identity.amazonaws.com", { email: "ann@example.com" }, 1],
  ["https://graph.facebook.com", { email: "ann@example.com" }, 1],
])("of the issuer %s, the claims %j: %i findings (OI-09)", (url, claims, count) => {
  const found = oidc(url, "someone", { audience: "example", claims })(["OI-09"]);
  expect(found).toHaveLength(count);
});

describe("assertions of SAML (SA-01)", () => {
  const saml = (partition: string, more: object = {}): string[] =>
    ruleMessages("SA-01", {
      accounts: { tools: { id: "111111111111", partition } },
      identityProviders: { corporate: { saml: {} } },
      hubs: {
        people: {
          account: "tools",
          principals: { staff: { saml: { provider: "corporate", ...more } } },
        },
      },
    });

  test.each(["aws", "aws-cn", "aws-us-gov"])("have a known audience in %s", (partition) => {
    expect(saml(partition)).toEqual([]);
  });

  test("have none that is known in an isolated partition, where the map can say it", () => {
    expect(saml("aws-iso-b")).toHaveLength(1);
    expect(saml("aws-iso-b", { attributes: { "SAML:aud": "https://signin.example" } })).toEqual([]);
  });
});
