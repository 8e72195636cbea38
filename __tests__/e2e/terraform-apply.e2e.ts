import { AttachRolePolicyCommand } from "@aws-sdk/client-iam";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compareEmulatedAccess } from "../support/emulated-aws/compare-emulated-access";
import { readEmulatedAccess } from "../support/emulated-aws/emulated-access";
import { successOf } from "../support/emulated-aws/emulated-project";
import type { Outcome } from "../support/emulated-aws/emulated-project";
import { GIVEN_ROLES, startYear } from "../support/emulated-aws/emulated-year";
import type { EmulatedYear } from "../support/emulated-aws/emulated-year";
import { makeRolesByHand } from "../support/emulated-aws/hand-made-roles";
import { hasMoto, warnOfMissingMoto } from "../support/emulated-aws/moto";
import { warnOfSkipped } from "../support/skipped";

const SUITE = "stacks applied to an emulator of AWS by Terraform itself";
const BINARY = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
const asked = process.env.TRUSTWHEEL_E2E_TERRAFORM === "1";
const emulator = hasMoto();
const terraform = spawnSync(BINARY, ["version"]).status === 0;

if (!asked) {
  warnOfSkipped(
    SUITE,
    `set TRUSTWHEEL_E2E_TERRAFORM=1 where ${BINARY} can install the provider hashicorp/aws.`,
  );
} else if (!terraform) {
  warnOfSkipped(
    SUITE,
    `${BINARY} is not on the PATH. Install Terraform 1.10 or later ` +
      "(developer.hashicorp.com/terraform/install), or OpenTofu 1.11 or later (opentofu.org/docs/intro/install) " +
      "and set TERRAFORM_BINARY_NAME=tofu.",
  );
}
if (!emulator) warnOfMissingMoto(SUITE);

const MINUTES = 60_000;
/** What `plan -detailed-exitcode` says. */
const NO_CHANGES = 0;
const CHANGES = 2;

jest.setTimeout(20 * MINUTES);

(asked && terraform && emulator ? describe : describe.skip)(SUITE, () => {
  let year: EmulatedYear;

  beforeAll(async () => {
    year = await startYear();
    mkdirSync(join(year.project.folder, "providers"));
  });

  afterAll(() => year.end());

  /** Runs Terraform in the copy of a stack. */
  function run(stack: string, ...args: readonly string[]): Promise<Outcome> {
    return year.project.run(BINARY, [...args, "-input=false", "-no-color"], {
      folder: join("copies", "stacks", stack),
      environment: {
        CHECKPOINT_DISABLE: "1",
        TF_PLUGIN_CACHE_DIR: join(year.project.folder, "providers"),
        TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
      },
    });
  }

  /**
   * Synthesizes, and copies the stacks as deep as they stand, so that their states stay where they are. The
   * override sends the provider to the emulator; roles that it assumes and the account that it allows stay.
   */
  async function synth(): Promise<string[]> {
    await year.project.succeed("synth");
    const { project, url } = year;
    rmSync(join(project.folder, "copies"), { recursive: true, force: true });
    const aws = {
      access_key: "testing",
      secret_key: "testing",
      skip_credentials_validation: true,
      skip_metadata_api_check: "true",
      skip_region_validation: true,
      endpoints: [{ iam: url, sts: url }],
    };
    const stacks = project.stacks();
    for (const [stack, folder] of stacks) {
      const copy = join(project.folder, "copies", "stacks", stack);
      cpSync(folder, copy, { recursive: true });
      writeFileSync(join(copy, "override.tf.json"), JSON.stringify({ provider: { aws: [aws] } }));
      successOf(await run(stack, "init"), `init of ${stack}`);
    }
    return [...stacks.keys()];
  }

  async function apply(stacks: readonly string[]): Promise<void> {
    for (const stack of stacks) {
      successOf(await run(stack, "apply", "-auto-approve"), `apply of ${stack}`);
    }
    // Terraform must come to rest.
    expect(await planned(stacks)).toEqual([]);
  }

  /** Stacks in which Terraform plans to change something. */
  async function planned(stacks: readonly string[]): Promise<string[]> {
    const changing: string[] = [];
    for (const stack of stacks) {
      const { code, output } = await run(stack, "plan", "-detailed-exitcode");
      if (code !== NO_CHANGES && code !== CHANGES) throw new Error(`plan of ${stack}: ${output}`);
      if (code === CHANGES) changing.push(stack);
    }
    return changing;
  }

  /** Compares what there is with the map, and tells the unique ids of roles by ARN. */
  async function verify(): Promise<Record<string, string>> {
    const { accounts, organization, project } = year;
    const actual = await readEmulatedAccess(accounts, organization.accountIds, GIVEN_ROLES);
    const { map, plan } = project.read();
    const compared = compareEmulatedAccess(actual, map, plan);
    expect(compared.actualRoles).toEqual(compared.wantedRoles);
    expect(compared.problems).toEqual([]);
    expect(Object.keys(compared.declared)).toEqual(["allowed"]);
    expect(Object.keys(compared.undeclared)).toEqual(["denied"]);
    return Object.fromEntries([...actual.roles].map(([arn, { roleId }]) => [arn, roleId]));
  }

  test("makes what the map declares", async () => {
    await year.project.succeed("sync", "--write", "--yes");
    await apply(await synth());
    expect(Object.keys(await verify()).length).toBeGreaterThan(0);
  });

  test("moves a renamed hub in the state, and makes nothing anew", async () => {
    const before = await verify();
    await year.project.succeed("rename", "hub", "automation", "machines", "--yes");
    await apply(await synth());
    expect(await verify()).toEqual(before);
  });

  test("keeps the state of a renamed account", async () => {
    const before = await verify();
    await year.project.succeed("rename", "account", "shop-prod", "store-prod", "--yes");
    expect(await planned(await synth())).toEqual([]);
    expect(await verify()).toEqual(before);
  });

  test("takes away what somebody attaches by hand", async () => {
    const { accounts, organization, project } = year;
    const before = await verify();
    const iam = await accounts.iam(organization.accountId("shop-prod"));
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await iam.send(new AttachRolePolicyCommand({ RoleName: "deployer", PolicyArn }));
    const stacks = [...project.stacks().keys()];
    expect(await planned(stacks)).toEqual(["store-prod"]);
    await apply(stacks);
    expect(await verify()).toEqual(before);
  });

  test("removes the roles of an account that leaves, and lets it go", async () => {
    const { organization, project } = year;
    await year.project.succeed("offboard", "shop-test", "--yes");
    const stacks = await synth();
    const early = await project.trustwheel("offboard", "shop-test", "--finish", "--yes");
    expect(early.code).toBe(1);
    await apply(stacks);
    const id = organization.accountId("shop-test");
    expect(Object.keys(await verify()).filter((arn) => arn.includes(id))).toEqual([]);
    await year.project.succeed("offboard", "shop-test", "--finish", "--yes");
    expect(await planned(await synth())).toEqual([]);
    await verify();
  });

  test("imports roles that were made by hand, and makes none anew", async () => {
    const { accounts, organization, project } = year;
    const before = await verify();
    const { hub, spoke } = await makeRolesByHand(accounts, organization, "shop-prod");
    const legacy = await readEmulatedAccess(accounts, organization.accountIds, GIVEN_ROLES);
    await project.succeed(
      ...["adopt", "--live", "--role", "OrganizationAccountAccessRole"],
      ...["--only", "legacy-*", "--yes"],
    );
    await apply(await synth());
    expect(await verify()).toEqual({
      ...before,
      [hub]: legacy.roles.get(hub)?.roleId,
      [spoke]: legacy.roles.get(spoke)?.roleId,
    });
    rmSync(join(project.folder, "imports"), { recursive: true });
    expect(await planned(await synth())).toEqual([]);
  });
});
