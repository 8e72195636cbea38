import { rmSync } from "node:fs";
import { join } from "node:path";
import { hasMoto, warnOfMissingMoto } from "../support/emulated-aws/moto";
import { providerOnHand } from "../support/terraform/provider-on-hand";
import { actionsOf, addressesOf } from "../support/terraform/real-plan";
import { TerraformYear } from "../support/terraform/terraform-year";
import { roleIds } from "../support/terraform/verify-year";

const SUITE = "everything that a map creates, imported by the real provider";
const provider = providerOnHand(SUITE);
const emulator = hasMoto();
if (!emulator) warnOfMissingMoto(SUITE);

const MINUTES = 60_000;
jest.setTimeout(10 * MINUTES);

const STACKS = ["shared", "shop-prod"];
const READER = ["import", "--role", "OrganizationAccountAccessRole"];

(provider !== undefined && emulator ? describe : describe.skip)(SUITE, () => {
  let year: TerraformYear;

  beforeAll(async () => {
    if (provider === undefined) return;
    year = await TerraformYear.start(provider);
    // One account with users, grants and providers, and one with policies and boundaries that Terraform makes.
    year.project.edit(/ {2}shop-test:\n.*\n.*\n/, "");
    await year.bootstrap(...STACKS);
  });

  afterAll(() => year.end());

  test("nothing is imported before anything exists", async () => {
    expect(await year.project.succeed(...READER, "--dry-run")).toBe(
      "nothing in the map exists yet\n",
    );
  });

  test("the same map without its states: all is imported, and nothing is added, changed or destroyed", async () => {
    const made = await year.plan();
    await year.apply(made);
    const before = await roleIds(year);
    const created = addressesOf(made.values(), "create");
    expect(created.length).toBeGreaterThan(30);

    rmSync(join(year.project.folder, "state"), { recursive: true });
    await year.project.succeed(...READER);
    const imported = await year.plan();
    expect(actionsOf(imported.values())).toEqual(["import"]);
    expect(addressesOf(imported.values(), "import")).toEqual(created);
    expect(await year.prove()).toMatchObject({ code: 0 });
    await year.apply(imported);
    // The blocks are passed over once their resources are in the state, and can go.
    expect(await year.restless(STACKS)).toEqual([]);
    rmSync(join(year.project.folder, "imports"), { recursive: true });
    await year.project.succeed("synth");
    expect(await year.restless(STACKS)).toEqual([]);
    expect(await roleIds(year)).toEqual(before);
    process.stderr.write(
      `${year.provider.tool}: ${created.length} resources created and imported\n`,
    );
  });
});
