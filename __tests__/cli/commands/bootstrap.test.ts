import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { boundedMap } from "../../support/plans/bootstrap-of";
import { CommandProject } from "../../support/projects/command-project";

const CALLER = "arn:aws:iam::111111111111:role/platform-admin";
/** The boundary has to allow what the pipeline does. */
const WIDE_GUARD = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "sts:AssumeRole"], Resource: "*" },
  ],
};

let project: CommandProject;

beforeEach(() => {
  project = new CommandProject();
});

afterEach(() => {
  project.remove();
});

/** A map that says who enters, but has neither pipeline nor boundary of its own. */
function plainMap(changes: Readonly<Record<string, unknown>> = {}): string {
  const defaults = {
    deploymentRole: "OrganizationAccountAccessRole",
    rolePath: "/access/",
    permissionsBoundary: { managed: "PowerUserAccess" },
  };
  return JSON.stringify(boundedMap({ defaults, pipeline: undefined, ...changes }));
}

describe("trustwheel bootstrap", () => {
  test("writes Terraform for each account, says how to apply it, and how to leave the administrator", async () => {
    project.write("accounts.yaml", plainMap());
    const args = ["bootstrap", "--caller", CALLER, "--state-account", "tools"];
    const { code, stdout, stderr } = await project.run(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(
      "3 accounts and the bucket example-org-states: 4 files in bootstrap, 4 written",
    );
    expect(stdout).toContain("as administrator of tools (222222222222), create the state bucket");
    expect(stdout).toContain(
      "write `deploymentRole: trustwheel-deployment` in accounts.yaml instead of `OrganizationAccountAccessRole`, which can do everything in an account: in all 3 accounts",
    );
    expect(stdout).not.toContain("is administrator of the account in effect");
    const shop = JSON.parse(project.read("bootstrap/accounts/shop/main.tf.json")) as object;
    expect(shop).toMatchObject({
      provider: { aws: [{ allowed_account_ids: ["333333333333"] }] },
      variable: {
        bootstrap_role_arn: {
          default: "arn:aws:iam::333333333333:role/OrganizationAccountAccessRole",
        },
      },
      resource: { aws_iam_role: { deployment: { name: "trustwheel-deployment", path: "/" } } },
    });
    expect(readdirSync("bootstrap").sort()).toEqual(["accounts", "states"]);
  });

  test("asks for the provider versions that the map names, and else for a release of version 6 or later", async () => {
    const args = ["bootstrap", "--caller", CALLER, "--state-account", "tools"];
    const asked = (file: string): unknown =>
      (JSON.parse(project.read(file)) as { terraform: unknown }).terraform;
    const withRange = (version: string): unknown => ({
      required_version: ">= 1.10",
      required_providers: { aws: { source: "hashicorp/aws", version } },
    });
    const files = ["bootstrap/accounts/shop/main.tf.json", "bootstrap/states/main.tf.json"];
    project.write("accounts.yaml", plainMap());
    await project.run(args);
    expect(files.map(asked)).toEqual([withRange(">= 6.0"), withRange(">= 6.0")]);
    project.write("accounts.yaml", plainMap({ terraform: { providerVersion: "~> 5.100" } }));
    await project.run(args);
    expect(files.map(asked)).toEqual([withRange("~> 5.100"), withRange("~> 5.100")]);
  });

  test("writes the same again, and nothing twice", async () => {
    project.write("accounts.yaml", plainMap());
    const args = ["bootstrap", "--caller", CALLER];
    await project.run(args);
    const before = project.read("bootstrap/accounts/shop/main.tf.json");
    const { stdout } = await project.run(args);
    expect(stdout).toContain("3 accounts: 3 files in bootstrap, 0 written");
    expect(project.read("bootstrap/accounts/shop/main.tf.json")).toBe(before);
  });

  test("writes one template for accounts that need the same, and says what StackSets skip", async () => {
    const accounts = {
      management: { id: "111111111111", management: true },
      tools: { id: "222222222222" },
      shop: { id: "333333333333" },
    };
    project.write(
      "accounts.yaml",
      plainMap({ accounts, defaults: { deploymentRole: "deployer", rolePath: "/access/" } }),
    );
    const args = ["bootstrap", "--format", "cloudformation", "--output", "cfn", "--caller", CALLER];
    const { code, stdout } = await project.run(args);
    expect(code).toBe(0);
    expect(readdirSync("cfn").sort()).toEqual([
      "accounts.template.json",
      "management.template.json",
    ]);
    expect(stdout).toContain("--permission-model SERVICE_MANAGED");
    expect(stdout).toContain(
      "'OrganizationalUnitIds=r-ex01,Accounts=333333333333,222222222222,AccountFilterType=INTERSECTION'",
    );
    expect(stdout).toContain(
      "as administrator of management (111111111111), the management account, which service-managed StackSets skip (BS-04)\n       aws cloudformation deploy --region us-east-1 --stack-name trustwheel-bootstrap --template-file cfn/management.template.json",
    );
    expect(stdout).toContain(
      "deployer is effectively account administrator: roles have no permissions boundary, so it can create one that can do everything",
    );
  });

  test("writes one account, and the boundary that its roles carry", async () => {
    project.write("accounts.yaml", JSON.stringify(boundedMap()));
    project.write("policies/guard.json", JSON.stringify(WIDE_GUARD));
    const { code, stdout, stderr } = await project.run(["bootstrap", "--account", "shop"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("apply the stack of tools (222222222222) once by hand");
    expect(readdirSync(join("bootstrap", "accounts"))).toEqual(["shop"]);
    expect(JSON.parse(project.read("bootstrap/accounts/shop/main.tf.json"))).toMatchObject({
      resource: { aws_iam_policy: { "boundary-guard": { name: "guard", path: "/access/" } } },
    });
  });

  test.each<[string, readonly string[], string]>([
    [
      "nobody could enter",
      [],
      "no one could assume the deployment roles: the map has no `pipeline:`",
    ],
    [
      "an account that is not there",
      ["--caller", CALLER, "--account", "sohp"],
      "the map has no account `sohp`",
    ],
    [
      "an account that Terraform runs in",
      ["--caller", CALLER, "--account", "management"],
      "Terraform runs in `management` already: its `deploymentRole` is `none`",
    ],
    [
      "a caller that is no role",
      ["--caller", "arn:aws:iam::111111111111:user/ann"],
      "`arn:aws:iam::111111111111:user/ann` is not the ARN of one role",
    ],
    [
      "a caller with a wildcard",
      ["--caller", "arn:aws:iam::111111111111:role/*"],
      "`arn:aws:iam::111111111111:role/*` is not the ARN of one role",
    ],
    [
      "a caller from outside",
      ["--caller", "arn:aws:iam::999999999999:role/admin"],
      "the account 999999999999 of arn:aws:iam::999999999999:role/admin is not in the map",
    ],
  ])("refuses %s, and writes nothing", async (_name, args, message) => {
    project.write("accounts.yaml", plainMap());
    const { code, stdout, stderr } = await project.run(["bootstrap", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr.split("\n")[0]).toBe(message);
    expect(existsSync("bootstrap")).toBe(false);
  });

  test("says that a map with errors is to be mended first", async () => {
    project.write("accounts.yaml", plainMap({ accounts: { tools: { id: "2" } } }));
    const { code } = await project.run(["bootstrap", "--caller", CALLER]);
    expect(code).toBe(1);
    expect(existsSync("bootstrap")).toBe(false);
  });
});
