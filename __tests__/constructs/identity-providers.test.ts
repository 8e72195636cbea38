import { synthesize } from "../../constructs/synthesize";
import { checkProject } from "../../lib/check/check-project";
import { attributesOf } from "../support/plans/attributes";
import { SynthesizedStacks } from "../support/project";

const FILLER = "<!-- filler -->".repeat(100);
const METADATA = `<EntityDescriptor a="\${x}" b="%{y}">${FILLER}</EntityDescriptor>`;
const ESCAPED = `<EntityDescriptor a="$\${x}" b="%%{y}">${FILLER}</EntityDescriptor>`;

const MAP = `
version: 1
identityProviders:
  github: { oidc: { url: "https://token.actions.githubusercontent.com" }, create: true }
  directory: { saml: { name: CorporateDirectory, metadata: saml/metadata.xml }, create: true }
accounts:
  app: { id: "111111111111" }
spokes:
  deployer:
    accounts: { keys: [app] }
    principals:
      main: { githubActions: { repository: example-org/app, branch: main, provider: github } }
      tags: { githubActions: { repository: example-org/app, tag: "v*", provider: github } }
  staff:
    accounts: { keys: [app] }
    principals:
      people: { saml: { provider: directory } }
      pipeline: { githubActions: { repository: example-org/app, branch: main, provider: github } }
  plain:
    accounts: { keys: [app] }
    principals: { bot: { user: { name: bot } } }
`;

describe("the identity providers of an account", () => {
  const { plan } = checkProject({
    mapFile: "accounts.yaml",
    mapText: MAP,
    policies: new Map(),
    readFile: (path) => (path === "saml/metadata.xml" ? METADATA : undefined),
  });
  if (plan === undefined) throw new Error("the map has errors");
  const stacks = new SynthesizedStacks(synthesize(plan));
  const ofType = (type: string): unknown => attributesOf(stacks.stack("app").resource?.[type]);

  test("are made once, whatever number of roles trust them", () => {
    expect(ofType("aws_iam_openid_connect_provider")).toEqual({
      "oidc-github": {
        url: "https://token.actions.githubusercontent.com",
        client_id_list: ["sts.amazonaws.com"],
      },
    });
  });

  test("carry the metadata of SAML with what Terraform would read as a template escaped", () => {
    expect(ofType("aws_iam_saml_provider")).toEqual({
      "saml-directory": {
        name: "CorporateDirectory",
        saml_metadata_document: ESCAPED,
      },
    });
  });

  test("come before the roles that trust them, and before no other", () => {
    const waiting = ["deployer", "staff", "plain"].map(
      (key) => stacks.resource("app", "aws_iam_role", `spoke-${key}`).depends_on,
    );
    expect(waiting).toEqual([
      ["aws_iam_openid_connect_provider.oidc-github"],
      ["aws_iam_saml_provider.saml-directory", "aws_iam_openid_connect_provider.oidc-github"],
      undefined,
    ]);
  });
});
