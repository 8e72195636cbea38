import { printDiagnostics } from "../../../../lib/diagnostics/print";
import type { Organization } from "../../../../lib/organization/organization";
import { readAwsCliFiles } from "../../../../lib/organization/read/read-aws-cli-files";
import { cpuMilliseconds } from "../../../support/cpu-time";

const ARN = "arn:aws-us-gov:organizations::111111111111:account/o-exampleorg1";
const ACCOUNTS = `{
    "Accounts": [
        {"Id": "111111111111", "Arn": "${ARN}/111111111111", "Email": "m@example.com", "Name": "Management", "Status": "ACTIVE", "JoinedMethod": "INVITED"},
        {"Id": "222222222222", "Arn": "${ARN}/222222222222", "Email": "s@example.com", "Name": "Shop", "Status": "SUSPENDED", "State": "CLOSED", "JoinedMethod": "CREATED"}
    ]
}
`;
/** What the loop of docs/sync.md prints: several documents in one file. */
const LOOP = `{"Organization": {"Id": "o-exampleorg1", "MasterAccountId": "111111111111"}}
{"Roots": [{"Id": "r-ex01", "Name": "Root"}]}
{"ParentId": "r-ex01", "Accounts": [{"Id": "111111111111", "Name": "Management", "State": "ACTIVE", "JoinedMethod": "INVITED"}]}
{"ParentId": "r-ex01", "OrganizationalUnits": [{"Id": "ou-ex01-aaaaaaaa", "Name": "Shop"}, {"Id": "ou-ex01-bbbbbbbb", "Name": "Data/ML"}]}
{"ParentId": "ou-ex01-aaaaaaaa", "Accounts": []}
{"ParentId": "ou-ex01-aaaaaaaa", "OrganizationalUnits": [{"Id": "ou-ex01-cccccccc", "Name": "Prod"}]}
{"ParentId": "ou-ex01-bbbbbbbb", "Accounts": null}
{"ParentId": "ou-ex01-bbbbbbbb", "OrganizationalUnits": [{"Id": "ou-ex01-dddddddd", "Name": "Prod"}]}
{"ParentId": "ou-ex01-cccccccc", "Accounts": [{"Id": "222222222222", "Name": "One", "State": "ACTIVE", "JoinedMethod": "CREATED"}]}
{"ParentId": "ou-ex01-cccccccc", "OrganizationalUnits": []}
{"ParentId": "ou-ex01-dddddddd", "Accounts": [{"Id": "333333333333", "Name": "Two", "State": "ACTIVE", "JoinedMethod": "CREATED"}]}
{"ParentId": "ou-ex01-dddddddd", "OrganizationalUnits": []}
{"ResourceId": "222222222222", "Tags": [{"Key": "team", "Value": "shop"}]}
`;

function read(files: Readonly<Record<string, string>>): Organization {
  const { organization, diagnostics } = readAwsCliFiles(new Map(Object.entries(files)));
  if (organization === undefined) throw new Error(JSON.stringify(diagnostics));
  return organization;
}

function findings(files: Readonly<Record<string, string>>): string {
  const texts = new Map(Object.entries(files));
  return printDiagnostics(readAwsCliFiles(texts).diagnostics, { texts, color: false });
}

describe("files of the AWS CLI", () => {
  test("may be the output of list-accounts alone: units and tags are then not known", () => {
    expect(read({ "accounts.json": ACCOUNTS })).toMatchObject({
      id: "o-exampleorg1",
      managementAccountId: "111111111111",
      partition: "aws-us-gov",
      units: [],
      complete: true,
      accounts: [
        { id: "111111111111", name: "Management", state: "active", joined: "invited" },
        { id: "222222222222", name: "Shop", state: "closed", joined: "created" },
      ],
    });
    const { accounts } = read({ "accounts.json": ACCOUNTS });
    expect(accounts.map(({ unit, tags }) => [unit, tags])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(JSON.stringify(accounts)).not.toContain("@example.com");
  });

  test("may have the forms that `--query` gives them: lower case, lists without a key", () => {
    const lower = ACCOUNTS.replaceAll(
      /"([A-Z][A-Za-z]*)":/g,
      (_, key: string) => `"${key.toLowerCase()}":`,
    );
    const list = ACCOUNTS.slice(ACCOUNTS.indexOf("["), ACCOUNTS.lastIndexOf("}"));
    expect(lower).toContain('"joinedmethod": "INVITED"');
    const { accounts: known } = read({ "accounts.json": ACCOUNTS });
    for (const text of [lower, list]) {
      const { accounts, complete } = read({ "accounts.json": text });
      expect(accounts.map(({ place: _, ...account }) => account)).toEqual(
        known.map(({ place: _, ...account }) => account),
      );
      expect(complete).toBe(true);
    }
    expect(
      read({
        "roots.json": '[{"Id": "r-ex01", "Name": "Root"}]',
        "r-ex01.json": '[{"id": "ou-ex01-aaaaaaaa", "name": "Shop"}]',
        "ou-ex01-aaaaaaaa.json": '[{"Id": "222222222222", "Name": "Shop"}]',
        "222222222222.json": '[{"Key": "team", "Value": "shop"}]',
      }).accounts,
    ).toMatchObject([{ id: "222222222222", unit: "/Shop", tags: { team: "shop" } }]);
    expect(findings({ "accounts.json": '[{"Id": "22222222222"}]' })).toContain(
      "accounts.json:1:9: an account ID is a string of 12 digits",
    );
    expect(findings({ "accounts.json": "[]" })).toContain("this is not output of");
  });

  test("may be many outputs in one file, with nested units of equal names", () => {
    const organization = read({ "organization.json": LOOP });
    expect(organization.rootId).toBe("r-ex01");
    expect(organization.complete).toBe(true);
    expect(organization.units.map(({ id, path }) => [id, path])).toEqual([
      ["ou-ex01-bbbbbbbb", "/Data-ML"],
      ["ou-ex01-dddddddd", "/Data-ML/Prod"],
      ["ou-ex01-aaaaaaaa", "/Shop"],
      ["ou-ex01-cccccccc", "/Shop/Prod"],
    ]);
    expect(organization.accounts.map(({ name, unit, tags }) => [name, unit, tags])).toEqual([
      ["Management", "/", undefined],
      ["One", "/Shop/Prod", { team: "shop" }],
      ["Two", "/Data-ML/Prod", undefined],
    ]);
  });

  test("may be one file for each output, named for what was asked for", () => {
    const organization = read({
      "list-accounts.json": ACCOUNTS,
      "list-roots.json": '{"Roots": [{"Id": "r-ex01"}]}',
      "units/r-ex01.json": '{"OrganizationalUnits": [{"Id": "ou-ex01-aaaaaaaa", "Name": "Shop"}]}',
      "accounts/ou-ex01-aaaaaaaa.json": '{"Accounts": [{"Id": "222222222222", "Name": "Shop"}]}',
      "tags/222222222222.json": '{"Tags": [{"Key": "team", "Value": "shop"}]}',
    });
    expect(organization.accounts[1]).toMatchObject({
      id: "222222222222",
      state: "closed",
      unit: "/Shop",
      tags: { team: "shop" },
    });
  });

  test("say where an account stands", () => {
    expect(read({ "accounts.json": ACCOUNTS }).accounts[1]?.place).toEqual({
      file: "accounts.json",
      span: { start: { line: 4, column: 16 }, end: { line: 4, column: 30 } },
    });
    expect(read({ "organization.json": LOOP }).accounts[2]?.place?.span.start).toEqual({
      line: 11,
      column: 54,
    });
  });

  test("are not complete where a unit was left out: a warning says so", () => {
    const files = { "o.json": LOOP.replace(/^.*ou-ex01-dddddddd", "Accounts".*$/m, "") };
    expect(read(files).complete).toBe(false);
    expect(findings(files)).toBe(
      `o.json: warning: not all accounts are listed, what is in ou-ex01-dddddddd is missing: accounts that only the map has are not reported [organization-incomplete]
 = help: add the output of \`aws organizations list-accounts\`
`,
    );
  });
});

describe("files of the AWS CLI with mistakes", () => {
  test("have a trailing comma", () => {
    expect(
      findings({ "a.json": '{"Accounts": [\n  {"Id": "111111111111", "Name": "A"},\n]}\n' }),
    ).toBe(
      `a.json:3:1: not valid JSON: there is a comma before the closing bracket [json-syntax]
  |
3 | ]}
  | ^
  = help: remove the comma
`,
    );
    expect(findings({ "a.json": '{}\n{"Accounts": [], }' })).toContain(
      "a.json:2:18: not valid JSON: there is a comma",
    );
  });

  test("have ids that lost their leading zeros", () => {
    expect(findings({ "a.json": '{"Accounts": [{"Id": 12345678901, "Name": "A"}]}' })).toBe(
      `a.json:1:22: an account ID is a string of 12 digits, got the number 12345678901 [ID-01]
  |
1 | {"Accounts": [{"Id": 12345678901, "Name": "A"}]}
  |                      ^~~~~~~~~~~
  = help: leading zeros were lost, probably in a spreadsheet or by a program that reads IDs as numbers: write "012345678901"
`,
    );
    expect(findings({ "a.json": '{"Accounts": [{"Id": "1234567890", "Name": "A"}]}' })).toContain(
      'write "001234567890"',
    );
  });

  test("have ids as numbers, with leading zeros or without", () => {
    expect(findings({ "a.json": '{"Accounts": [{"Id": 111111111111, "Name": "A"}]}' })).toContain(
      'write "111111111111" in double quotes: as a number, an ID loses its leading zeros',
    );
    expect(findings({ "a.json": '{"Accounts": [{"Id": 012345678901, "Name": "A"}]}' })).toContain(
      `a.json:1:23: not valid JSON: a number starts with a zero [json-syntax]`,
    );
    expect(findings({ "a.json": '{"Accounts": [{"Id": 012345678901, "Name": "A"}]}' })).toContain(
      'write "012345678901" in double quotes: an account ID is a string',
    );
    expect(findings({ "a.json": '{"Accounts": [{"Id": "0o14", "Name": "A"}]}' })).toContain(
      "the ID is in another base",
    );
    expect(findings({ "a.json": '{"Accounts": [{"Name": "A"}]}' })).toContain(
      "an account ID is a string of 12 digits, got nothing [ID-01]",
    );
  });

  test("are one page of several", () => {
    expect(
      findings({
        "a.json": '{"Accounts": [{"Id": "111111111111", "Name": "A"}], "NextToken": "x"}',
      }),
    ).toBe(
      `a.json:1:66: the output is one page of several: it has a \`NextToken\` [organization-incomplete]
  |
1 | {"Accounts": [{"Id": "111111111111", "Name": "A"}], "NextToken": "x"}
  |                                                                  ^~~
  = help: run the command again without \`--max-items\` and \`--no-paginate\`, it then gets all pages
`,
    );
  });

  test("do not say whose units or tags they are", () => {
    expect(
      findings({ "a.json": '{"OrganizationalUnits": [{"Id": "ou-ex01-aaaaaaaa", "Name": "A"}]}' }),
    ).toContain("the parent of these OUs is missing [organization-file]");
    expect(findings({ "a.json": '{"Tags": [{"Key": "a", "Value": "b"}]}' })).toContain(
      "the resource with these tags is missing [organization-file]",
    );
  });

  test("are something else", () => {
    for (const text of ['{"Users": []}', "[]", '"text"', "17"]) {
      expect(findings({ "a.json": text })).toContain(
        "this is not output of `aws organizations`, which has one of the keys `Account`, `Accounts`, `Organization`, `OrganizationalUnits`, `Roots`, `Tags`",
      );
    }
    expect(findings({ "a.json": '{"Accounts": ["111111111111"]}' })).toContain(
      "`Accounts` must be a list of objects, as `aws organizations` prints it",
    );
  });

  test("are empty, cut off, or not UTF-8", () => {
    expect(findings({ "a.json": "" })).toContain("the file is empty [json-syntax]");
    expect(findings({ "a.json": ACCOUNTS.slice(0, 120) })).toContain("[json-syntax]");
    expect(findings({ "a.json": '{"Accounts": [' })).toContain("the file ends too early");
    expect(findings({ "a.json": "{\u0000}\u0000" })).toContain("Out-File -Encoding utf8");
  });

  test("were made while the organization changed", () => {
    const moved = LOOP.replace(
      '"Id": "333333333333", "Name": "Two"',
      '"Id": "222222222222", "Name": "One"',
    );
    expect(findings({ "a.json": moved })).toContain(
      "the account 222222222222 is listed in /Shop/Prod and in /Data-ML/Prod",
    );
  });

  test("have units without a way to the root, or in a circle", () => {
    const circle = LOOP.replace(
      '"ParentId": "r-ex01", "OrganizationalUnits"',
      '"ParentId": "ou-ex01-cccccccc", "OrganizationalUnits"',
    );
    expect(findings({ "a.json": circle })).toContain(
      "the OU ou-ex01-cccccccc is in ou-ex01-aaaaaaaa, and no path from there to the root is listed",
    );
  });
});

describe("a large file of the AWS CLI", () => {
  test("with 2,000 accounts and their tags is read at once", () => {
    const ids = Array.from({ length: 2000 }, (_, index) => String(100_000_000_000 + index));
    const accounts = ids.map((id) => ({ Id: id, Name: `Account ${id}`, State: "ACTIVE" }));
    const tags = ids.map((id) =>
      JSON.stringify({ ResourceId: id, Tags: [{ Key: "id", Value: id }] }, undefined, 4),
    );
    let organization: ReturnType<typeof read> | undefined;
    const time = cpuMilliseconds(() => {
      organization = read({
        "o.json": [JSON.stringify({ Accounts: accounts }), ...tags].join("\n"),
      });
    });
    expect(time).toBeLessThan(30_000);
    expect(organization?.accounts).toHaveLength(2000);
    expect(organization?.accounts[1999]).toMatchObject({
      id: "100000001999",
      tags: { id: "100000001999" },
    });
  });
});
