import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { successOf } from "../support/emulated-aws/emulated-project";
import { makeRolesByHand } from "../support/emulated-aws/hand-made-roles";
import { hasMoto, warnOfMissingMoto } from "../support/emulated-aws/moto";
import { grantedActions, NEVER_ASKED } from "../support/terraform/never-asked";
import { providerOnHand } from "../support/terraform/provider-on-hand";
import { actionsOf, addressesOf } from "../support/terraform/real-plan";
import type { RealPlan } from "../support/terraform/real-plan";
import {
  DEPLOYMENT_ROLE,
  PLAN_ROLE,
  stackFolder,
  TerraformYear,
} from "../support/terraform/terraform-year";
import type { ReviewOfPlans } from "../support/terraform/terraform-year";
import { compareWithMap, roleIds } from "../support/terraform/verify-year";
import { boundary, SAML_METADATA } from "../support/terraform/year-map";

const SUITE = "a year of an organization, planned and applied by the real provider";
const provider = providerOnHand(SUITE);
const emulator = hasMoto();
if (!emulator) warnOfMissingMoto(SUITE);

const MINUTES = 60_000;
jest.setTimeout(10 * MINUTES);

(provider !== undefined && emulator ? describe : describe.skip)(SUITE, () => {
  let year: TerraformYear;

  beforeAll(async () => {
    if (provider !== undefined) year = await TerraformYear.start(provider);
  });

  afterAll(async () => {
    const did = Object.entries(year.counts).map(([action, count]) => `${count} ${action}`);
    const by = `${year.provider.tool}, provider ${year.provider.version}`;
    process.stderr.write(`${by}: ${did.join(", ")}; ${year.gate.asked.length} permissions asked\n`);
    await year.end();
  });

  /** What there is must be what the map declares. */
  async function verify(): Promise<void> {
    const compared = await compareWithMap(year);
    expect(compared.actualRoles).toEqual(compared.wantedRoles);
    expect(compared.problems).toEqual([]);
    expect(Object.keys(compared.declared)).toEqual(["allowed"]);
    expect(Object.keys(compared.undeclared)).toEqual(["denied"]);
  }

  /** Plans what is another than before, proves and reviews the plans, applies them, and sees that it rests. */
  async function play(): Promise<{
    readonly plans: ReadonlyMap<string, RealPlan>;
    readonly review: ReviewOfPlans;
  }> {
    const plans = await year.plan();
    successOf(await year.prove(), "the proof of the plans");
    const review = await year.review([...plans.keys()]);
    expect(review.unread).toEqual([]);
    await applyAndRest(plans);
    return { plans, review };
  }

  async function applyAndRest(plans: ReadonlyMap<string, RealPlan>): Promise<void> {
    await year.apply(plans);
    const changed = [...plans].filter(([, { changes }]) => changes).map(([stack]) => stack);
    expect(await year.restless(changed)).toEqual([]);
    expect(year.gate.refused().filter(({ roleArn }) => !roleArn.endsWith(PLAN_ROLE))).toEqual([]);
    await verify();
  }

  test("January: the accounts are prepared, and everything is made", async () => {
    await year.bootstrap("shared", "shop-prod", "shop-test");
    const { plans, review } = await play();
    expect(actionsOf(plans.values())).toEqual(["create"]);
    expect(review.changes.filter(({ direction }) => direction === "lost")).toEqual([]);
    expect(review.changes.some(({ kind }) => kind === "edge")).toBe(true);
  });

  test("February: an account is taken on board", async () => {
    const before = await roleIds(year);
    const id = await year.organization.addAccount("data-prod", "/Workloads/Prod");
    const args = ["--key", "data-prod", "--id", id, "--ou", "/Workloads/Prod"];
    await year.project.succeed("onboard", ...args, "--yes");
    await year.bootstrap("data-prod");
    const { plans } = await play();
    expect([...plans.keys()]).toEqual(["data-prod", "shared"]);
    expect(plans.get("shared")?.actions).toEqual({
      "aws_iam_role_policy.hub-automation_policy-assume-roles": ["update"],
      "aws_iam_role_policy.hub-people_policy-assume-roles": ["update"],
    });
    expect(actionsOf(plans.values())).toEqual(["create", "update"]);
    expect(await roleIds(year)).toMatchObject(before);
  });

  test("March: a hub, a spoke and an account are renamed, and nothing is destroyed", async () => {
    const before = await roleIds(year);
    await year.project.succeed("rename", "hub", "automation", "machines", "--yes");
    await year.project.succeed("rename", "spoke", "reader", "viewer", "--yes");
    await year.project.succeed("rename", "account", "shop-prod", "store-prod", "--yes");
    // The state of the bootstrap is in the folder that has the account's key.
    const bootstraps = join(year.project.folder, "bootstrap", "accounts");
    renameSync(join(bootstraps, "shop-prod"), join(bootstraps, "store-prod"));
    const { plans, review } = await play();
    expect([...plans.keys()]).toContain("store-prod");
    expect(actionsOf(plans.values())).toEqual(["move", "update"]);
    expect(review.changes.filter(({ kind }) => kind === "existence")).toEqual([]);
    expect(await roleIds(year)).toEqual(before);
  });

  test("April: permissions, a boundary, an external ID, a trust policy and a provider change in place, and a user comes", async () => {
    const before = await roleIds(year);
    const { project } = year;
    project.edit('Action: "sqs:SendMessage"', 'Action: ["sqs:SendMessage", "sqs:ReceiveMessage"]');
    project.document("probe-boundary", boundary("iam:Deactivate*"));
    project.edit("externalId: orders", "externalId: [orders, orders-2]");
    const ids = "            externalId: [orders, orders-2]\n";
    project.edit(ids, `${ids}            permissionsBoundary: probe-boundary\n`);
    project.edit("  audit: yearly\n", "");
    const metadata = SAML_METADATA.replace("padding", "another");
    writeFileSync(join(project.folder, "saml.xml"), metadata);
    project.edit(
      "    maxSession: 4h\n    tags: { audience: people }",
      "    tags: { owner: people }",
    );
    const url = "url: https://token.actions.githubusercontent.com";
    project.edit(url, `${url}, audiences: [deployments]`);
    const user = "        user: { name: sys-automation, create: true }\n";
    project.edit(
      "      deploy-bot:\n",
      `      new-bot:\n${user.replace("sys-automation", "sys-deployment")}      deploy-bot:\n`,
    );
    // What is added to the map, the deployment role is permitted before.
    await year.bootstrap("shared");
    const { plans } = await play();
    expect(addressesOf(plans.values(), "update")).toEqual(
      expect.arrayContaining([
        "aws_iam_instance_profile.chain-reporting_profile-reporting-instance",
        "aws_iam_openid_connect_provider.oidc-github",
        "aws_iam_policy.boundary-probe-boundary",
        "aws_iam_role.chain-reporting__orders",
        "aws_iam_role.hub-machines",
        "aws_iam_role.hub-people",
        "aws_iam_role_policy.spoke-probe_policy-statements",
        "aws_iam_saml_provider.saml-login",
        "aws_iam_user.user-sys-automation",
      ]),
    );
    expect(addressesOf(plans.values(), "create")).toContain("aws_iam_user.user-sys-deployment");
    expect(actionsOf(plans.values())).toEqual(["create", "update"]);
    expect(await roleIds(year)).toEqual(before);
  });

  test("April: a user goes, the grant of another, and the providers", async () => {
    const before = await roleIds(year);
    const { project } = year;
    project.edit(/ {6}deploy-bot:\n.*\n.*\n/, "");
    project.edit(/ {6}ann:\n.*\n.*\n/, "");
    project.edit(/ {6}pipeline:\n(?: {8}.*\n)+/, "");
    project.edit("saml: { provider: login }", "permissionSet: { name: Engineer }");
    const { plans } = await play();
    expect(addressesOf(plans.values(), "delete")).toEqual([
      "aws_iam_openid_connect_provider.oidc-github",
      "aws_iam_saml_provider.saml-login",
      "aws_iam_user.user-sys-automation",
      "aws_iam_user_policies_exclusive.user-sys-automation_policies",
      "aws_iam_user_policy.user-ann_assume-roles",
      "aws_iam_user_policy.user-sys-automation_assume-roles",
      "aws_iam_user_policy_attachments_exclusive.user-sys-automation_attachments",
    ]);
    expect(actionsOf(plans.values())).toEqual(["delete", "update"]);
    expect(await roleIds(year)).toEqual(before);
    // What has gone from the map, the deployment role loses afterwards.
    await year.bootstrap("shared");
  });

  test("May: a role goes to another path without an interruption: next to the old one first", async () => {
    const { project } = year;
    const probe = /\n {2}probe:\n(?: {4}.*\n)+/.exec(project.mapText)?.[0] ?? "";
    const sender = probe
      .replace("probe:", "sender:")
      .replace("\n    hubs", "\n    path: /people/\n    hubs");
    project.edit(probe, probe + sender.slice(1));
    await year.bootstrap("store-prod", "data-prod");
    const added = await play();
    expect(actionsOf(added.plans.values())).toEqual(["create", "update"]);
    project.edit(probe, "\n");
    const { plans } = await play();
    expect(addressesOf(plans.values(), "delete")).toContain("aws_iam_role.spoke-probe");
    expect(actionsOf(plans.values())).toEqual(["delete", "update"]);
  });

  test("May: a role that is made anew under another path keeps all that it had", async () => {
    year.project.edit("    path: /people/\n", "");
    const { plans, review } = await play();
    expect(addressesOf(plans.values(), "replace")).toContain("aws_iam_role.spoke-sender");
    expect(review.changes.some(({ kind }) => kind === "replacement")).toBe(true);
  });

  test("June: what somebody changes by hand shows, and the next apply takes it away", async () => {
    const before = await roleIds(year);
    const iam = await year.accounts.iam(year.organization.accountId("shop-test"));
    const RoleName = "deployer";
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    const Statement = [{ Effect: "Allow", Action: "*", Resource: "*" }];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "by-hand", PolicyDocument }));
    const shared = await year.accounts.iam(year.organization.accountId("shared"));
    await shared.send(new AttachUserPolicyCommand({ UserName: "sys-deployment", PolicyArn }));
    const plans = await year.planAgain(["shop-test", "shared"]);
    expect(plans.get("shared")?.actions).toEqual({
      "aws_iam_user_policy_attachments_exclusive.user-sys-deployment_attachments": ["update"],
    });
    const exclusive = (list: string, of: string): string =>
      `aws_iam_role_${list}_exclusive.spoke-deployer_${of}`;
    expect(plans.get("shop-test")?.actions).toEqual({
      [exclusive("policies", "policies")]: ["update"],
      [exclusive("policy_attachments", "attachments")]: ["update"],
    });
    expect(plans.get("shop-test")?.drift).toContain("aws_iam_role.spoke-deployer");
    expect((await compareWithMap(year)).problems).not.toEqual([]);
    await applyAndRest(plans);
    expect(await roleIds(year)).toEqual(before);
  });

  test("July: the plan role plans, and cannot apply; the same plan is applied by the deployment role", async () => {
    const before = await roleIds(year);
    year.project.edit(
      '"sqs:ReceiveMessage", Resource',
      '["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource',
    );
    const plans = await year.plan({ role: PLAN_ROLE });
    expect(Object.keys(plans.get("store-prod")?.actions ?? {})).toHaveLength(1);
    const asked = year.gate.asked.filter(({ roleArn }) => roleArn.endsWith(PLAN_ROLE));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter(({ decision }) => decision !== "allow")).toEqual([]);
    const role = year.roleArguments("store-prod", PLAN_ROLE);
    const applied = await year.terraform(stackFolder("store-prod"), "apply", ...role, "plan");
    expect(applied.code).toBe(1);
    expect(applied.output).toMatch(/AccessDenied.*not authorized to perform: iam:PutRolePolicy/s);
    expect(year.gate.refused().map(({ action }) => action)).toEqual(["iam:PutRolePolicy"]);
    expect(await roleIds(year)).toEqual(before);
    const again = await year.planAgain(["store-prod"], { role: PLAN_ROLE });
    await year.apply(again, { role: DEPLOYMENT_ROLE });
    expect(await year.restless(["store-prod"])).toEqual([]);
    await verify();
  });

  test("August: an account leaves, first its roles and then itself, and a chain with its profile", async () => {
    const { project } = year;
    const id = year.organization.accountId("data-prod");
    await project.succeed("offboard", "data-prod", "--yes");
    project.edit(/\nchains:\n(?: .*\n)+/, "\n");
    const early = await project.trustwheel("offboard", "data-prod", "--finish", "--yes");
    expect(early.code).toBe(1);
    const { plans } = await play();
    expect(
      actionsOf([...plans].flatMap(([key, plan]) => (key === "data-prod" ? [plan] : []))),
    ).toEqual(["delete"]);
    expect(addressesOf(plans.values(), "delete")).toContain(
      "aws_iam_instance_profile.chain-reporting_profile-reporting-instance",
    );
    expect(Object.keys(await roleIds(year)).filter((arn) => arn.includes(id))).toEqual([]);
    await project.succeed("offboard", "data-prod", "--finish", "--yes");
    expect([...(await year.plan()).values()].filter(({ changes }) => changes)).toEqual([]);
    expect([...project.stacks().keys()]).not.toContain("data-prod");
  });

  test("September: roles that were made by hand are imported, and none is made anew", async () => {
    const { project, accounts, organization } = year;
    const before = await roleIds(year);
    const { hub, spoke } = await makeRolesByHand(accounts, organization, "shop-test");
    const legacy = await roleIds(year);
    await project.succeed(
      ...["adopt", "--live", "--role", "OrganizationAccountAccessRole"],
      ...["--only", "legacy-*", "--yes"],
    );
    await year.bootstrap("shared", "shop-test");
    const { plans } = await play();
    expect(addressesOf(plans.values(), "import")).toEqual(
      expect.arrayContaining(["aws_iam_role.hub-legacy-hub", "aws_iam_role.spoke-legacy-reader"]),
    );
    expect(addressesOf(plans.values(), "delete")).toEqual([]);
    expect(addressesOf(plans.values(), "replace")).toEqual([]);
    expect(await roleIds(year)).toEqual({ ...before, [hub]: legacy[hub], [spoke]: legacy[spoke] });
    rmSync(join(project.folder, "imports"), { recursive: true });
    expect([...(await year.plan()).values()].filter(({ changes }) => changes)).toEqual([]);
  });

  test("December: deployments asked for all that their roles may do, with the exceptions that are named", () => {
    const asked = new Set(year.gate.asked.map(({ action }) => action));
    expect([...asked].filter((action) => !grantedActions().has(action))).toEqual([]);
    const never = [...grantedActions()].filter((action) => !asked.has(action)).sort();
    expect(never).toEqual(Object.keys(NEVER_ASKED).sort());
  });
});
