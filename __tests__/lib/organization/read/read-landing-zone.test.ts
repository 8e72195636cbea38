import { printDiagnostics } from "../../../../lib/diagnostics/print";
import { readLandingZone } from "../../../../lib/organization/read/read-landing-zone";
import type { OrganizationResult } from "../../../../lib/organization/read/organization-result";
import { findIn } from "./find-in";

function read(text: string, files: Readonly<Record<string, string>> = {}): OrganizationResult {
  return readLandingZone("accounts-config.yaml", text, findIn(files));
}

const CONFIG = `mandatoryAccounts:
  - name: Management
    description: The management account
    email: management@example.com
    organizationalUnit: Root
  - name: LogArchive
    email: logs@example.com
    organizationalUnit: Security
workloadAccounts:
  - name: Shop
    email: Shop@example.com
    organizationalUnit: Workloads/Prod
  - name: Unplaced
    email: unplaced@example.com
accountIds:
  - email: management@example.com
    accountId: "111111111111"
  - email: shop@example.com
    accountId: "222222222222"
`;

function findings(text: string): string {
  const { organization, diagnostics } = read(text);
  expect(organization).toBeUndefined();
  const texts = new Map([["accounts-config.yaml", text]]);
  return printDiagnostics(diagnostics, { texts, color: false });
}

describe("accounts-config.yaml of Landing Zone Accelerator", () => {
  test("is read with the ids that it has, and no others", () => {
    const { organization, diagnostics } = read(CONFIG);
    expect(diagnostics).toEqual([]);
    expect(organization).toMatchObject({
      managementAccountId: "111111111111",
      awsNames: false,
      complete: true,
      units: [],
    });
    expect(organization?.accounts.map(({ id, name, unit }) => [id, name, unit])).toEqual([
      ["111111111111", "Management", "/"],
      [undefined, "LogArchive", "/Security"],
      ["222222222222", "Shop", "/Workloads/Prod"],
      [undefined, "Unplaced", undefined],
    ]);
    expect(organization?.accounts[1]?.place?.span.start).toEqual({ line: 6, column: 5 });
  });

  test("names the line of an id that lost its leading zeros", () => {
    expect(findings(CONFIG.replace('"222222222222"', "22222222222"))).toBe(
      `accounts-config.yaml:19:16: an account ID is a string of 12 digits, got the number 22222222222 [ID-01]
   |
19 |     accountId: 22222222222
   |                ^~~~~~~~~~~
   = help: leading zeros were lost, probably in a spreadsheet or by a program that reads IDs as numbers: write "022222222222"
`,
    );
  });

  test("is refused where it lists no accounts, or something else", () => {
    expect(findings("homeRegion: eu-central-1\n")).toContain("the file lists no accounts");
    expect(findings("workloadAccounts: [{ email: a@example.com }]\n")).toContain(
      "an account of `workloadAccounts` must be a map with a `name`",
    );
  });

  test("is read with the files that it includes, each finding in its own file", () => {
    const text = CONFIG.replace(
      /workloadAccounts:[^]*?accountIds:/,
      "workloadAccounts: !include workloads.yaml\naccountIds:",
    );
    const workloads = "- { name: Shop, email: shop@example.com, organizationalUnit: Workloads }\n";
    const { organization } = read(text, { "workloads.yaml": workloads });
    expect(organization?.accounts.map(({ id, name, unit }) => [id, name, unit])).toEqual([
      ["111111111111", "Management", "/"],
      [undefined, "LogArchive", "/Security"],
      ["222222222222", "Shop", "/Workloads"],
    ]);
    expect(organization?.accounts[2]?.place).toEqual({
      file: "workloads.yaml",
      span: { start: { line: 1, column: 5 }, end: { line: 1, column: 9 } },
    });
    expect(
      read(text, { "workloads.yaml": "- { email: a@example.com }\n" }).diagnostics,
    ).toMatchObject([{ file: "workloads.yaml", span: { start: { line: 1, column: 3 } } }]);
    expect(findings(text)).toContain(
      "accounts-config.yaml:9:28: `!include workloads.yaml` cannot be read: no such file, and this value is needed",
    );
  });

  test("is refused where one address or one ID belongs to two accounts, with both places", () => {
    expect(findings(CONFIG.replace("unplaced@example.com", "SHOP@example.com"))).toBe(
      `accounts-config.yaml:14:12: two accounts have the e-mail address "shop@example.com", which says which ID an account has [organization-account]
   |
14 |     email: SHOP@example.com
   |            ^~~~~~~~~~~~~~~~
   = the first one: accounts-config.yaml:11:12
11 |     email: Shop@example.com
   = help: AWS allows an address for one account only: correct one of them
`,
    );
    expect(findings(CONFIG.replace('"222222222222"', '"111111111111"'))).toContain(
      "accounts-config.yaml:19:16: two e-mail addresses have the account ID 111111111111 [organization-account]",
    );
    const twice = `${CONFIG}  - email: SHOP@example.com\n    accountId: "333333333333"\n`;
    expect(findings(twice)).toContain(
      `accounts-config.yaml:20:12: "shop@example.com" has two account IDs, 222222222222 and 333333333333`,
    );
    expect(findings("workloadAccounts: Shop\n")).toContain("`workloadAccounts` must be a list");
  });
});
