import { findingsOf, synthesizeMap } from "../../../support/project";

const BOUNDARY = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
};

function mapWith(boundary: string): string {
  return `defaults: { permissionsBoundary: access-boundary }
accounts:
  shop: { id: "111111111111" }
identityProviders:
  gitlab: { oidc: { url: https://gitlab.example.com }, create: true }
hubs:
  automation:
    account: shop
${boundary}    principals: { builds: { oidc: { provider: gitlab, subject: build } } }
`;
}

describe("a role", () => {
  test("that takes a boundary of its own has that one instead of the default (ID-28)", () => {
    const map = mapWith("    permissionsBoundary: { managed: ReadOnlyAccess }\n");
    const stacks = synthesizeMap(map, { "access-boundary": BOUNDARY });
    const role = stacks.resource("shop", "aws_iam_role", "hub-automation");
    expect(role.permissions_boundary).toBe("arn:aws:iam::aws:policy/ReadOnlyAccess");
  });

  test("cannot be given two boundaries (ID-28)", () => {
    const twice =
      "    permissionsBoundary: access-boundary\n    permissionsBoundary: { managed: ReadOnlyAccess }\n";
    const findings = findingsOf(mapWith(twice), { "access-boundary": BOUNDARY });
    expect(findings).toContain("the key `permissionsBoundary` appears twice");
  });

  test("trusts an OIDC provider that is made without a thumbprint (ID-33)", () => {
    const stacks = synthesizeMap(mapWith(""), { "access-boundary": BOUNDARY });
    const provider = stacks.resource("shop", "aws_iam_openid_connect_provider", "oidc-gitlab");
    expect(provider.url).toBe("https://gitlab.example.com");
    expect(provider).not.toHaveProperty("thumbprint_list");
  });
});
