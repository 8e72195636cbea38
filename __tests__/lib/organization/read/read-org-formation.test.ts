import { printDiagnostics } from "../../../../lib/diagnostics/print";
import { readOrgFormation } from "../../../../lib/organization/read/read-org-formation";
import type { OrganizationResult } from "../../../../lib/organization/read/organization-result";
import { findIn } from "./find-in";

function read(text: string, files: Readonly<Record<string, string>> = {}): OrganizationResult {
  return readOrgFormation("organization.yml", text, findIn(files));
}

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
  const { organization, diagnostics } = read(text);
  expect(organization).toBeUndefined();
  return printDiagnostics(diagnostics, {
    texts: new Map([["organization.yml", text]]),
    color: false,
  });
}

describe("organization.yml of org-formation", () => {
  const { organization, diagnostics } = read(TEMPLATE);

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

  test("is read with any number of tags", () => {
    const names = Array.from({ length: 300 }, (_, index) => `Account${index}`);
    const accounts = names.map(
      (name) => `  ${name}: { Type: OC::ORG::Account, Properties: { AccountName: ${name} } }\n`,
    );
    const references = names.map((name) => `!Ref ${name}`).join(", ");
    const unit = `{ OrganizationalUnitName: all, Accounts: [${references}] }`;
    const text = `Organization:\n  All: { Type: OC::ORG::OrganizationalUnit, Properties: ${unit} }\n${accounts.join("")}`;
    const many = read(text);
    expect(many.diagnostics).toEqual([]);
    expect(new Set(many.organization?.accounts.map((account) => account.unit))).toEqual(
      new Set(["/all"]),
    );
    expect(many.organization?.accounts).toHaveLength(300);
  });

  test("is read with what it includes: tags, keys merged by `<<`, everything", () => {
    const files = {
      "tags.yml": "team: shop\nbudget: 2500\n",
      "shop.yml":
        "RootEmail: shop@example.com\nAccountId: '222222222222'\nTags: !Include ./tags.yml\n",
      "all.yml": TEMPLATE.slice(
        TEMPLATE.indexOf("  MasterAccount"),
        TEMPLATE.indexOf("OrganizationBindings"),
      ),
    };
    const accounts = organization?.accounts.map(({ place: _, ...account }) => account);
    const same = ({ organization: other, diagnostics: none }: OrganizationResult): void => {
      expect(none).toEqual([]);
      expect(other?.accounts.map(({ place: _, ...account }) => account)).toEqual(accounts);
    };
    same(
      read(
        TEMPLATE.replace(/Tags:\n {8}team: shop\n {8}budget: 2500/, "Tags: !Include ./tags.yml"),
        files,
      ),
    );
    same(
      read(
        TEMPLATE.replace(
          /RootEmail: shop[^]*?budget: 2500/,
          "<<: !Include ./shop.yml\n      AccountName: Shop !Ref Prod",
        ),
        files,
      ),
    );
    same(read("Organization: !Include ./all.yml\n", files));
  });

  test("names the included file and line of what is wrong there", () => {
    const text = TEMPLATE.replace(
      "Properties: { AccountName: Old, AccountId: '333333333333' }",
      "Properties: !Include ./old.yml",
    );
    const { diagnostics: found } = read(text, { "old.yml": "AccountName: Old\nAccountId: 333\n" });
    expect(found).toMatchObject([
      { rule: "ID-01", file: "old.yml", span: { start: { line: 2, column: 12 } } },
    ]);
  });

  test("may have an empty ID: the account is not made yet", () => {
    const { organization: other } = read(TEMPLATE.replace("'333333333333'", "null"));
    expect(other?.accounts.at(-1)).toMatchObject({ name: "Old" });
    expect(other?.accounts.at(-1)).not.toHaveProperty("id");
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

  test("includes a file that is not there, not YAML, or itself", () => {
    const text = "Organization: !Include ./parts.yml\n";
    expect(findings(text)).toBe(
      `organization.yml:1:24: \`!Include ./parts.yml\` cannot be read: no such file, and this value is needed [organization-file]
  |
1 | Organization: !Include ./parts.yml
  |                        ^~~~~~~~~~~
  = help: write the value itself in its place
`,
    );
    expect(read(text, { "parts.yml": "a: [\n" }).diagnostics).toMatchObject([
      { file: "parts.yml", rule: "yaml-syntax" },
    ]);
    const circle = { "parts.yml": "A: !Include ./parts.yml\n" };
    expect(read(text, circle).diagnostics).toMatchObject([
      {
        file: "parts.yml",
        message: "`!Include ./parts.yml` names a file that includes it, and this value is needed",
      },
    ]);
  });

  test.each([
    ["AccountName: New", "AccountName: !Sub 'new-${stage}'", "`!Sub new-${stage}` has no value"],
    ["AccountName: New", "AccountId: !GetAtt Other.Id", "`!GetAtt Other.Id` has no value"],
    [
      "      Tags:\n        team: shop\n        budget: 2500",
      "      Tags: !GetTags Shop",
      "`!GetTags Shop`",
    ],
    ["team: shop", "team: !Sub x", "`!Sub x` has no value in the file, and this value is needed"],
    [
      "OrganizationalUnitName: prod",
      "OrganizationalUnitName: !Sub prod",
      "`!Sub prod` has no value",
    ],
    [
      "Accounts: !Ref ShopProd",
      "Accounts: !GetAtt ShopProd.X",
      "`!GetAtt ShopProd.X` has no value",
    ],
    ["Accounts: !Ref ShopProd", "Accounts: [1]", "a member must be `!Ref`"],
    ["        team: shop\n", "        - team\n", "[yaml-syntax]"],
    ["team: shop", "team: [shop]", "`team` must be a text"],
    ["Tags:\n        team: shop\n        budget: 2500", "Tags: shop", "`Tags` must be a map"],
    [
      "Properties:\n      AccountName: New",
      "Properties:\n      <<: !Sub x",
      "the keys that it merges are unknown",
    ],
    [
      "'333333333333'",
      "'222222222222'",
      "`ShopProd` and `OldAccount` have the same ID, 222222222222",
    ],
  ])(
    "says something that is never read as nothing, nor as its text: %s -> %s",
    (from, to, message) => {
      expect(TEMPLATE).toContain(from);
      expect(findings(TEMPLATE.replace(from, to))).toContain(message);
    },
  );

  test("has units that stand within each other", () => {
    const circle = TEMPLATE.replace(
      "Accounts: !Ref ShopProd",
      "OrganizationalUnits: !Ref Workloads",
    );
    const { organization } = read(circle);
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
