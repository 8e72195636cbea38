import { printDiagnostics } from "../../../../lib/diagnostics/print";
import { readLandingZone } from "../../../../lib/organization/read/read-landing-zone";

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
  const { organization, diagnostics } = readLandingZone("accounts-config.yaml", text);
  expect(organization).toBeUndefined();
  const texts = new Map([["accounts-config.yaml", text]]);
  return printDiagnostics(diagnostics, { texts, color: false });
}

describe("accounts-config.yaml of Landing Zone Accelerator", () => {
  test("is read with the ids that it has, and no others", () => {
    const { organization, diagnostics } = readLandingZone("accounts-config.yaml", CONFIG);
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
      [undefined, "Unplaced", "/"],
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
});
