import { readFileSync, writeFileSync } from "node:fs";
import { startOrganizationsServer } from "../../support/emulated-aws/organizations-server";
import { CommandProject } from "../../support/projects/command-project";
import type { CommandResult } from "../../support/projects/command-project";
import type { OrganizationsServer, Served } from "../../support/emulated-aws/organizations-server";

const MAP = `# The accounts of the example.
organizations:
  main: { id: o-exampleorg1 }
accounts:
  # Terraform runs here.
  management:
    id: "111111111111"
    management: true
    deploymentRole: none
  shop: # the shop
    id: "222222222222"
    unit: /Workloads # where it belongs
    tags: { team: shop }
  tools:
    id: "444444444444"
hubs:
  people:
    account: tools
    principals: { engineers: { permissionSet: { name: Engineer } } }
spokes:
  reader:
    hubs: [people]
    accounts: { keys: [tools], units: [/Workloads] }
    permissions: { managed: [ReadOnlyAccess] }
`;
const accounts = (...others: readonly object[]): string =>
  JSON.stringify({
    Accounts: [
      { Id: "111111111111", Name: "Management", State: "ACTIVE", Arn: arn("111111111111") },
      { Id: "222222222222", Name: "Shop", State: "ACTIVE", Arn: arn("222222222222") },
      { Id: "444444444444", Name: "Tools", State: "ACTIVE", Arn: arn("444444444444") },
      ...others,
    ],
  });
const NEW = { Id: "333333333333", Name: "Data Prod", State: "ACTIVE", Arn: arn("333333333333") };
const UNITS = `{"Roots": [{"Id": "r-ex01"}]}
{"ParentId": "r-ex01", "OrganizationalUnits": [{"Id": "ou-ex01-aaaaaaaa", "Name": "Workloads"}, {"Id": "ou-ex01-bbbbbbbb", "Name": "Moved"}]}
`;
const SERVED: Served = {
  managementAccountId: "111111111111",
  root: {
    id: "r-ex01",
    name: "Root",
    accounts: [
      { id: "111111111111", name: "Management" },
      { id: "444444444444", name: "Tools" },
    ],
    units: [
      {
        id: "ou-ex01-aaaaaaaa",
        name: "Workloads",
        accounts: [{ id: "222222222222", name: "Shop", tags: { team: "web" } }],
      },
    ],
  },
};

const ENVIRONMENT = { ...process.env };
let project: CommandProject;
let server: OrganizationsServer | undefined;

beforeEach(() => {
  project = new CommandProject();
  project.write("accounts.yaml", MAP);
});
afterEach(async () => {
  project.remove();
  process.env = { ...ENVIRONMENT };
  await server?.stop();
  server = undefined;
});

function arn(id: string): string {
  return `arn:aws:organizations::111111111111:account/o-exampleorg1/${id}`;
}

function sync(...args: readonly string[]): Promise<CommandResult> {
  return project.run(["sync", ...args]);
}

function map(): string {
  return readFileSync("accounts.yaml", "utf8");
}

describe("trustwheel sync with files", () => {
  test("says that the map is in step", async () => {
    writeFileSync("o.json", accounts());
    expect(await sync("o.json", "--check")).toEqual({
      code: 0,
      stdout: "the map matches the organization\n",
      stderr: "",
    });
  });

  test("prints the drift by kind with the edits, and changes nothing", async () => {
    writeFileSync(
      "o.json",
      `${UNITS}{"ParentId": "ou-ex01-bbbbbbbb", "Accounts": [{"Id": "222222222222", "Name": "Shop"}]}${accounts(NEW)}`,
    );
    expect(await sync("o.json")).toEqual({
      code: 0,
      stdout: `not in the map (1)
  "Data Prod" (333333333333) is not in the map
    -> add accounts.data-prod: {"id":"333333333333","name":"Data Prod"}

moved to another OU (1)
  \`shop\` (222222222222) is in /Moved, the map says /Workloads
    -> accounts.shop.unit: /Moved

2 differences, \`trustwheel sync --write\` fixes all of them
`,
      stderr: "",
    });
    expect(map()).toBe(MAP);
  });

  test("exits with 1 on drift when asked to check", async () => {
    writeFileSync("o.json", accounts(NEW));
    expect((await sync("o.json", "--check")).code).toBe(1);
    expect((await sync("o.json")).code).toBe(0);
  });

  test("writes what can be written, every comment kept, and is in step then", async () => {
    writeFileSync(
      "o.json",
      `${UNITS}{"ParentId": "ou-ex01-bbbbbbbb", "Accounts": [{"Id": "222222222222", "Name": "Shop"}]}${accounts(NEW)}`,
    );
    const { code, stdout, stderr } = await sync("o.json", "--write", "--yes", "--check");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(
      "-    unit: /Workloads # where it belongs\n+    unit: /Moved # where it belongs\n",
    );
    expect(stdout).toContain("- shop: spoke reader\n");
    expect(stdout).toContain("wrote accounts.yaml\n");
    expect(map()).toContain("    unit: /Moved # where it belongs\n");
    expect(map()).toContain('  data-prod:\n    id: "333333333333"\n    name: Data Prod\n');
    expect(map().startsWith("# The accounts of the example.\n")).toBe(true);
    expect((await sync("o.json", "--check")).stdout).toBe("the map matches the organization\n");
    const written = map();
    expect((await sync("o.json", "--write", "--yes")).stdout).toContain("nothing to write");
    expect(map()).toBe(written);
  });

  test("checks and proves the new map in a dry run, and writes nothing", async () => {
    writeFileSync("o.json", accounts(NEW));
    const { code, stdout } = await sync("o.json", "--write", "--dry-run");
    expect(code).toBe(0);
    expect(stdout).toContain("accounts.yaml would be written\n");
    expect(stdout).toMatch(/^proved: 3 roles/m);
    expect(map()).toBe(MAP);
  });

  test("exits with 1 after writing where something is left for a person", async () => {
    const gone = { ...NEW, Id: "222222222222", Name: "Shop", State: "SUSPENDED" };
    writeFileSync("o.json", accounts(NEW, gone));
    const { code, stdout } = await sync("o.json", "--write", "--yes", "--check");
    expect(code).toBe(1);
    expect(stdout).toContain("`shop` (222222222222) is suspended");
    expect(map()).toContain("data-prod:");
  });

  test("never takes another organization for the one of the map", async () => {
    writeFileSync("o.json", accounts(NEW).replaceAll("o-exampleorg1", "o-exampleorg9"));
    const { code, stdout } = await sync("o.json", "--write", "--yes");
    expect(code).toBe(1);
    expect(stdout).toContain(
      "the organization is o-exampleorg9, and the map has only o-exampleorg1 (main)",
    );
    expect(map()).toBe(MAP);
  });

  test("lets a closed account leave", async () => {
    const closed = { ...NEW, Id: "222222222222", Name: "Shop", State: "CLOSED" };
    writeFileSync("o.json", accounts(closed));
    expect(await sync("o.json", "--write", "--yes")).toMatchObject({ code: 0, stderr: "" });
    expect(map()).toContain("    state: leaving\n");
    expect((await sync("o.json", "--check")).code).toBe(0);
  });

  test("writes nothing where the new map would not be sound", async () => {
    const foreign = MAP.replace(
      "principals: { engineers: { permissionSet: { name: Engineer } } }",
      `principals:
      vendor:
        foreignAccount: { id: "333333333333", reason: monitoring, role: reader }
        externalId: an-external-id`,
    );
    writeFileSync("accounts.yaml", foreign);
    writeFileSync("o.json", accounts(NEW));
    const { code, stderr } = await sync("o.json", "--write", "--yes");
    expect(code).toBe(1);
    expect(stderr).toContain(
      "333333333333 is not external: it is the account `data-prod` in this map",
    );
    expect(stderr).toContain("This edit would break the map (see above). Nothing written.");
    expect(map()).toBe(foreign);
  });

  test("prints JSON with all edits", async () => {
    writeFileSync("o.json", accounts(NEW));
    const { stdout } = await sync("o.json", "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({
      drifts: [
        {
          kind: "missing-account",
          key: "data-prod",
          edits: [{ kind: "add-account", key: "data-prod", id: "333333333333" }],
        },
      ],
    });
  });

  test("prints one JSON document also when it writes", async () => {
    writeFileSync("o.json", accounts(NEW));
    const { code, stdout } = await sync("o.json", "--format", "json", "--write", "--yes");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      drifts: [{ kind: "missing-account" }],
      change: { outcome: "written", verdict: "proved" },
    });
    expect(map()).toContain("data-prod:");
    expect(
      JSON.parse((await sync("o.json", "--format", "json", "--write", "--yes")).stdout),
    ).toEqual({
      drifts: [],
    });
  });

  test("tells the source by the content of the files", async () => {
    writeFileSync(
      "accounts-config.yaml",
      "mandatoryAccounts:\n  - { name: Shop, email: a@example.com, organizationalUnit: Sandbox }\n",
    );
    expect((await sync("accounts-config.yaml")).stdout).toContain(
      "`shop` (222222222222) is in /Sandbox",
    );
    writeFileSync(
      "organization.yml",
      "Organization:\n  Shop:\n    Type: OC::ORG::Account\n    Properties: { AccountName: Shop, AccountId: '222222222222' }\n",
    );
    expect((await sync("organization.yml")).stdout).toContain("is in /, the map says /Workloads");
    writeFileSync(
      "metadata.json",
      '{"Items": [{"id": {"S": "222222222222"}, "account_name": {"S": "Shop"}, "account_level_tags": {"S": "{\\"team\\": \\"web\\"}"}}]}',
    );
    const aft = await sync("metadata.json");
    expect(aft.stdout).toContain("tags of `shop` (222222222222)");
    expect(aft.stdout).toContain("created by Account Factory for Terraform");
  });

  test("shows the place in a file that cannot be read, and exits with 2", async () => {
    writeFileSync("o.json", '{"Accounts": [\n  {"Id": "111111111111"},\n]}');
    const { code, stdout, stderr } = await sync("o.json", "--write", "--yes");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(
      "o.json:3:1: not valid JSON: there is a comma before the closing bracket",
    );
    expect(map()).toBe(MAP);
  });

  test.each([
    [["missing.json"], "missing.json: cannot be read: there is no such file"],
    [["other.txt"], "the source of this file is not clear from its content"],
    [
      ["o.json", "config.yaml"],
      "this file is from landing-zone, and the one before it from aws-cli",
    ],
    [
      ["config.yaml", "config.yaml", "second.yaml"],
      "a second file: one file has the whole organization",
    ],
    [["o.json", "--organization", "other"], "the map has no organization `other`"],
    [["--from", "live", "o.json"], "option '--from live' reads from AWS and takes no files"],
    [["--from", "aft"], "option '--from aft' needs files, and none is named"],
    [["o.json", "--dry-run"], "option '--dry-run' goes with '--write'"],
  ])("refuses %j", async (args, message) => {
    writeFileSync("o.json", accounts());
    writeFileSync("other.txt", "text");
    for (const file of ["config.yaml", "second.yaml"]) {
      writeFileSync(file, "mandatoryAccounts: [{ name: Shop }]\nworkloadAccounts: []\n");
    }
    const { code, stderr } = await sync(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test("needs a map that can be read", async () => {
    writeFileSync("accounts.yaml", "accounts: { shop: { id: 1 } }\n");
    writeFileSync("o.json", accounts());
    const { code, stderr } = await sync("o.json");
    expect(code).toBe(1);
    expect(stderr).toContain("[ID-01]");
  });
});

describe("trustwheel sync live", () => {
  async function serve(served: Served): Promise<OrganizationsServer> {
    server = await startOrganizationsServer(served);
    Object.assign(process.env, {
      HOME: "/nonexistent",
      AWS_ENDPOINT_URL: server.url,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "testing",
      AWS_SECRET_ACCESS_KEY: "testing",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_MAX_ATTEMPTS: "1",
    });
    return server;
  }

  test("compares with what AWS says", async () => {
    await serve(SERVED);
    const { code, stdout, stderr } = await sync("--check");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toBe(`other tags (1)
  tags of \`shop\` (222222222222): \`team\` is "web", the map says "shop"
    -> accounts.shop.tags.team: web

1 difference, \`trustwheel sync --write\` fixes all of them
`);
  });

  test("does not ask for tags where the map has none", async () => {
    writeFileSync("accounts.yaml", MAP.replace("    tags: { team: shop }\n", ""));
    const { requests } = await serve(SERVED);
    expect((await sync("--check")).code).toBe(0);
    expect(requests).not.toContain("ListTagsForResource");
  });

  test("says what to do when AWS denies, and exits with 2", async () => {
    await serve({
      ...SERVED,
      instead: (operation) =>
        operation === "ListRoots"
          ? { status: 400, error: "AccessDeniedException", message: "no" }
          : undefined,
    });
    const { code, stdout, stderr } = await sync("--write", "--yes");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(
      "AWS denies organizations:ListRoots: no\n  = help: allow organizations:ListRoots",
    );
    expect(map()).toBe(MAP);
  });
});
