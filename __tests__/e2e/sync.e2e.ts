import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationCommand,
  CreateOrganizationalUnitCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-organizations";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasMoto, startMoto, warnOfMissingMoto } from "../support/emulated-aws/moto";
import type { Moto } from "../support/emulated-aws/moto";
import { ROOT } from "../support/project";

const found = hasMoto();
const hasAwsCli = spawnSync("aws", ["--version"]).status === 0;
if (found && !hasAwsCli) console.warn("SKIPPED: the loop of docs/sync.md: aws is not on the PATH");
if (!found) warnOfMissingMoto("trustwheel sync against AWS Organizations");

/** A year of an organization: after each change, the map is behind, is written, and is in step. */
(found ? describe : describe.skip)("trustwheel sync against AWS Organizations", () => {
  const folder = mkdtempSync(join(tmpdir(), "trustwheel-e2e-sync-"));
  let moto: Moto;
  let client: OrganizationsClient;
  let rootId = "";
  let managementAccountId = "";
  const units = new Map<string, string>();
  const accounts = new Map<string, string>();

  beforeAll(async () => {
    moto = await startMoto();
    client = new OrganizationsClient({
      endpoint: moto.url,
      region: "us-east-1",
      credentials: { accessKeyId: "testing", secretAccessKey: "testing" },
    });
    const { Organization = {} } = await client.send(
      new CreateOrganizationCommand({ FeatureSet: "ALL" }),
    );
    const { Id = "", MasterAccountId = "" } = Organization;
    managementAccountId = MasterAccountId;
    rootId = (await client.send(new ListRootsCommand({}))).Roots?.[0]?.Id ?? "";
    await addUnit("/Shop", rootId, "Shop");
    await addUnit("/Shop/Prod", unit("/Shop"), "Prod");
    await addUnit("/Data", rootId, "Data");
    await addUnit("/Data/Prod", unit("/Data"), "Prod");
    await addAccount("tools", "/Data", "platform");
    writeFileSync(
      join(folder, "accounts.yaml"),
      `# Kept in step by \`trustwheel sync\`.
organizations:
  main: { id: ${Id} }
accounts:
  management: # where Terraform runs
    id: "${MasterAccountId}"
    management: true
    deploymentRole: none
    tags: { team: platform }
  tools:
    id: "${accounts.get("tools") ?? ""}"
    unit: /Data
    tags: { team: platform }
hubs:
  people:
    account: tools
    principals: { engineers: { permissionSet: { name: Engineer } } }
spokes:
  reader:
    hubs: [people]
    accounts: { keys: [tools], units: ["/*/Prod"] }
    permissions: { managed: [ReadOnlyAccess] }
`,
    );
  }, 90_000);

  afterAll(async () => {
    await moto.stop();
    client.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  async function addUnit(path: string, ParentId: string, Name: string): Promise<void> {
    const command = new CreateOrganizationalUnitCommand({ ParentId, Name });
    const { OrganizationalUnit } = await client.send(command);
    units.set(path, OrganizationalUnit?.Id ?? "");
  }

  function unit(path: string): string {
    return units.get(path) ?? "";
  }

  async function addAccount(name: string, path: string, team: string): Promise<void> {
    const { CreateAccountStatus } = await client.send(
      new CreateAccountCommand({
        AccountName: name,
        Email: `${name}@example.com`,
        Tags: [{ Key: "team", Value: team }],
      }),
    );
    const AccountId = CreateAccountStatus?.AccountId ?? "";
    accounts.set(name, AccountId);
    await move(name, rootId, unit(path));
  }

  async function move(
    name: string,
    SourceParentId: string,
    DestinationParentId: string,
  ): Promise<void> {
    const AccountId = accounts.get(name) ?? "";
    await client.send(new MoveAccountCommand({ AccountId, SourceParentId, DestinationParentId }));
  }

  interface Outcome {
    readonly code: number | null;
    readonly output: string;
  }

  function trustwheel(...args: readonly string[]): Promise<Outcome> {
    return program("node", [join(ROOT, "cli", "trustwheel.js"), ...args]);
  }

  function program(name: string, args: readonly string[]): Promise<Outcome> {
    return new Promise((resolve) => {
      const child = spawn(name, args, {
        cwd: folder,
        env: { ...process.env, ...moto.environment, HOME: folder },
      });
      let output = "";
      child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.on("close", (code) => {
        resolve({ code, output });
      });
    });
  }

  /** Writes the drift, sees that the map is in step, and returns it. */
  async function settle(): Promise<string> {
    expect(await trustwheel("sync", "--check")).toMatchObject({ code: 1 });
    const { code, output } = await trustwheel("sync", "--write", "--yes", "--check");
    expect(output).toContain("wrote accounts.yaml");
    expect(code).toBe(0);
    const after = await trustwheel("sync", "--check");
    expect(after).toEqual({ code: 0, output: "the map matches the organization\n" });
    return readFileSync(join(folder, "accounts.yaml"), "utf8");
  }

  test("adopts accounts in nested units of equal names, also of equal names", async () => {
    await client.send(
      new TagResourceCommand({
        ResourceId: managementAccountId,
        Tags: [{ Key: "team", Value: "platform" }],
      }),
    );
    await addAccount("Shop Prod", "/Shop/Prod", "shop");
    await addAccount("data-prod", "/Data/Prod", "data");
    const map = await settle();
    const entry = (key: string, name: string, path: string, team: string): RegExp =>
      new RegExp(
        `  ${key}:\n(?: {4}.*\n)*? {4}id: "${accounts.get(name) ?? ""}"\n(?: {4}.*\n)*? {4}unit: ${path}\n(?: {4}.*\n)*?.*team: ${team}`,
      );
    expect(map).toMatch(entry("shop-prod", "Shop Prod", "/Shop/Prod", "shop"));
    expect(map).toMatch(entry("data-prod", "data-prod", "/Data/Prod", "data"));
    expect(map).toContain("  management: # where Terraform runs\n");
  }, 60_000);

  test("follows an account to another unit", async () => {
    await move("Shop Prod", unit("/Shop/Prod"), unit("/Data/Prod"));
    const map = await settle();
    expect(map).not.toContain("unit: /Shop/Prod");
  }, 60_000);

  test("follows tags", async () => {
    const ResourceId = accounts.get("Shop Prod");
    await client.send(new UntagResourceCommand({ ResourceId, TagKeys: ["team"] }));
    expect(await settle()).not.toContain("team: shop");
  }, 60_000);

  test("reports a closed account until the map lets it leave", async () => {
    const id = accounts.get("data-prod") ?? "";
    await client.send(new CloseAccountCommand({ AccountId: id }));
    const { code, output } = await trustwheel("sync", "--write", "--yes", "--check");
    // moto tells no more than `SUSPENDED`, from which nobody can tell whether the account was closed.
    expect({ code, output }).toMatchObject({ code: 1 });
    expect(output).toContain(
      `\`data-prod\` (${id}) is suspended: it was closed, or AWS restricts it`,
    );
    const file = join(folder, "accounts.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("  data-prod:\n", "  data-prod:\n    state: leaving\n"));
    expect(await trustwheel("sync", "--check")).toEqual({
      code: 0,
      output: "the map matches the organization\n",
    });
  }, 60_000);

  (hasAwsCli ? test : test.skip)(
    "follows the file that the loop of docs/sync.md prints",
    async () => {
      await move("Shop Prod", unit("/Data/Prod"), unit("/Shop"));
      const { code, output } = await program("bash", ["-euc", loopOfTheDocumentation()]);
      expect({ code, output }).toEqual({ code: 0, output: "" });
      const drift = await trustwheel("sync", "organization.json", "--check");
      expect(drift.code).toBe(1);
      expect(drift.output).toContain("is in /Shop, the map says /Data/Prod");
      expect((await trustwheel("sync", "organization.json", "--write", "--yes")).code).toBe(0);
      // What the file says and what the API says is the same.
      expect(await trustwheel("sync", "--check")).toEqual({
        code: 0,
        output: "the map matches the organization\n",
      });
    },
    180_000,
  );
});

/** The commands that write `organization.json`, as users copy them. */
function loopOfTheDocumentation(): string {
  const document = readFileSync(join(ROOT, "docs", "sync.md"), "utf8");
  const [loop] = [...document.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, commands = ""]) =>
    commands.includes("walk()") ? [commands] : [],
  );
  if (loop === undefined) throw new Error("docs/sync.md has no loop");
  return loop;
}
