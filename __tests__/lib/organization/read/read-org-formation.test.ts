import { printDiagnostics } from "../../../../lib/diagnostics/print";
import { readOrgFormation } from "../../../../lib/organization/read/read-org-formation";

const TEMPLATE = `AWSTemplateFormatVersion: '2010-09-09-OC'
Organization:
  MasterAccount:
    Type: OC::ORG::MasterAccount
    Properties:
      AccountName: Management
      AccountId: '111111111111'
  OrganizationRoot:
    Type: OC::ORG::OrganizationRoot
  Workloads:
    Type: OC::ORG::OrganizationalUnit
    Properties:
      OrganizationalUnitName: workloads
      OrganizationalUnits:
        - !Ref Prod
  Prod:
    Type: OC::ORG::OrganizationalUnit
    Properties:
      OrganizationalUnitName: prod
      Accounts: !Ref ShopProd
  Sandboxes:
    Type: OC::ORG::OrganizationalUnit
    Properties:
      OrganizationalUnitName: sandbox
      Accounts: [ !Ref NewAccount, { Ref: OldAccount } ]
  ShopProd:
    Type: OC::ORG::Account
    Properties:
      RootEmail: shop@example.com
      AccountName: Shop !Ref Prod
      AccountId: '222222222222'
      Alias: !Sub 'shop-\${organization}'
      Tags:
        team: shop
        budget: 2500
  NewAccount:
    Type: OC::ORG::Account
    Properties:
      AccountName: New
      ServiceControlPolicies: !GetAtt Policy.Arn
  OldAccount:
    Type: OC::ORG::Account
    Properties: { AccountName: Old, AccountId: '333333333333' }
OrganizationBindings: !Include bindings.yml
`;

function findings(text: string): string {
  const { organization, diagnostics } = readOrgFormation("organization.yml", text);
  expect(organization).toBeUndefined();
  return printDiagnostics(diagnostics, {
    texts: new Map([["organization.yml", text]]),
    color: false,
  });
}

describe("organization.yml of org-formation", () => {
  const { organization, diagnostics } = readOrgFormation("organization.yml", TEMPLATE);

  test("is read with CloudFormation's tags in it", () => {
    expect(diagnostics).toEqual([]);
    expect(organization?.managementAccountId).toBe("111111111111");
    expect(organization?.units.map(({ path }) => path)).toEqual([
      "/workloads",
      "/workloads/prod",
      "/sandbox",
    ]);
    expect(
      organization?.accounts.map(({ id, name, unit, tags }) => [id, name, unit, tags]),
    ).toEqual([
      ["111111111111", "Management", "/", {}],
      ["222222222222", "Shop !Ref Prod", "/workloads/prod", { team: "shop", budget: "2500" }],
      [undefined, "New", "/sandbox", {}],
      ["333333333333", "Old", "/sandbox", {}],
    ]);
  });

  test("says where an account without an id stands", () => {
    expect(organization?.accounts[2]?.place).toEqual({
      file: "organization.yml",
      span: { start: { line: 36, column: 3 }, end: { line: 36, column: 13 } },
    });
  });
});

describe("organization.yml with mistakes", () => {
  test("has an id without quotes, which lost its zeros or will", () => {
    expect(findings(TEMPLATE.replace("'222222222222'", "012345678901"))).toBe(
      `organization.yml:31:18: an account ID is a string of 12 digits, got the number 012345678901 [ID-01]
   |
31 |       AccountId: 012345678901
   |                  ^~~~~~~~~~~~
   = help: write "012345678901" in double quotes: as a number, an ID loses its leading zeros
`,
    );
    expect(findings(TEMPLATE.replace("'222222222222'", "12345678901"))).toContain(
      'leading zeros were lost, probably in a spreadsheet or by a program that reads IDs as numbers: write "012345678901"',
    );
    expect(findings(TEMPLATE.replace("'222222222222'", "0o12345"))).toContain(
      "the ID is in another base",
    );
  });

  test("refers to an account that is not there", () => {
    expect(findings(TEMPLATE.replace("!Ref ShopProd", "!Ref ShopPrd"))).toContain(
      "organization.yml:20:22: `Prod` refers to `ShopPrd`, and the file has no account of that name [organization-file]",
    );
  });

  test("includes the organization from another file", () => {
    expect(findings("Organization: !Include ./parts/organization.yml\n")).toContain(
      "pass the included file, `./parts/organization.yml`, with `Organization:` above it",
    );
  });

  test("has units that stand within each other", () => {
    const circle = TEMPLATE.replace(
      "Accounts: !Ref ShopProd",
      "OrganizationalUnits: !Ref Workloads",
    );
    const { organization } = readOrgFormation("organization.yml", circle);
    expect(organization?.units.map(({ path }) => path)).toEqual([
      "/prod/workloads",
      "/workloads/prod",
      "/sandbox",
    ]);
  });

  test("is no YAML, or holds no accounts", () => {
    expect(findings("Organization: [\n")).toContain("[yaml-syntax]");
    expect(findings("Organization:\n  A: { Type: OC::ORG::OrganizationRoot }\n")).toContain(
      "`Organization` has no `OC::ORG::Account`",
    );
    expect(findings("[1, 2]\n")).toContain("must have a map `Organization`");
  });
});
