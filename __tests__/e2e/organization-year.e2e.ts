import {
  AttachRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { valuesOf } from "../../lib/iam/policy-document";
import type { AppliedChange } from "../support/emulated-aws/apply-stack";
import { compareEmulatedAccess } from "../support/emulated-aws/compare-emulated-access";
import type { EmulatedAccounts } from "../support/emulated-aws/emulated-accounts";
import { readEmulatedAccess } from "../support/emulated-aws/emulated-access";
import type { EmulatedAccess } from "../support/emulated-aws/emulated-access";
import { makeRolesByHand } from "../support/emulated-aws/hand-made-roles";
import type { EmulatedOrganization } from "../support/emulated-aws/emulated-organization";
import type { EmulatedProject } from "../support/emulated-aws/emulated-project";
import { GIVEN_ROLES, startYear } from "../support/emulated-aws/emulated-year";
import { hasMoto, warnOfMissingMoto } from "../support/emulated-aws/moto";

const found = hasMoto();
if (!found) warnOfMissingMoto("a year of an organization, applied to an emulator of AWS");

const IN_STEP = { code: 0, output: "the map matches the organization\n" };
const MINUTES = 60_000;

jest.setTimeout(5 * MINUTES);

/**
 * What becomes of the access of an organization in a year: the commands change the map, its stacks are
 * applied through the API of IAM, and what there is then is compared with the map and decided.
 */
(found ? describe : describe.skip)("a year of an organization", () => {
  let accounts: EmulatedAccounts;
  let organization: EmulatedOrganization;
  let project: EmulatedProject;
  let end: () => Promise<void>;

  beforeAll(async () => {
    ({ accounts, organization, project, end } = await startYear());
  });

  afterAll(() => end());

  /** What there is in all accounts that the organization ever had. */
  function access(): Promise<EmulatedAccess> {
    return readEmulatedAccess(accounts, organization.accountIds, GIVEN_ROLES);
  }

  async function synthAndApply(): Promise<Record<string, readonly AppliedChange[]>> {
    await project.succeed("synth");
    const changes = await project.apply();
    // Terraform must come to rest: a second apply finds nothing to do.
    expect(await project.apply()).toEqual({});
    return changes;
  }

  /** Compares what there is with the map: roles, trust, permissions, declared and undeclared calls. */
  async function verify(): Promise<EmulatedAccess> {
    const actual = await access();
    const { map, plan } = project.read();
    const compared = compareEmulatedAccess(actual, map, plan);
    expect(compared.actualRoles).toEqual(compared.wantedRoles);
    expect(compared.problems).toEqual([]);
    expect(Object.keys(compared.declared)).toEqual(["allowed"]);
    expect(Object.keys(compared.undeclared)).toEqual(["denied"]);
    return actual;
  }

  function roleArn(account: string, name: string, path = "/access/"): string {
    return `arn:aws:iam::${organization.accountId(account)}:role${path}${name}`;
  }

  /** ARNs of the roles that a role's policies permit it to assume. */
  function targetsOf({ graph }: EmulatedAccess, arn: string): string[] {
    const policies = graph.roles.get(arn)?.policies ?? [];
    return policies.flatMap(({ document }) => {
      if (!document.known) throw new Error(`${arn}: ${document.reason}`);
      return document.value.Statement.flatMap(({ Effect, Resource }) =>
        Effect === "Allow" ? valuesOf(Resource) : [],
      );
    });
  }

  test("January: the accounts that there are come into the map, which is applied", async () => {
    await project.succeed("sync", "--write", "--yes");
    expect(project.mapText).toContain(`    id: "${organization.accountId("shop-prod")}"`);
    expect(await project.trustwheel("sync", "--check")).toEqual(IN_STEP);
    project.mapText += chain();
    const changes = await synthAndApply();
    expect(Object.keys(changes).sort()).toEqual(["management", "shared", "shop-prod", "shop-test"]);
    expect(actionsOf(changes)).toEqual(["create"]);
    const { roles, graph } = await verify();
    expect([...roles.keys()].sort()).toEqual(
      [
        roleArn("management", "reader"),
        roleArn("shared", "automation-hub"),
        roleArn("shared", "people-hub"),
        roleArn("shared", "reader"),
        roleArn("shared", "reporting-instance"),
        roleArn("shop-prod", "deployer"),
        roleArn("shop-prod", "orders"),
        roleArn("shop-prod", "reader"),
        roleArn("shop-test", "deployer"),
        roleArn("shop-test", "reader"),
      ].sort(),
    );
    expect(graph.users.size).toBe(1);
    expect(graph.instanceProfiles.size).toBe(1);
    expect([...graph.providers.values()].map(({ kind }) => kind)).toEqual(["oidc"]);
  });

  test("February: a new account is taken on board, and the hub gets into it", async () => {
    const before = await access();
    const id = await organization.addAccount("data-prod", "/Workloads/Prod");
    expect((await project.trustwheel("sync", "--check")).code).toBe(1);
    const unit = ["--ou", "/Workloads/Prod"];
    const preview = ["--key", "data-prod", "--id", id, ...unit, "--tag", "team=data"];
    const map = project.mapText;
    await project.succeed("onboard", ...preview, "--dry-run");
    expect(project.mapText).toBe(map);
    await project.succeed("onboard", ...preview, "--yes");
    const again = await project.succeed("onboard", ...preview, "--yes");
    expect(again).toContain("already in the map");
    const changes = await synthAndApply();
    expect(Object.keys(changes).sort()).toEqual(["data-prod", "shared"]);
    expect(changes.shared).toEqual([
      {
        address: "aws_iam_role_policy.hub-automation_policy-assume-roles",
        action: "update",
        attributes: ["policy"],
      },
      {
        address: "aws_iam_role_policy.hub-people_policy-assume-roles",
        action: "update",
        attributes: ["policy"],
      },
    ]);
    const after = await verify();
    expect(targetsOf(after, roleArn("shared", "automation-hub"))).toContain(
      roleArn("data-prod", "deployer"),
    );
    expect(roleIds(after)).toMatchObject(roleIds(before));
  });

  test("March: a renamed hub keeps its role, also once nothing says what it was called", async () => {
    const before = roleIds(await access());
    await project.succeed("rename", "hub", "automation", "machines", "--yes");
    expect(project.mapText).toContain("formerly: automation");
    const changes = await synthAndApply();
    expect(actionsOf(changes)).toEqual(["move", "update"]);
    expect(changes.shared).toContainEqual({
      address: "aws_iam_role.hub-machines",
      action: "move",
    });
    expect(roleIds(await verify())).toEqual(before);
    project.mapText = project.mapText.replace(/^ *formerly: automation\n/m, "");
    expect(await synthAndApply()).toEqual({});
    expect(roleIds(await verify())).toEqual(before);
  });

  test("April: a renamed account changes nothing", async () => {
    const before = await access();
    await project.succeed("rename", "account", "shop-prod", "store-prod", "--yes");
    expect(project.mapText).toContain("  store-prod:");
    expect(await synthAndApply()).toEqual({});
    expect([...project.stacks().keys()]).not.toContain("shop-prod");
    expect(await verify()).toEqual(before);
  });

  test("May: an external id is exchanged in two steps, in which both are taken", async () => {
    const before = roleIds(await access());
    const old = "externalId: deploy-{{account.id}}";
    project.edit(old, `externalId: ["rotated-{{account.id}}", "deploy-{{account.id}}"]`);
    expect(actionsOf(await synthAndApply())).toEqual(["update"]);
    const arn = roleArn("shop-prod", "deployer");
    const id = organization.accountId("shop-prod");
    expect(trustText(await verify(), arn)).toContain(`["deploy-${id}","rotated-${id}"]`);
    project.edit(`["rotated-{{account.id}}", "deploy-{{account.id}}"]`, "rotated-{{account.id}}");
    const changes = await synthAndApply();
    expect(
      new Set(
        Object.values(changes)
          .flat()
          .map(({ address }) => address),
      ),
    ).toEqual(new Set(["aws_iam_role.spoke-deployer"]));
    const after = await verify();
    expect(trustText(after, arn)).toContain(`"sts:ExternalId":"rotated-${id}"`);
    expect(trustText(after, arn)).not.toContain("deploy-");
    expect(roleIds(after)).toEqual(before);
  });

  test("June: what somebody attaches or writes by hand is taken away by the next apply", async () => {
    const before = await access();
    const iam = await accounts.iam(organization.accountId("shop-prod"));
    const RoleName = "deployer";
    const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
    await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    const statement = { Effect: "Allow", Action: "*", Resource: "*" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "by-hand", PolicyDocument }));
    const Principal = { AWS: "arn:aws:iam::909090909090:root" };
    const open = { Effect: "Allow", Principal, Action: "sts:AssumeRole" };
    await iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName,
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [open] }),
      }),
    );
    const { map, plan } = project.read();
    const drifted = compareEmulatedAccess(await access(), map, plan);
    const arn = roleArn("shop-prod", RoleName);
    expect(drifted.problems.filter((problem) => !problem.includes(arn))).toEqual([]);
    expect(drifted.problems.length).toBeGreaterThanOrEqual(3);
    expect(drifted.declared.denied).toBeGreaterThan(0);
    const changes = await project.apply();
    const stack = "store-prod";
    expect(changes).toEqual({
      [stack]: [
        {
          address: "aws_iam_role.spoke-deployer",
          action: "update",
          attributes: ["assume_role_policy"],
        },
        {
          address: "aws_iam_role_policies_exclusive.spoke-deployer_policies",
          action: "update",
          attributes: ["policy_names"],
        },
        {
          address: "aws_iam_role_policy_attachments_exclusive.spoke-deployer_attachments",
          action: "update",
          attributes: ["policy_arns"],
        },
      ],
    });
    expect(await verify()).toEqual(before);
  });

  test("June: a boundary that gets another text stays the policy that it is", async () => {
    const before = roleIds(await access());
    const file = join(project.folder, "policies", "access-boundary.json");
    const text = readFileSync(file, "utf8");
    expect(text).toContain('"iam:Upload*"');
    // More changes than a policy has versions.
    for (const action of ["a", "b", "c", "d", "e", "f"]) {
      writeFileSync(file, text.replace('"iam:Upload*"', `"iam:Upload*", "aws-portal:${action}*"`));
      await project.succeed("synth");
      const applied = Object.values(await project.apply()).flat();
      expect(new Set(applied.map(({ address }) => address))).toEqual(
        new Set(["aws_iam_policy.boundary-access-boundary"]),
      );
      expect(new Set(applied.map((change) => change.action))).toEqual(new Set(["update"]));
    }
    const after = await verify();
    expect(roleIds(after)).toEqual(before);
    const { boundary } = after.graph.roles.get(roleArn("shop-prod", "deployer")) ?? {};
    expect(JSON.stringify(boundary)).toContain('"aws-portal:f*"');
  });

  test("July: a role that gets another name is made anew, with all that it had", async () => {
    const before = roleIds(await access());
    const said = await project.succeed(
      "rename",
      "spoke",
      "reader",
      "viewer",
      "--rename-role",
      "--yes",
    );
    expect(said).toContain("AWS can't rename a role");
    const changes = await synthAndApply();
    expect(actionsOf({ store: changes["store-prod"] ?? [] })).toEqual(["move", "replace"]);
    const after = roleIds(await verify());
    const others = (ids: Record<string, string>): Record<string, string> =>
      Object.fromEntries(Object.entries(ids).filter(([arn]) => !/\/(?:reader|viewer)$/.test(arn)));
    expect(others(after)).toEqual(others(before));
    expect(Object.keys(after).some((arn) => arn.endsWith("/reader"))).toBe(false);
    expect(Object.keys(after).length).toBe(Object.keys(before).length);
  });

  test("August: a role under another path is made anew, with all that it had", async () => {
    const before = roleIds(await access());
    project.edit("    access: read-only\n", "    access: read-only\n    path: /people/\n");
    const changes = await synthAndApply();
    expect(actionsOf(changes)).toEqual(["replace", "update"]);
    const after = roleIds(await verify());
    expect(Object.keys(after)).toContain(roleArn("shop-prod", "viewer", "/people/"));
    expect(Object.keys(after)).not.toContain(roleArn("shop-prod", "viewer"));
    expect(Object.keys(after).length).toBe(Object.keys(before).length);
  });

  test("September: an account leaves in two steps, first its roles and then itself", async () => {
    const before = roleIds(await access());
    const id = organization.accountId("shop-test");
    const early = await project.trustwheel("offboard", "shop-test", "--finish", "--yes");
    expect(early.code).toBe(1);
    await project.succeed("offboard", "shop-test", "--yes");
    expect(project.mapText).toContain("state: leaving");
    const unsynthesized = await project.trustwheel("offboard", "shop-test", "--finish", "--yes");
    expect(unsynthesized.code).toBe(1);
    await project.succeed("synth");
    const unapplied = await project.trustwheel("offboard", "shop-test", "--finish", "--yes");
    expect(unapplied.output).toContain("the state of `shop-test` still has");
    expect(unapplied.code).toBe(1);
    const changes = await synthAndApply();
    expect(Object.keys(changes).sort()).toEqual(["shared", "shop-test"]);
    expect(actionsOf({ left: changes["shop-test"] ?? [] })).toEqual(["delete"]);
    expect(actionsOf({ hub: changes.shared ?? [] })).toEqual(["update"]);
    const left = await verify();
    expect(roleIds(left)).toEqual(
      Object.fromEntries(Object.entries(before).filter(([arn]) => !arn.includes(`:${id}:`))),
    );
    for (const hub of ["automation-hub", "people-hub"]) {
      const targets = targetsOf(left, roleArn("shared", hub));
      expect(targets.length).toBeGreaterThan(0);
      expect(targets.filter((arn) => arn.includes(id))).toEqual([]);
    }

    const said = await project.succeed("offboard", "shop-test", "--finish", "--yes");
    expect(project.mapText).not.toContain("shop-test");
    expect(project.mapText).not.toContain(id);
    const [archive = ""] = /mkdir -p .*/.exec(said) ?? [];
    const archived = await project.run("bash", ["-euc", archive]);
    expect(archived).toEqual({ code: 0, output: "" });
    expect(existsSync(join(project.folder, "state", "archive", `${id}.tfstate`))).toBe(true);
    expect(await synthAndApply()).toEqual({});
    expect([...project.stacks().keys()]).not.toContain("shop-test");
    expect(await verify()).toEqual(left);
    await organization.close("shop-test");
    expect(await project.trustwheel("sync", "--check")).toEqual(IN_STEP);
  });

  test("October: roles that were made by hand are adopted, and none is made anew", async () => {
    const before = roleIds(await access());
    const { hub, spoke } = await makeRolesByHand(accounts, organization, "data-prod");
    const legacy = (await access()).roles;
    expect([legacy.has(hub), legacy.has(spoke)]).toEqual([true, true]);

    const said = await project.succeed(
      ...["adopt", "--live", "--role", "OrganizationAccountAccessRole"],
      ...["--only", "legacy-*", "--yes"],
    );
    expect(said).toContain("legacy-hub");
    expect(said).not.toContain("Not adopted");
    const changes = await synthAndApply();
    const reader = "spoke-legacy-reader";
    expect(changes).toEqual({
      "data-prod": [
        { address: `aws_iam_role.${reader}`, action: "import" },
        {
          address: `aws_iam_role_policy_attachment.${reader}_attachment-ViewOnlyAccess`,
          action: "import",
        },
        { address: `aws_iam_role_policies_exclusive.${reader}_policies`, action: "import" },
        {
          address: `aws_iam_role_policy_attachments_exclusive.${reader}_attachments`,
          action: "import",
        },
        {
          address: `aws_iam_role.${reader}`,
          action: "update",
          attributes: ["assume_role_policy", "tags"],
        },
      ],
      shared: [
        { address: "aws_iam_role.hub-legacy-hub", action: "import" },
        { address: "aws_iam_role_policies_exclusive.hub-legacy-hub_policies", action: "import" },
        {
          address: "aws_iam_role_policy_attachments_exclusive.hub-legacy-hub_attachments",
          action: "import",
        },
        {
          address: "aws_iam_role.hub-legacy-hub",
          action: "update",
          attributes: ["assume_role_policy", "tags"],
        },
        { address: "aws_iam_role_policy.hub-legacy-hub_policy-assume-roles", action: "create" },
        {
          address: "aws_iam_role_policies_exclusive.hub-legacy-hub_policies",
          action: "update",
          attributes: ["policy_names"],
        },
      ],
    });
    const after = await verify();
    expect(roleIds(after)).toEqual({
      ...before,
      [hub]: legacy.get(hub)?.roleId,
      [spoke]: legacy.get(spoke)?.roleId,
    });

    // The blocks have done their work: without them nothing changes.
    await project.run("rm", ["-r", "imports"]);
    expect(await synthAndApply()).toEqual({});
    expect(await verify()).toEqual(after);
  });
});

/** What was done, each kind once. */
function actionsOf(changes: Readonly<Record<string, readonly AppliedChange[]>>): string[] {
  return [
    ...new Set(Object.values(changes).flatMap((each) => each.map(({ action }) => action))),
  ].sort();
}

/** Unique ids by ARN: one that changes means that the role was made anew. */
function roleIds({ roles }: EmulatedAccess): Record<string, string> {
  return Object.fromEntries([...roles].map(([arn, { roleId }]) => [arn, roleId]));
}

function trustText({ graph }: EmulatedAccess, arn: string): string {
  const trust = graph.roles.get(arn)?.trust;
  return trust?.known === true ? JSON.stringify(trust.value) : "";
}

/** An instance of the shared account that reads what another account sells. */
function chain(): string {
  return `
chains:
  reporting:
    start: { instanceProfile: { account: shared, role: reporting-instance } }
    steps:
      - roles:
          orders:
            account: shop-prod
            role: orders
            externalId: orders
            permissions:
              statements:
                - { Effect: Allow, Action: "sqs:ReceiveMessage", Resource: "*" }
`;
}
