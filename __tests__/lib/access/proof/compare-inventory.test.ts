import { synthesize } from "../../../../constructs/synthesize";
import { compareInventory } from "../../../../lib/access/proof/compare-inventory";
import { readAccessGraph } from "../../../../lib/access/read/read-access-graph";
import { checkProject } from "../../../../lib/check/check-project";

const METADATA = `<EntityDescriptor a="\${x}">${"<!-- filler -->".repeat(100)}</EntityDescriptor>`;
const MAP = `
identityProviders:
  ci: { oidc: { url: "https://ci.example.com", audiences: [one, two] }, create: true }
  corporate: { saml: { name: Corporate, metadata: metadata.xml }, create: true }
accounts:
  app: { id: "111111111111" }
spokes:
  deployer:
    accounts: { keys: [app] }
    principals:
      ci: { oidc: { provider: ci, subject: project-1, audience: one } }
      people: { saml: { provider: corporate } }
`;
const CI = "arn:aws:iam::111111111111:oidc-provider/ci.example.com";
const CORPORATE = "arn:aws:iam::111111111111:saml-provider/Corporate";

const { plan, diagnostics } = checkProject({
  mapFile: "accounts.yaml",
  mapText: MAP,
  policies: new Map(),
  readFile: (path) => (path === "metadata.xml" ? METADATA : undefined),
});
if (plan === undefined) throw new Error(JSON.stringify(diagnostics));
const known = plan;
const text = synthesize(known).stacks.get("app") ?? "";

/** The problems of the synthesized stack after a change to an attribute of a provider. */
function problems(type: string, attribute: string, value: unknown): unknown {
  const stack = JSON.parse(text) as {
    resource: Record<string, Record<string, Record<string, unknown>>>;
  };
  for (const body of Object.values(stack.resource[type] ?? {})) body[attribute] = value;
  const { graph } = readAccessGraph([{ stack: "app", text: JSON.stringify(stack) }]);
  return compareInventory(known, graph).map(({ verdict, roleArn, message }) => ({
    verdict,
    roleArn,
    message,
  }));
}

const audiences = (value: unknown): unknown =>
  problems("aws_iam_openid_connect_provider", "client_id_list", value);
const metadata = (value: unknown): unknown =>
  problems("aws_iam_saml_provider", "saml_metadata_document", value);

test("providers that are made as declared are in order, in whatever order their audiences are", () => {
  expect(audiences(["one", "two"])).toEqual([]);
  expect(audiences(["two", "one"])).toEqual([]);
});

test("an audience too many, and one too few, are refuted", () => {
  expect(audiences(["one", "three"])).toEqual([
    {
      verdict: "refuted",
      roleArn: CI,
      message: "it takes tokens for `three`, which the map does not declare",
    },
    {
      verdict: "refuted",
      roleArn: CI,
      message: "it takes no tokens for `two`, which the map declares",
    },
  ]);
});

test("audiences that are not known are not known to be right", () => {
  for (const value of ["${var.audiences}", ["one", "${var.audience}"]]) {
    expect(audiences(value)).toEqual([
      {
        verdict: "unknown",
        roleArn: CI,
        message: "its audiences: it is known only when Terraform runs",
      },
    ]);
  }
});

test("other metadata is refuted, for it says whose assertions are taken", () => {
  expect(metadata("<EntityDescriptor/>")).toEqual([
    { verdict: "refuted", roleArn: CORPORATE, message: "it has other metadata than declared" },
  ]);
});

test("metadata that is not known is not known to be right", () => {
  expect(metadata('${file("x")}')).toEqual([
    {
      verdict: "unknown",
      roleArn: CORPORATE,
      message: "its metadata: it is known only when Terraform runs",
    },
  ]);
});
