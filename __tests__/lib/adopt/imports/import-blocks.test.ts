import { importBlocks, importText } from "../../../../lib/adopt/imports/import-blocks";
import { readAuthorizationDetails } from "../../../../lib/adopt/read/read-authorization-details";
import type { ExistingAccess } from "../../../../lib/adopt/read/existing-access";
import { planMap } from "../../../support/plans/planned-map";

const MAP = {
  identityProviders: {
    github: { oidc: { url: "https://token.actions.githubusercontent.com" }, create: true },
    login: { saml: { name: "login", metadata: "saml.xml" }, create: true },
  },
  accounts: { tools: { id: "111111111111" } },
  hubs: {
    automation: {
      account: "tools",
      principals: {
        bot: { user: { name: "bot", create: true } },
        ann: { user: { account: "tools", name: "ann", path: "/people/" } },
        runner: { role: { account: "tools", name: "runner", path: "/services/" } },
        people: { saml: { provider: "login" } },
        pipeline: {
          githubActions: { provider: "github", repository: "example-org/app", environment: "prod" },
        },
      },
    },
  },
};

const ARN = "arn:aws:iam::111111111111";
const role = (path: string, name: string, policies: readonly string[]): object => ({
  Arn: `${ARN}:role${path}${name}`,
  RoleName: name,
  Path: path,
  MaxSessionDuration: 3600,
  AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[]}',
  RolePolicyList: policies.map((PolicyName) => ({ PolicyName, PolicyDocument: "{}" })),
});
const user = (path: string, name: string, policies: readonly string[]): object => ({
  Arn: `${ARN}:user${path}${name}`,
  UserName: name,
  UserPolicyList: policies.map((PolicyName) => ({ PolicyName })),
});

function existing(...documents: readonly object[]): ExistingAccess {
  const read = readAuthorizationDetails(documents.map((value) => ({ file: "x.json", value })));
  if (read.existing === undefined) throw new Error(JSON.stringify(read.diagnostics));
  return read.existing;
}

const GRANT = "trustwheel-assume-roles";
const ALL = existing({
  RoleDetailList: [
    role("/", "automation", ["assume-roles", "other"]),
    role("/services/", "runner", [GRANT]),
    role("/", "ann", [GRANT]),
  ],
  UserDetailList: [user("/", "bot", [GRANT]), user("/people/", "ann", [GRANT])],
  OpenIDConnectProviderList: [{ Arn: `${ARN}:oidc-provider/token.actions.githubusercontent.com` }],
  SAMLProviderList: [],
});

function imported(found: ExistingAccess): string[] {
  const { plan } = planMap(MAP, {}, { "saml.xml": "x".repeat(1000) });
  const blocks = importBlocks(undefined, plan, found);
  return (blocks.get("111111111111") ?? []).map(({ to, id }) => `${to} ${id}`);
}

describe("import blocks", () => {
  test("are for users, grants and providers, too, as far as they exist", () => {
    expect(imported(ALL)).toEqual([
      `aws_iam_openid_connect_provider.oidc-github ${ARN}:oidc-provider/token.actions.githubusercontent.com`,
      "aws_iam_role.hub-automation automation",
      "aws_iam_role_policies_exclusive.hub-automation_policies automation",
      "aws_iam_role_policy_attachments_exclusive.hub-automation_attachments automation",
      "aws_iam_user.user-bot bot",
      "aws_iam_user_policies_exclusive.user-bot_policies bot",
      "aws_iam_user_policy_attachments_exclusive.user-bot_attachments bot",
      `aws_iam_role_policy.role-runner_assume-roles runner:${GRANT}`,
      `aws_iam_user_policy.user-ann_assume-roles ann:${GRANT}`,
      `aws_iam_user_policy.user-bot_assume-roles bot:${GRANT}`,
    ]);
  });

  test("are not for a user at another path, nor for one that lacks the policy of ours", () => {
    const found = existing({
      RoleDetailList: [role("/services/", "runner", ["other"])],
      UserDetailList: [user("/people/", "bot", []), user("/people/", "ann", ["other"])],
      SAMLProviderList: [{ Arn: `${ARN}:saml-provider/login` }],
    });
    expect(imported(found)).toEqual([
      `aws_iam_saml_provider.saml-login ${ARN}:saml-provider/login`,
    ]);
  });

  test("are for all providers where it was not read which exist", () => {
    const found = existing({ RoleDetailList: [role("/", "other", [])] });
    expect(imported(found)).toEqual([
      `aws_iam_openid_connect_provider.oidc-github ${ARN}:oidc-provider/token.actions.githubusercontent.com`,
      `aws_iam_saml_provider.saml-login ${ARN}:saml-provider/login`,
    ]);
  });

  test("say at the top of their file what they are for", () => {
    const block = { to: "aws_iam_user.user-bot", id: "bot" };
    const text = importText([block], undefined, "existing");
    expect(text).toBe(
      '# What exists already. Remove this file once it is applied.\n\nimport {\n  to = aws_iam_user.user-bot\n  id = "bot"\n}\n',
    );
    expect(importText([block], text, "existing")).toBe(text);
  });
});
