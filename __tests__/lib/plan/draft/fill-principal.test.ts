import { accountDirectory } from "../../../../lib/access/account-directory";
import { provePlan } from "../../../../lib/access/proof/prove-plan";
import { checkMap, findingsOf, synthesizeMap } from "../../../support/project";

const map = (principal: string, more = ""): string => `
organizations: { ours: { id: o-exampleorg1 } }
parameters:
  team: { type: string, description: "Team of an account" }
  any: { type: pattern, default: "*", description: "Anything" }
  teams: { type: strings, default: [red, blue], description: "Teams" }
identityProviders:
  ci: { oidc: { url: "https://ci.example.com", audiences: [aws] } }
  idp: { saml: { name: idp } }
accounts:
  tools: { id: "111111111111", parameters: { team: core } }
  shop-prod: { id: "222222222222", parameters: { team: shop } }
  shop-test: { id: "333333333333", parameters: { team: shop-test } }
spokes:
  worker:
    accounts: { keys: [shop-prod, shop-test] }
    principals:
      caller:
        ${principal}
${more}`;

/** The condition of the trust policy of each account, as JSON. */
function conditionsOf(text: string): Readonly<Record<string, string>> {
  const stacks = synthesizeMap(text);
  return Object.fromEntries(
    ["shop-prod", "shop-test"].map((account) => [
      account,
      JSON.stringify(stacks.trust(account, "spoke-worker").Statement.map((each) => each.Condition)),
    ]),
  );
}

function verdictOf(text: string): string {
  const { map: read, plan } = checkMap(text);
  if (read === undefined || plan === undefined) throw new Error(findingsOf(text));
  return provePlan({
    plan,
    accounts: accountDirectory(read.accounts.values()),
    stacks: [...synthesizeMap(text).tree.stacks].map(([stack, tf]) => ({ stack, text: tf })),
  }).verdict;
}

describe("parameters in a principal", () => {
  test.each([
    [
      "an environment of GitHub",
      'githubActions: { repository: example-org/environments, environment: "{{account.key}}*" }',
      "repo:example-org/environments:environment:shop-prod*",
    ],
    [
      "a branch of GitHub",
      'githubActions: { repository: example-org/environments, branch: ["deploy/{{account.id}}", main] }',
      "repo:example-org/environments:ref:refs/heads/deploy/222222222222",
    ],
    [
      "a ref beside an environment",
      'githubActions: { repository: example-org/environments, environment: prod, ref: "refs/heads/{{account.key}}" }',
      "refs/heads/shop-prod",
    ],
    [
      "a subject and a claim",
      'oidc: { provider: ci, subject: "project:{{team}}", claims: { sub_type: "{{account.key}}" } }',
      "project:shop",
    ],
    [
      "an attribute of SAML",
      'saml: { provider: idp, attributes: { "SAML:sub": "{{team}}" } }',
      '"shop"',
    ],
    [
      "the ARN of a source",
      'service: { name: sns, sourceArn: "arn:aws:sns:{{region}}:{{account.id}}:alarms" }',
      "arn:aws:sns:us-east-1:222222222222:alarms",
    ],
    [
      "a list of claims",
      'oidc: { provider: ci, subject: "project:x", claims: { team: "{{teams}}" } }',
      '["blue","red"]',
    ],
  ])("%s: are filled in for each account", (_, principal, expected) => {
    const conditions = conditionsOf(map(principal));
    expect(conditions["shop-prod"]).toContain(expected);
    expect(JSON.stringify(conditions)).not.toContain("{{");
    expect(verdictOf(map(principal))).toBe("proved");
  });

  test("are filled in where a chain starts, too", () => {
    const chain = map(
      "role: { account: tools, name: ops }\n        grant: declared",
      `
chains:
  nightly:
    start: { oidc: { provider: ci, subject: "project:{{account.key}}:{{team}}" } }
    steps:
      - roles: { job: { account: shop-test, role: job } }
`,
    );
    expect(JSON.stringify(synthesizeMap(chain).trust("shop-test", "chain-nightly__job"))).toContain(
      "project:shop-test:shop-test",
    );
    expect(verdictOf(chain)).toBe("proved");
  });

  test.each([
    [
      "a name that is none",
      'oidc: { provider: ci, subject: "project:{{account.name}}" }',
      "there is no parameter `account.name`, known: `account.id`, `account.key`, `any`,",
    ],
    [
      "a wildcard that only the parameter has",
      'oidc: { provider: ci, subject: "project:{{any}}" }',
      'a parameter in a principal must not have a wildcard, got "project:*" from "project:{{any}}"',
    ],
    [
      "a list where one text is needed",
      'podIdentity: { namespace: "{{teams}}" }',
      'the list "{{teams}}" is used where one string is needed',
    ],
    [
      "a source identity",
      'role: { account: tools, name: ops }\n        sourceIdentity: { values: ["{{team}}"] }',
      "a source identity must be up to 64 ASCII letters",
    ],
    [
      "a session tag",
      'role: { account: tools, name: ops }\n        sessionTags: { team: { values: ["{{team}}"] } }',
      'no session can have the tag value "{{team}}"',
    ],
    ["a role", 'role: { account: tools, name: "{{team}}" }', "ID-05"],
    ["a permission set", 'permissionSet: { account: tools, name: "{{team}}" }', "ID-36"],
    [
      "a repository",
      'githubActions: { repository: "example-org/{{team}}", branch: main }',
      "a repository must be `owner/name`",
    ],
  ])("are refused where they can't be right: %s", (_, principal, message) => {
    expect(findingsOf(map(principal))).toContain(message);
  });
});
