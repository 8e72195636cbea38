import { planMap } from "./support/planned-map";

const MAP = `
version: 1
identityProviders:
  github: { oidc: { url: "https://token.actions.githubusercontent.com" }, create: true }
  gitlab: { oidc: { url: "https://gitlab.com", audiences: ["https://gitlab.com"] } }
  corporate: { saml: { name: CorporateLogin, metadata: metadata.xml }, create: true }
accounts:
  one: { id: "111111111111" }
  two: { id: "222222222222" }
  three: { id: "333333333333" }
spokes:
  deployer:
    accounts: { keys: [one, two] }
    principals:
      main: { githubActions: { repository: example-org/app, branch: main, provider: github } }
      tags: { githubActions: { repository: example-org/app, tag: "v*", provider: github } }
  planner:
    accounts: { keys: [one] }
    principals:
      pulls: { githubActions: { repository: example-org/app, pullRequest: true, provider: github } }
      mirror: { oidc: { provider: gitlab, subject: "project_path:group/app" } }
  reader:
    accounts: { keys: [two] }
    principals:
      people: { saml: { provider: corporate } }
  other:
    accounts: { keys: [three] }
    principals:
      existing: { githubActions: { repository: example-org/app, branch: main } }
`;

describe("identity providers that the map makes", () => {
  const { plan } = planMap(MAP);
  const made = plan.accounts.map(({ account, oidcProviders, samlProviders }) => [
    account.key,
    oidcProviders.map(({ key }) => key),
    samlProviders.map(({ key }) => key),
  ]);

  test("are made once in every account where a role trusts them, and in no other", () => {
    expect(made).toEqual([
      ["one", ["github"], []],
      ["three", [], []],
      ["two", ["github"], ["corporate"]],
    ]);
  });

  test("carry their URL, audiences and metadata", () => {
    const two = plan.accounts.find(({ account }) => account.key === "two");
    expect(two?.oidcProviders).toEqual([
      {
        key: "github",
        kind: "oidc",
        url: "https://token.actions.githubusercontent.com",
        audiences: ["sts.amazonaws.com"],
        create: true,
      },
    ]);
    expect(two?.samlProviders).toEqual([
      {
        key: "corporate",
        kind: "saml",
        name: "CorporateLogin",
        create: true,
        metadata: "<xml/>".padEnd(1000),
      },
    ]);
  });
});
