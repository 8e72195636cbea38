import { existsSync } from "node:fs";
import { CommandProject, answers } from "../../support/projects/command-project";

const MAP = `# ours
organizations: { example: { id: o-exampleorg1 } }
accounts:
  # where bots live
  tools: { id: "111111111111" }

  shop-prod:
    id: "222222222222" # the shop
    unit: /Prod
    tags: { team: shop }
  lone:
    id: "333333333333"
    unit: /Other
parameters: { bucket: { type: bucket-name } }
hubs:
  bots:
    account: tools
    principals:
      bot:
        user: { name: bot, create: true }
        mfa: true
spokes:
  deployer:
    hubs: [bots]
    accounts: { units: [/Prod] }
    externalId: deploy-1
    permissions:
      statements: [{ Effect: Allow, Action: "s3:GetObject", Resource: "*" }]
`;
const MAIL = ["onboard", "--key", "mail-prod", "--id", "012345678901", "--unit", "/Prod"];

let project: CommandProject;

beforeEach(() => {
  project = new CommandProject();
  project.write("accounts.yaml", MAP);
});

afterEach(() => {
  project.remove();
});

const EDITED = MAP.replace(
  "  lone:\n",
  '  mail-prod:\n    id: "012345678901"\n    unit: /Prod\n    tags: { team: mail, pci: "false" }\n  lone:\n',
);

describe("trustwheel onboard", () => {
  test("writes the account beside those of its unit, shows what it gets, and says what remains", async () => {
    const args = [...MAIL, "--tag", "team=mail", "--tag", "pci=false", "--yes"];
    const { code, stdout, stderr } = await project.run(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(project.read("accounts.yaml")).toBe(EDITED);
    expect(stdout).toContain(`@@ -8,6 +8,10 @@
     id: "222222222222" # the shop
     unit: /Prod
     tags: { team: shop }
+  mail-prod:
+    id: "012345678901"
+    unit: /Prod
+    tags: { team: mail, pci: "false" }
   lone:
     id: "333333333333"
     unit: /Other
`);
    expect(stdout).toContain(`Access
  + mail-prod: spoke deployer
      assumed by hub bots in tools
  ~ tools: hub bots
`);
    expect(stdout).toMatch(
      /\nproved: 3 roles, 3 trust relationships, 0 chains, in \d+ ms\nwrote accounts.yaml\n/,
    );
    expect(stdout).toContain(`
Next
  1. commit it and open a pull request
       git add accounts.yaml && git commit -m "onboard mail-prod"
       git push -u origin HEAD
  2. create in 012345678901 what Terraform needs first: a deployment role that can do less than OrganizationAccountAccessRole, if you want one
       npx trustwheel bootstrap --account mail-prod --caller ARN_OF_YOUR_ROLE
  3. check that Terraform has access
       npx trustwheel doctor --account mail-prod
  4. apply it
       npx trustwheel synth
       terraform -chdir=cdktf.out/stacks/mail-prod init && terraform -chdir=cdktf.out/stacks/mail-prod apply
       terraform -chdir=cdktf.out/stacks/tools init && terraform -chdir=cdktf.out/stacks/tools apply
`);
  });

  test("the same account again is no work and no failure", async () => {
    await project.run([...MAIL, "--yes"]);
    const written = project.read("accounts.yaml");
    const { code, stdout } = await project.run([...MAIL, "--yes"]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "mail-prod (012345678901) is already in the map, nothing to do\n",
    });
    expect(project.read("accounts.yaml")).toBe(written);
  });

  test("shows, checks and proves without writing", async () => {
    const { code, stdout } = await project.run([...MAIL, "--dry-run"]);
    expect(code).toBe(0);
    expect(stdout).toContain("accounts.yaml would be written");
    expect(project.read("accounts.yaml")).toBe(MAP);
    expect(existsSync("cdktf.out")).toBe(false);
  });

  test("answers machines", async () => {
    const { code, stdout } = await project.run([...MAIL, "--yes", "--format", "json"]);
    const result = JSON.parse(stdout) as Record<string, unknown>;
    expect(code).toBe(0);
    expect(result).toMatchObject({
      outcome: "written",
      verdict: "proved",
      access: {
        deploy: ["mail-prod", "tools"],
        roles: [
          {
            change: "added",
            account: "mail-prod",
            role: "deployer",
            enteredBy: ["hub bots in tools"],
            chains: [],
          },
          { change: "changed", account: "tools", role: "bots" },
        ],
      },
    });
  });

  test("--ou is the unit, too", async () => {
    const { code } = await project.run([
      "onboard",
      "--key",
      "a",
      "--id",
      "444444444444",
      "--ou",
      "/Other",
      "--yes",
    ]);
    expect(code).toBe(0);
    expect(project.read("accounts.yaml")).toContain(
      '  a:\n    id: "444444444444"\n    unit: /Other\n',
    );
  });

  test("names the deployment role that bootstrap makes, and no bootstrap where Terraform is there already", async () => {
    const role = [...MAIL, "--deployment-role", "trustwheel-deployment", "--dry-run"];
    expect((await project.run(role)).stdout).toContain(
      "  2. create in 012345678901 what Terraform needs first: the role trustwheel-deployment and what else is missing\n",
    );
    const { code, stdout } = await project.run([...MAIL, "--deployment-role", "none", "--dry-run"]);
    expect(code).toBe(0);
    expect(stdout).toContain("  2. apply it\n");
    expect(stdout).not.toContain("trustwheel bootstrap");
  });

  test("takes an account into a map without any role", async () => {
    const map = 'accounts: { tools: { id: "111111111111" } } # no role yet\n';
    project.write("accounts.yaml", map);
    const { code, stdout, stderr } = await project.run([...MAIL, "--yes"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/proved: 0 roles, 0 trust relationships, 0 chains, in \d+ ms/);
    expect(project.read("accounts.yaml")).toBe(
      map.replace(" } }", ' }, mail-prod: { id: "012345678901", unit: /Prod } }'),
    );
  });

  test("the root goes without saying", async () => {
    await project.run(["onboard", "--key", "a", "--id", "444444444444", "--unit", "/", "--yes"]);
    expect(project.read("accounts.yaml")).toContain('  a: { id: "444444444444" }\n');
  });

  test("writes values of parameters and other fields", async () => {
    const args = [
      "--parameter",
      "bucket=example-mail",
      "--name",
      "Mail: prod",
      "--region",
      "eu-west-1",
    ];
    const { code } = await project.run([...MAIL, ...args, "--yes"]);
    expect(code).toBe(0);
    expect(project.read("accounts.yaml")).toContain(
      '    name: "Mail: prod"\n    unit: /Prod\n    region: eu-west-1\n    parameters: { bucket: example-mail }\n',
    );
  });
});

describe("trustwheel onboard at a terminal", () => {
  const all = {
    Key: "mail-prod",
    "Account ID": "012345678901",
    "Organizational unit": "/Prod",
    Tags: "team=mail, pci=false",
  };

  test("asks for what is missing and for a confirmation", async () => {
    const { code, stderr } = await project.run(
      ["onboard"],
      answers({ ...all, "Write accounts.yaml?": true }),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(project.read("accounts.yaml")).toBe(EDITED);
  });

  test("writes nothing without the confirmation", async () => {
    const { code, stderr } = await project.run(
      ["onboard"],
      answers({ ...all, "Write accounts.yaml?": false }),
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: "nothing written\n" });
    expect(project.read("accounts.yaml")).toBe(MAP);
  });

  test.each(["Key", "Account ID"])("writes nothing where %j is not answered", async (question) => {
    const others = Object.fromEntries(Object.entries(all).filter(([key]) => key !== question));
    const { code } = await project.run(["onboard"], answers(others));
    expect(code).toBe(1);
    expect(project.read("accounts.yaml")).toBe(MAP);
  });

  test("refuses an id that is taken while it asks", async () => {
    await expect(
      project.run(["onboard"], answers({ ...all, "Account ID": "222222222222" })),
    ).rejects.toThrow("222222222222 is already `shop-prod`");
  });
});

describe("trustwheel onboard refuses, writes nothing and says what to do:", () => {
  test.each<[string, number, readonly string[], string]>([
    [
      "nothing to ask",
      2,
      ["onboard", "--yes"],
      "an account needs --key NAME, --id ID, --unit PATH, and there is no terminal to ask on\n  = help: pass --key NAME --id ID --unit PATH; `--unit /` is the root\n",
    ],
    ["no confirmation", 2, MAIL, "pass `--yes` to write, or `--dry-run` to preview"],
    [
      "an id that is taken",
      1,
      ["onboard", "--key", "other", "--id", "222222222222", "--unit", "/", "--yes"],
      "the ID 222222222222 already belongs to `shop-prod`; nothing written\n  = help: to give it another key, `trustwheel rename account shop-prod other`; else check the ID\n",
    ],
    [
      "a key with another id",
      1,
      ["onboard", "--key", "shop-prod", "--id", "444444444444", "--unit", "/Prod", "--yes"],
      "the map has an account `shop-prod` with the ID 222222222222; nothing written",
    ],
    [
      "an account that is there in another unit",
      1,
      ["onboard", "--key", "shop-prod", "--id", "222222222222", "--unit", "/Test", "--yes"],
      "`shop-prod` is already in the map, with another unit; nothing written",
    ],
    [
      "lost zeros",
      2,
      ["onboard", "--key", "a", "--id", "12345678901", "--unit", "/", "--yes"],
      'an account ID is 12 digits, got "12345678901"; write 012345678901 if leading zeros were lost\n',
    ],
    [
      "an id with hyphens",
      2,
      ["onboard", "--key", "a", "--id", "0123-4567-8901", "--unit", "/", "--yes"],
      "; write 012345678901\n",
    ],
    [
      "an ARN of another partition",
      2,
      [
        "onboard",
        "--key",
        "a",
        "--id",
        "arn:aws-cn:organizations::111111111111:account/o-exampleorg1/012345678901",
        "--unit",
        "/",
        "--yes",
      ],
      "got an ARN; write 012345678901 with partition aws-cn\n",
    ],
    [
      "a key with capitals",
      2,
      ["onboard", "--key", "Mail Prod", "--id", "012345678901", "--unit", "/", "--yes"],
      "such as mail-prod; got",
    ],
    [
      "a unit without a slash",
      2,
      ["onboard", "--key", "a", "--id", "012345678901", "--unit", "Prod/", "--yes"],
      "; write /Prod\n",
    ],
    [
      "a tag without a value",
      2,
      [...MAIL, "--tag", "team", "--yes"],
      'write a tag as KEY=VALUE, got "team"\n',
    ],
    [
      "a tag twice",
      2,
      [...MAIL, "--tag", "a=1", "--tag", "a=2", "--yes"],
      'the tag "a" is given twice\n',
    ],
    [
      "an organization that is not there",
      2,
      [...MAIL, "--organization", "other", "--yes"],
      "there is no organization other, known: `example`, `none`\n",
    ],
    [
      "a parameter that is not declared",
      1,
      [...MAIL, "--parameter", "buckte=x", "--yes"],
      "did you mean `bucket`?",
    ],
    [
      "an account in another partition than its hubs",
      1,
      [...MAIL, "--partition", "aws-cn", "--region", "cn-north-1", "--yes"],
      "This edit would break the map (see above). Nothing written.\n",
    ],
    [
      "a partition that is none",
      1,
      [...MAIL, "--partition", "aws-mars", "--yes"],
      "accounts.mail-prod.partition",
    ],
    [
      "two units",
      2,
      [...MAIL, "--ou", "/Test", "--yes"],
      "--unit says /Prod and --ou says /Test, which are the same option\n  = help: give one of them\n",
    ],
    ["an option that is none", 2, ["onboard", "--keys", "x"], "unknown option '--keys'"],
  ])("%s", async (_, expected, args, message) => {
    const { code, stdout, stderr } = await project.run(args);
    expect(stderr).toContain(message);
    expect({ code, stdout: stdout.includes("wrote ") }).toEqual({
      code: expected,
      stdout: false,
    });
    expect(project.read("accounts.yaml")).toBe(MAP);
  });

  test("a map that has errors already", async () => {
    const broken = MAP.replace("hubs: [bots]", "hubs: [bosts]");
    project.write("accounts.yaml", broken);
    const { code, stderr } = await project.run([...MAIL, "--yes"]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      "accounts.yaml already has errors (see above). Fix them first. Nothing written.",
    );
    expect(project.read("accounts.yaml")).toBe(broken);
  });

  test("no map at all", async () => {
    project.write("accounts.yaml", "");
    expect((await project.run([...MAIL, "--yes"])).code).toBe(1);
    expect(project.read("accounts.yaml")).toBe("");
  });

  test("a map that changes while the question is open", async () => {
    const prompts = answers({ Tags: "" });
    const { code, stderr } = await project.run(MAIL, {
      ...prompts,
      confirm: () => {
        project.write("accounts.yaml", `${MAP}# somebody else\n`);
        return Promise.resolve(true);
      },
    });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        "accounts.yaml changed since it was read; nothing written\n  = help: repeat the command\n",
    });
    expect(project.read("accounts.yaml")).toBe(`${MAP}# somebody else\n`);
  });
});

describe("a map of several organizations", () => {
  const several = MAP.replace(
    "organizations: { example: { id: o-exampleorg1 } }",
    "organizations: { example: { id: o-exampleorg1 }, bought: { id: o-exampleorg2 } }",
  )
    .replaceAll(/id: "(\d{12})"/g, 'id: "$1", organization: example')
    .replaceAll(/^( +)id: ("\d{12}"), (organization: example)/gm, "$1id: $2\n$1$3");

  test("needs to be told which one", async () => {
    project.write("accounts.yaml", several);
    const { code, stderr } = await project.run([...MAIL, "--yes"]);
    expect(code).toBe(2);
    expect(stderr).toContain("pass --organization KEY");
    expect((await project.run([...MAIL, "--organization", "example", "--yes"])).code).toBe(0);
    expect(project.read("accounts.yaml")).toContain(
      '  mail-prod:\n    id: "012345678901"\n    organization: example\n    unit: /Prod\n',
    );
  });
});
