import { CommandProject } from "../../support/projects/command-project";

const MAP = `accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" } # the shop
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
    accounts: { keys: [shop] }
    externalId: deploy-{{account.key}}
    permissions:
      statements: [{ Effect: Allow, Action: "s3:GetObject", Resource: "*" }]
chains:
  reporting:
    start: { instanceProfile: { account: shop, role: reporting-instance } }
    steps:
      - roles: { orders: { account: tools, permissions: { managed: [job-function/ViewOnlyAccess] } } }
assertions:
  - never: { from: "s*/nobody", to: shop/deployer }
`;

let project: CommandProject;

beforeEach(() => {
  project = new CommandProject();
  project.write("accounts.yaml", MAP);
});

afterEach(() => {
  project.remove();
});

interface Stack {
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly terraform: { readonly backend: { readonly local: { readonly path: string } } };
  readonly resource: { readonly aws_iam_role: Readonly<Record<string, { readonly name: string }>> };
}

function stack(key: string): Stack {
  return JSON.parse(project.read(`cdktf.out/stacks/${key}/cdk.tf.json`)) as Stack;
}

describe("trustwheel rename", () => {
  test("an account: everything that names it changes, and no state moves", async () => {
    const { code, stdout, stderr } = await project.run([
      "rename",
      "account",
      "shop",
      "store",
      "--yes",
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(project.read("accounts.yaml")).toBe(
      MAP.replace("  shop: {", "  store: {")
        .replace("[shop]", "[store]")
        .replace("account: shop", "account: store")
        .replace("to: shop/", "to: store/"),
    );
    expect(stdout).toContain("  no state moves: it is keyed by account ID\n");
    expect(stdout).toContain(
      "`assertions.0.never.from` says `s*/nobody`, which matched `shop`: check whether it should match the new key",
    );
    // The external id is made from the key.
    expect(stdout).toContain("  ~ store: spoke deployer\n");
  });

  test("an account keeps its state and the addresses of its resources", async () => {
    await project.run(["synth"]);
    const before = stack("shop");
    await project.run(["rename", "account", "shop", "store", "--yes"]);
    expect((await project.run(["synth"])).code).toBe(0);
    expect(stack("store").terraform.backend).toEqual(before.terraform.backend);
    expect(Object.keys(stack("store").resource.aws_iam_role)).toEqual(
      Object.keys(before.resource.aws_iam_role),
    );
    expect(stack("store").moved).toBeUndefined();
  });

  test("a hub: its role keeps its name, and its resources are moved", async () => {
    const { code, stdout } = await project.run(["rename", "hub", "bots", "machines", "--yes"]);
    expect(code).toBe(0);
    expect(project.read("accounts.yaml")).toBe(
      MAP.replace("  bots:\n", "  machines:\n")
        .replace("        mfa: true\n", "        mfa: true\n    role: bots\n    formerly: bots\n")
        .replace("hubs: [bots]", "hubs: [machines]"),
    );
    expect(stdout).not.toContain("AWS cannot rename a role");
    await project.run(["synth"]);
    expect(stack("tools").moved).toContainEqual({
      from: "aws_iam_role.hub-bots",
      to: "aws_iam_role.hub-machines",
    });
    expect(stack("tools").resource.aws_iam_role["hub-machines"]?.name).toBe("bots");
  });

  test("a hub whose role gets the new name: says who is without it, and the order that avoids it", async () => {
    const { code, stdout } = await project.run([
      "rename",
      "hub",
      "bots",
      "machines",
      "--rename-role",
      "--yes",
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain(
      "AWS can't rename a role: bots in tools is deleted and a new one created\n",
    );
    expect(stdout).toContain("until all is applied, they lose access: user bot in 111111111111\n");
    expect(stdout).toContain("to avoid that, keep the role's name with `role:`");
  });

  test("a spoke and a chain are moved as well", async () => {
    expect((await project.run(["rename", "spoke", "deployer", "writer", "--yes"])).code).toBe(0);
    expect((await project.run(["rename", "chain", "reporting", "reports", "--yes"])).code).toBe(0);
    expect((await project.run(["synth"])).code).toBe(0);
    expect(stack("shop").moved).toEqual(
      expect.arrayContaining([
        { from: "aws_iam_role.spoke-deployer", to: "aws_iam_role.spoke-writer" },
        { from: "aws_iam_role.chain-reporting", to: "aws_iam_role.chain-reports" },
      ]),
    );
    expect(stack("tools").moved).toContainEqual({
      from: "aws_iam_role.chain-reporting__orders",
      to: "aws_iam_role.chain-reports__orders",
    });
  });

  test("and back gives the same bytes", async () => {
    await project.run(["rename", "chain", "reporting", "reports", "--yes"]);
    await project.run(["rename", "chain", "reports", "reporting", "--yes"]);
    expect(project.read("accounts.yaml")).toBe(MAP);
  });

  test.each<[string, number, readonly string[], string]>([
    [
      "a key that is not there",
      2,
      ["account", "shpo", "store", "--yes"],
      "the map has no account `shpo`\n  = help: did you mean `shop`?\n",
    ],
    [
      "a key that is taken",
      1,
      ["account", "shop", "tools", "--yes"],
      "the map has an account `tools` already",
    ],
    ["a key with capitals", 2, ["hub", "bots", "Bots", "--yes"], "such as bots; got"],
    ["the same key", 2, ["hub", "bots", "bots", "--yes"], "the new key is the old one"],
    [
      "another kind of thing",
      2,
      ["role", "bots", "b", "--yes"],
      "Allowed choices are account, hub, spoke, chain",
    ],
    [
      "the role of an account",
      2,
      ["account", "shop", "store", "--rename-role"],
      "option '--rename-role' is for hubs and spokes, not for accounts",
    ],
    [
      "nobody to ask",
      2,
      ["hub", "bots", "machines"],
      "pass `--yes` to write, or `--dry-run` to preview",
    ],
  ])("refuses %s", async (_, expected, args, message) => {
    const { code, stderr } = await project.run(["rename", ...args]);
    expect(stderr).toContain(message);
    expect(code).toBe(expected);
    expect(project.read("accounts.yaml")).toBe(MAP);
  });

  test("refuses a second rename before the first is done with", async () => {
    await project.run(["rename", "hub", "bots", "machines", "--yes"]);
    const { code, stderr } = await project.run(["rename", "hub", "machines", "robots", "--yes"]);
    expect(code).toBe(1);
    expect(stderr).toContain("remove `formerly: bots`, then rename it");
  });
});
