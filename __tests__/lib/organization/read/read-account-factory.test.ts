import { printDiagnostics } from "../../../../lib/diagnostics/print";
import { readAccountFactory } from "../../../../lib/organization/read/read-account-factory";

const METADATA = JSON.stringify({
  Items: [
    {
      id: { S: "222222222222" },
      email: { S: "shop@example.com" },
      account_name: { S: "Shop" },
      account_status: { S: "ACTIVE" },
      account_level_tags: { S: '{"team": "shop"}' },
      parent_ou: { S: "ou-ex01-wlprod01" },
    },
  ],
  Count: 1,
});
const REQUESTS = JSON.stringify({
  Items: [
    {
      id: { S: "new@example.com" },
      control_tower_parameters: {
        M: {
          AccountEmail: { S: "new@example.com" },
          AccountName: { S: "New" },
          ManagedOrganizationalUnit: { S: "Sandbox" },
        },
      },
      account_tags: { M: { team: { S: "data" } } },
    },
  ],
});
const TERRAFORM = {
  module: {
    shop: {
      source: "./modules/aft-account-request",
      control_tower_parameters: {
        AccountEmail: "Shop@example.com",
        AccountName: "Shop",
        ManagedOrganizationalUnit: "Prod (ou-ex01-wlprod01)",
      },
      account_tags: { team: "shop" },
    },
    network: { source: "./modules/network" },
  },
};

function read(files: Readonly<Record<string, unknown>>): ReturnType<typeof readAccountFactory> {
  const texts = Object.entries(files).map(
    ([file, value]) => [file, typeof value === "string" ? value : JSON.stringify(value)] as const,
  );
  return readAccountFactory(new Map(texts));
}

function accounts(files: Readonly<Record<string, unknown>>): unknown[] {
  const { organization, diagnostics } = read(files);
  expect(diagnostics).toEqual([]);
  expect(organization?.complete).toBe(false);
  return (organization?.accounts ?? []).map(({ place: _, ...account }) => account);
}

function findings(files: Readonly<Record<string, unknown>>): string {
  const { organization, diagnostics } = read(files);
  expect(organization).toBeUndefined();
  return printDiagnostics(diagnostics, { texts: new Map(), color: false });
}

const SHOP = {
  name: "Shop",
  unitId: "ou-ex01-wlprod01",
  tags: { team: "shop" },
  madeBy: "account-factory-for-terraform",
};

describe("files of Account Factory for Terraform", () => {
  test("are scans of its tables, of which one has the ids", () => {
    expect(accounts({ "metadata.json": METADATA, "requests.json": REQUESTS })).toEqual([
      { id: "222222222222", state: "active", ...SHOP },
      {
        name: "New",
        unit: "/Sandbox",
        tags: { team: "data" },
        madeBy: "account-factory-for-terraform",
      },
    ]);
  });

  test("are Terraform in JSON, where no account has an id", () => {
    expect(accounts({ "requests.tf.json": TERRAFORM })).toEqual([SHOP]);
  });

  test("are what hcl2json prints, with a list of blocks", () => {
    const { shop } = TERRAFORM.module;
    expect(accounts({ "requests.json": { module: { shop: [shop] } } })).toEqual([SHOP]);
  });

  test("tell of one account where metadata and request have the same address", () => {
    expect(accounts({ "metadata.json": METADATA, "requests.tf.json": TERRAFORM })).toEqual([
      { id: "222222222222", state: "active", ...SHOP },
    ]);
  });
});

describe("files of Account Factory for Terraform with mistakes", () => {
  test("are Terraform's own language: the message says how to get JSON", () => {
    expect(findings({ "requests.tf": 'module "shop" {}' })).toBe(
      "requests.tf: Terraform's own language is not read, only its JSON [organization-file]\n = help: write `hcl2json requests.tf > requests.tf.json` (github.com/tmccombs/hcl2json) and pass that; for account IDs add the output of `aws dynamodb scan --table-name aft-request-metadata`\n",
    );
  });

  test("are one page of several", () => {
    expect(findings({ "m.json": { Items: [], NextToken: "x" } })).toContain(
      "m.json:1:25: the output is one page of several: it has a `NextToken`",
    );
  });

  test("have an id that is a number", () => {
    expect(
      findings({ "m.json": METADATA.replace('{"S":"222222222222"}', '{"N":"22222222222"}') }),
    ).toContain('write "022222222222"');
  });

  test("have a name that Terraform has yet to compute", () => {
    const text = JSON.stringify(TERRAFORM).replace(
      '"AccountName":"Shop"',
      '"AccountName":"${var.name}"',
    );
    expect(findings({ "r.tf.json": text })).toContain(
      'the request has no literal `AccountName`, but "${var.name}"',
    );
  });

  test("are something else", () => {
    expect(findings({ "m.json": "{}" })).toContain(
      "this is neither a scan of a table, with `Items`, nor Terraform with `module`",
    );
  });
});
