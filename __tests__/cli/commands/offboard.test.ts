import { CommandProject } from "../../support/projects/command-project";
import type { CommandResult } from "../../support/projects/command-project";

const MAP = `accounts:
  tools: { id: "111111111111" }
  shop:
    id: "222222222222" # the shop
    unit: /Prod
  bank:
    id: "333333333333"
    unit: /Prod
hubs:
  bots:
    account: tools
    principals:
      bot:
        user: { name: bot }
        mfa: true
spokes:
  deployer:
    hubs: [bots]
    accounts: { units: [/Prod] }
    externalId: deploy-1
    permissions:
      statements: [{ Effect: Allow, Action: "s3:GetObject", Resource: "*" }]
`;
const LEAVING = MAP.replace(
  "    unit: /Prod\n  bank",
  "    unit: /Prod\n    state: leaving\n  bank",
);
const GONE = MAP.replace(/ {2}shop:\n.*\n.*\n/, "");

let project: CommandProject;

beforeEach(() => {
  project = new CommandProject();
  project.write("accounts.yaml", MAP);
});

afterEach(() => {
  project.remove();
});

interface Stack {
  readonly resource?: Readonly<Record<string, object>>;
  readonly provider?: object;
}

function stack(key: string): Stack {
  return JSON.parse(project.read(`cdktf.out/stacks/${key}/cdk.tf.json`)) as Stack;
}

/** A state of Terraform that manages roles, or nothing any more. */
function writeState(id: string, roles: number): void {
  const resources = Array.from({ length: roles }, () => ({ mode: "managed" }));
  project.write(`state/${id}.tfstate`, JSON.stringify({ version: 4, resources }));
}

describe("an account leaves in two steps", () => {
  test("first its roles and all trust in them, then the account", async () => {
    await project.run(["synth"]);
    expect(Object.keys(stack("shop").resource ?? {})).toContain("aws_iam_role");
    writeState("222222222222", 1);

    const first = await project.run(["offboard", "shop", "--yes"]);
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: "" });
    expect(project.read("accounts.yaml")).toBe(LEAVING);
    expect(first.stdout).toContain(`Access
  - shop: spoke deployer
      no longer assumed by hub bots in tools
  ~ tools: hub bots
`);
    expect(first.stdout).toContain(
      "terraform -chdir=cdktf.out/stacks/shop init && terraform -chdir=cdktf.out/stacks/shop apply\n",
    );
    expect(first.stdout).toContain("npx trustwheel offboard shop --finish\n");

    const early = await project.run(["offboard", "shop", "--finish", "--yes"]);
    expect(early).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "the stack of `shop` in cdktf.out still has 1 role\n  = help: run `npx trustwheel synth`, then `terraform -chdir=cdktf.out/stacks/shop init && terraform -chdir=cdktf.out/stacks/shop apply`\n",
    });

    expect((await project.run(["synth"])).code).toBe(0);
    expect(stack("shop").resource).toBeUndefined();
    expect(stack("shop").provider).toBeDefined();
    expect(JSON.stringify(stack("tools"))).not.toContain("222222222222");

    const unapplied = await project.run(["offboard", "shop", "--finish", "--yes"]);
    expect(unapplied.stderr).toContain("the state of `shop` still has 1 resource\n");
    expect(unapplied.code).toBe(1);

    writeState("222222222222", 0);
    const second = await project.run(["offboard", "shop", "--finish", "--yes"]);
    expect({ code: second.code, stderr: second.stderr }).toEqual({ code: 0, stderr: "" });
    expect(project.read("accounts.yaml")).toBe(GONE);
    expect(second.stdout).toContain("  no role changes\n");
    expect(second.stdout).toContain(
      "       mkdir -p state/archive && mv state/222222222222.tfstate* state/archive/\n",
    );
    expect((await project.run(["synth"])).code).toBe(0);
  });

  test("by a cut through the map alone it does not", async () => {
    await project.run(["synth"]);
    writeState("222222222222", 1);
    project.write("accounts.yaml", GONE);
    const { code, stderr } = await project.run(["synth"]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      "the account `shop` (222222222222) left the map, but its stack had 1 role at the last synth",
    );
    expect(stack("shop").resource).toBeDefined();
  });

  test.each([
    [
      "s3: { bucket: example-state, region: eu-central-1 }",
      [
        "terraform -chdir=cdktf.out/stacks/shop state list",
        "aws s3 mv s3://example-state/trustwheel/222222222222/terraform.tfstate s3://example-state/trustwheel/archive/222222222222/terraform.tfstate --region eu-central-1",
      ],
    ],
    [
      "hcp: { organization: example }",
      [
        "keep a copy, then delete the workspace trustwheel-222222222222 of example on app.terraform.io",
        "terraform -chdir=cdktf.out/stacks/shop state pull > 222222222222.tfstate",
      ],
    ],
  ])("names the state to archive: %s", async (state, commands) => {
    project.write("accounts.yaml", `${LEAVING}state: { ${state} }\n`);
    await project.run(["synth"]);
    const finish = ["offboard", "shop", "--finish", "--yes"];
    const early = await project.run(finish);
    expect(early).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "the state of `shop` is remote, so its roles may still exist\n  = help: `terraform -chdir=cdktf.out/stacks/shop init && terraform -chdir=cdktf.out/stacks/shop state pull > shop.tfstate`, then `npx trustwheel offboard shop --finish --state shop.tfstate`\n",
    });
    writeState("222222222222", 2);
    const pulled = [...finish, "--state", "state/222222222222.tfstate"];
    const unapplied = await project.run(pulled);
    expect(unapplied.code).toBe(1);
    expect(unapplied.stderr).toContain("the state of `shop` still has 2 resources\n");
    expect(project.read("accounts.yaml")).toContain("state: leaving");
    writeState("222222222222", 0);
    const { code, stdout } = await project.run(pulled);
    expect(code).toBe(0);
    expect(project.read("accounts.yaml")).not.toContain("state: leaving");
    for (const command of commands) expect(stdout).toContain(command);
  });
});

describe("the state that the second step asks for", () => {
  const finish = async (text: string | undefined): Promise<CommandResult> => {
    project.write("accounts.yaml", `${LEAVING}state: { hcp: { organization: example } }\n`);
    await project.run(["synth"]);
    if (text !== undefined) project.write("pulled", text);
    return project.run(["offboard", "shop", "--finish", "--dry-run", "--state", "pulled"]);
  };

  test.each([
    ["nothing, where there never was one", ""],
    [
      "data alone",
      '{ "version": 4, "resources": [{ "mode": "data", "type": "aws_caller_identity" }] }',
    ],
  ])("may hold %s", async (_, text) => {
    const { code, stderr } = await finish(text);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test.each([
    [undefined, "pulled cannot be read (there is no such file)"],
    ["No state file was found!", "pulled is not JSON"],
    ["null", "pulled is not a Terraform state"],
    ['{ "version": 3, "modules": [] }', "pulled is not a Terraform state"],
    ['{ "version": 4 }', "pulled is not a Terraform state"],
  ])("is refused where it tells nothing: %j", async (text, message) => {
    const { code, stderr } = await finish(text);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `${message}, so the roles may still exist\n  = help: pass the output of \`terraform state pull\`\n`,
    );
  });
});

describe("trustwheel offboard", () => {
  test("of an account that is already leaving says what remains", async () => {
    project.write("accounts.yaml", LEAVING);
    const { code, stdout } = await project.run(["offboard", "shop", "--yes"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^shop is already leaving\n/);
    expect(project.read("accounts.yaml")).toBe(LEAVING);
  });

  test("shows without writing", async () => {
    const { code, stdout } = await project.run([
      "offboard",
      "shop",
      "--dry-run",
      "--format",
      "json",
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: "would-be-written",
      access: { deploy: ["shop", "tools"] },
    });
    expect(project.read("accounts.yaml")).toBe(MAP);
  });

  test.each<[string, number, string, readonly string[], string]>([
    [
      "an account that is not there",
      2,
      MAP,
      ["shpo", "--yes"],
      "the map has no account `shpo`\n  = help: did you mean `shop`?\n",
    ],
    [
      "the home of a hub",
      1,
      MAP,
      ["tools", "--yes"],
      "the hub `bots` is in `tools`, which is leaving [leaving-account]",
    ],
    [
      "the second step before the first",
      1,
      MAP,
      ["shop", "--finish", "--yes"],
      "`shop` is not leaving: its roles would stay in the account, unmanaged\n  = help: first `trustwheel offboard shop`, and apply that\n",
    ],
    [
      "the second step without a synthesis",
      1,
      LEAVING,
      ["shop", "--finish", "--yes"],
      "cdktf.out has no stack for `shop`, so its roles may still exist",
    ],
    ["nobody to ask", 2, MAP, ["shop"], "pass `--yes` to write, or `--dry-run` to preview"],
    [
      "a state in the first step",
      2,
      MAP,
      ["shop", "--state", "x", "--yes"],
      "option '--state <file>' goes with '--finish'",
    ],
    ["no account", 2, MAP, [], "missing required argument 'key'"],
  ])("refuses %s", async (_, expected, map, args, message) => {
    project.write("accounts.yaml", map);
    const { code, stderr } = await project.run(["offboard", ...args]);
    expect(stderr).toContain(message);
    expect(code).toBe(expected);
    expect(project.read("accounts.yaml")).toBe(map);
  });

  test("warns that a spoke has no other account", async () => {
    const map = MAP.replace("units: [/Prod]", "keys: [shop]");
    project.write("accounts.yaml", map);
    const { code, stderr } = await project.run(["offboard", "shop", "--yes"]);
    expect(stderr).toContain("accounts that are leaving do not count (`shop`); remove the entry");
    expect(code).toBe(0);
    expect(project.read("accounts.yaml")).toContain("state: leaving");
  });

  test("says that a key still names the account, which then must go before the account does", async () => {
    const named = LEAVING.replace("units: [/Prod]", "keys: [shop, bank]");
    project.write("accounts.yaml", named);
    const checked = await project.run(["check"]);
    expect(checked.code).toBe(0);
    expect(checked.stdout).toContain("`shop` is leaving, so it gets no role");
    await project.run(["synth"]);
    const { code, stderr } = await project.run(["offboard", "shop", "--finish", "--yes"]);
    expect(code).toBe(1);
    expect(stderr).toContain("there is no account `shop`");
    expect(project.read("accounts.yaml")).toBe(named);
  });
});

describe("what a change brings about", () => {
  test("is said, and what was there before is not", async () => {
    const old = MAP.replace(/user: .*\n.*\n/, "account: {}\n");
    project.write("accounts.yaml", old.replace("units: [/Prod]", "keys: [shop, bank]"));
    const checked = await project.run(["check"]);
    expect(checked.stdout).toContain("[TR-13]");
    const { code, stderr } = await project.run(["offboard", "shop", "--yes"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^accounts\.yaml:19:24: info: `shop` is leaving, so it gets no role \[leaving-account\]\n/,
    );
    expect(stderr.match(/\[[a-zA-Z0-9-]+\]$/gm)).toEqual(["[leaving-account]"]);
  });
});
