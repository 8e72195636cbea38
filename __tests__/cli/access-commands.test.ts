import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CommandProject } from "../support/projects/command-project";
import type { CommandResult } from "../support/projects/command-project";
import { planOfStack } from "../support/plans/plan-of-stack";
import { synthesizeMap } from "../support/project";

const MAP = `organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
hubs:
  bots:
    account: tools
    role: bots-hub
    principals:
      bot:
        user: { name: bot, create: true }
        mfa: true
spokes:
  deployer:
    hubs: [bots]
    accounts: { keys: [shop] }
    externalId: deploy-1
    permissions: { documents: [deploy] }
`;
const DEPLOY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
const DEPLOYER = "arn:aws:iam::222222222222:role/deployer";
const HUB = "arn:aws:iam::111111111111:role/bots-hub";
const BOT = "arn:aws:iam::111111111111:user/bot";

const project = new CommandProject();

beforeAll(() => {
  project.write("accounts.yaml", MAP);
  project.write("policies/deploy.json", DEPLOY);
  for (const [stack, text] of synthesizeMap(MAP, { deploy: DEPLOY }).tree.stacks) {
    project.write(`same/${stack}/cdk.tf.json`, text);
    const open = text.replace(',\\"sts:ExternalId\\":\\"deploy-1\\"', "");
    project.write(`open/${stack}/cdk.tf.json`, open);
    project.write(`truncated/${stack}/cdk.tf.json`, text.slice(0, -40));
    project.write(`hcl/${stack}/cdk.tf.json`, 'resource "aws_iam_role" "hub" {\n}\n');
    const plan = planOfStack(text);
    project.write(`plans/${stack}.json`, plan);
    project.write(`plans-open/${stack}.json`, planOfStack(open));
    project.write(`plans-truncated/${stack}.json`, plan.slice(0, -40));
    project.write(`plans-2/${stack}.json`, plan.replace('"1.2"', '"2.0"'));
    project.write(`plans-hcl/${stack}.json`, 'resource "aws_iam_role" "hub" {\n}\n');
    project.write(`plans-unknown/${stack}.json`, withUnknownTrust(plan));
    project.write(`plan-in-folder/${stack}/cdk.tf.json`, plan);
    const operator = text.replace('StringEquals\\":', 'StringIsEqual\\":');
    project.write(`operator/${stack}/cdk.tf.json`, operator);
    project.write(`beside/${stack}/cdk.tf.json`, text);
  }
  project.write("beside/shop/evil.tf", 'resource "aws_iam_role" "evil" {\n}\n');
  mkdirSync(join(project.folder, "empty"));
});

/** A plan in which no trust policy is known before it is applied. */
function withUnknownTrust(text: string): string {
  return text
    .replaceAll('"assume_role_policy":"', '"was":"')
    .replaceAll('"after_unknown":{', '"after_unknown":{"assume_role_policy":true,');
}

afterAll(() => {
  project.remove();
});

function trustwheel(...args: readonly string[]): Promise<CommandResult> {
  return project.run(args);
}

describe("trustwheel prove", () => {
  test("proves what the map is synthesized to, and says what is assumed and not covered", async () => {
    const { code, stdout, stderr } = await trustwheel("prove");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(
      /^proved: 2 roles, 2 trust relationships, 0 chains, in \d+ ms\n\nAssumed:\n {2}/,
    );
    expect(stdout).toContain("\n\nNot covered:\n  what the administrators");
  });

  test("proves the Terraform of a folder", async () => {
    expect(await trustwheel("prove", "--dir", "same")).toMatchObject({ code: 0, stderr: "" });
  });

  test("refutes Terraform that lets in more, at the line of the map, with a request", async () => {
    const { code, stdout } = await trustwheel("prove", "--dir", "open");
    expect(code).toBe(1);
    expect(stdout).toContain("accounts.yaml:14:3");
    expect(stdout).toContain("without sts:ExternalId: sts:AssumeRole on");
    expect(stdout).toMatch(/\nrefuted: 2 roles/);
    expect(stdout).not.toMatch(/\bproved\b(?!-)/);
  });

  test("answers machines", async () => {
    const { code, stdout } = await trustwheel("prove", "--dir", "open", "--format", "json");
    const { verdict, roles, diagnostics } = JSON.parse(stdout) as Record<string, unknown>;
    expect({ code, verdict, roles }).toEqual({ code: 1, verdict: "refuted", roles: 2 });
    expect(diagnostics).toHaveLength(1);
  });

  test.each(["truncated", "hcl"])("of %s files never says that it is proved", async (name) => {
    const { code, stdout, stderr } = await trustwheel("prove", "--dir", name);
    expect(code).toBe(1);
    expect(stdout + stderr).toContain("is not an object of JSON");
    expect(stdout + stderr).not.toMatch(/\bproved\b/);
  });

  test("of a plan among the stacks says how plans are named", async () => {
    const { code, stdout, stderr } = await trustwheel("prove", "--dir", "plan-in-folder");
    expect(code).toBe(1);
    expect(stdout).toContain("is a plan or a state");
    expect(stdout).toContain("name a plan by `--plan`");
    expect(stdout + stderr).not.toMatch(/\bproved\b(?!-)/);
  });

  test("of a policy with an operator that does not exist never says that it is proved", async () => {
    const { code, stdout, stderr } = await trustwheel("prove", "--dir", "operator");
    expect(code).toBe(1);
    expect(stdout).toContain("StringIsEqual");
    expect(stdout).toMatch(/\n(unknown|refuted): /);
    expect(stdout + stderr).not.toMatch(/\bproved\b(?!-)/);
  });

  test("of a folder with other Terraform beside a stack returns 2", async () => {
    const { code, stdout, stderr } = await trustwheel("prove", "--dir", "beside");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("beside/shop/evil.tf: cannot be read: only Terraform in `*.tf.json`");
  });

  test.each(["empty", "missing"])("returns 2 for a folder that is %s", async (name) => {
    const { code, stdout, stderr } = await trustwheel("prove", "--dir", name);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("cannot be read");
  });
});

describe("plans", () => {
  const plans = (folder: string): string[] =>
    ["tools", "shop"].map((key) => `${folder}/${key}.json`);

  test("are proved, whether named at once or one by one", async () => {
    const [tools = "", shop = ""] = plans("plans");
    for (const args of [
      ["--plan", tools, shop],
      ["--plan", tools, "--plan", shop],
    ]) {
      const { code, stdout, stderr } = await trustwheel("prove", ...args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toMatch(/^proved: 2 roles, 2 trust relationships, 0 chains, in /);
    }
  });

  test("that let in more are refuted", async () => {
    const { code, stdout } = await trustwheel("prove", "--plan", ...plans("plans-open"));
    expect(code).toBe(1);
    expect(stdout).toContain("without sts:ExternalId: sts:AssumeRole on");
    expect(stdout).toMatch(/\nrefuted: 2 roles/);
  });

  test("whose trust is known only after apply are unknown, and never proved", async () => {
    const { code, stdout, stderr } = await trustwheel("prove", "--plan", ...plans("plans-unknown"));
    expect(code).toBe(1);
    expect(stdout).toContain("no readable trust policy: it is known only after apply");
    expect(stdout).toMatch(/\nunknown: 2 roles/);
    expect(stdout + stderr).not.toMatch(/\bproved\b(?!-)/);
  });

  test.each([
    ["truncated", "is not an object of JSON, as `terraform show -json` prints it"],
    ["hcl", "is not an object of JSON, as `terraform show -json` prints it"],
    ["2", "has the format 2.0, of a newer Terraform; the versions that are read are 1.x"],
    ["missing", "cannot be read: there is no such file"],
  ])("that cannot be read (%s) are wrong usage", async (name, message) => {
    for (const command of [["prove"], ["explain", "deployer@shop"]]) {
      const files = plans(`plans-${name}`);
      const { code, stdout, stderr } = await trustwheel(...command, "--plan", ...files);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(message);
      expect(stderr).not.toMatch(/\bproved\b/);
    }
  });

  test("do not stand beside a folder", async () => {
    const { code, stderr } = await trustwheel("prove", "--dir", "same", "--plan", "x.json");
    expect(code).toBe(2);
    expect(stderr).toContain("cannot be used with option");
  });

  test("answer every command about access", async () => {
    const open = ["--plan", ...plans("plans-open")];
    expect(await trustwheel("can", HUB, "assume", DEPLOYER, ...open)).toMatchObject({ code: 0 });
    const who = await trustwheel("who-can", "assume", DEPLOYER, ...open);
    expect(who.stdout).toContain(
      `  role \`bots-hub\` in \`tools\`\n    -> ${DEPLOYER} by sts:AssumeRole\n`,
    );
    const reached = await trustwheel("reach", HUB, ...open);
    expect(reached.stdout).toBe(`reaches 1 role\n  ${DEPLOYER} by sts:AssumeRole\n`);
    const explained = await trustwheel("explain", "deployer@shop", ...open);
    expect(explained.stdout).toContain("aws_iam_role.spoke-deployer in plans-open/shop.json\n");
  });
});

describe("trustwheel can", () => {
  const can = (...args: readonly string[]): ReturnType<typeof trustwheel> =>
    trustwheel("can", ...args);

  test("returns 0 where it is allowed, and names the statement on each side", async () => {
    const { code, stdout } = await can(
      "bots-hub@tools",
      "assume",
      "deployer@shop",
      "--with",
      "sts:ExternalId=deploy-1",
    );
    expect(code).toBe(0);
    expect(stdout).toBe(
      `allowed\n  trust policy: allow: the statement applies (${DEPLOYER}, statement HubBots)\n` +
        "  permissions: allow: the statement applies (assume-roles, statement AssumeDeclaredRoles)\n",
    );
  });

  test("returns 1 where it is denied, and says what is missing", async () => {
    const { code, stdout } = await can(HUB, "assume", DEPLOYER);
    expect(code).toBe(1);
    expect(stdout).toContain("denied\n");
    expect(stdout).toContain("StringEquals sts:ExternalId: the key is absent");
  });

  test("takes users by name, and needs their MFA", async () => {
    expect(await can("bot@tools", "assume", "bots-hub@tools")).toMatchObject({ code: 1 });
    const mfa = ["--with", "aws:MultiFactorAuthPresent=true"];
    expect(await can("bot@tools", "assume", "bots-hub@tools", ...mfa)).toMatchObject({ code: 0 });
  });

  test("answers machines", async () => {
    const { stdout } = await can(BOT, "assume", DEPLOYER, "--format", "json");
    expect(JSON.parse(stdout)).toMatchObject({
      decision: "denied",
      caller: { kind: "user", arn: BOT },
      role: DEPLOYER,
    });
  });

  test.each([
    [
      ["bots-hub@tools", "assume", "deployr@shop"],
      "there is no role `deployr@shop`\n  = help: did you mean `deployer@shop`?",
    ],
    [
      ["bots-hub@tols", "assume", "deployer@shop"],
      "the map has no account `tols`\n  = help: did you mean `tools`?",
    ],
    [["bots-hub@tools", "assumes", "deployer@shop"], "expected 'assume', got 'assumes'"],
    [["bots-hub@tools", "assume", "deployer@shop", "--with", "abc"], "is not KEY=VALUE"],
  ])("returns 2 for %j", async (args, problem) => {
    const { code, stdout, stderr } = await can(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(problem);
  });
});

test("trustwheel reach says of the role that it starts from how it can raise its permissions", async () => {
  const changed = readFileSync(join(project.folder, "same/shop/cdk.tf.json"), "utf8").replaceAll(
    "s3:GetObject",
    "iam:PutRolePolicy",
  );
  project.write("raised/shop/cdk.tf.json", changed);
  const asked = ["reach", DEPLOYER, "--dir", join(project.folder, "raised")] as const;
  expect((await trustwheel(...asked)).stdout).toBe(
    "reaches 0 roles\n  ! the role it starts from can raise its own permissions by iam:PutRolePolicy\n",
  );
  const { stdout } = await trustwheel(...asked, "--format", "json");
  expect(JSON.parse(stdout)).toMatchObject({
    start: {
      roleArn: DEPLOYER,
      administrator: false,
      escalations: [{ section: "N1", actions: ["iam:PutRolePolicy"] }],
    },
    reached: [],
  });
  expect((await trustwheel("reach", DEPLOYER)).stdout).toBe("reaches 0 roles\n");
});

test("trustwheel reach lists every role on the way, with what has to be said", async () => {
  const { code, stdout } = await trustwheel("reach", "bot@tools");
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout:
      "reaches 2 roles\n" +
      `  ${HUB} by sts:AssumeRole, with MFA\n` +
      `    ${DEPLOYER} by sts:AssumeRole, with external ID \`deploy-1\`\n`,
  });
});

test("trustwheel who-can lists who gets to a role, and how", async () => {
  const { code, stdout } = await trustwheel("who-can", "assume", "deployer@shop");
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout:
      "2 callers can assume it\n" +
      "  user `bot` in `tools`\n" +
      `    -> ${HUB} by sts:AssumeRole, with MFA\n` +
      `    -> ${DEPLOYER} by sts:AssumeRole, with external ID \`deploy-1\`\n` +
      "  role `bots-hub` in `tools`\n" +
      `    -> ${DEPLOYER} by sts:AssumeRole, with external ID \`deploy-1\`\n` +
      "its trust policy names\n" +
      "  role `bots-hub` in `tools` in organization `o-exampleorg1` and with external ID `deploy-1`\n",
  });
});

test("trustwheel explain shows both halves of every edge", async () => {
  const { code, stdout } = await trustwheel("explain", "deployer@shop", "--format", "json");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    role: DEPLOYER,
    map: { file: "accounts.yaml", line: 14, path: "spokes.deployer" },
    terraform: { stack: "shop", address: "aws_iam_role.spoke-deployer" },
    waysIn: [
      { from: HUB, to: DEPLOYER, trust: [{ Sid: "HubBots" }], permission: ["assume-roles"] },
    ],
    waysOn: [],
    permissions: [{ name: "deploy", statements: [{ Action: "s3:GetObject" }] }],
  });
  const text = await trustwheel("explain", "bots-hub@tools");
  expect(text.stdout).toContain(
    `${HUB}\naccounts.yaml:6: hubs.bots\naws_iam_role.hub-bots in tools`,
  );
  expect(text.stdout).toContain(`ways on\n  ${DEPLOYER} (line 14)`);
});

describe("a boundary that is made elsewhere", () => {
  const LIMITS = "arn:aws:iam::111111111111:policy/access/limits";
  const ceiling =
    '{"Version":"2012-10-17","Statement":[{"Sid":"Ceiling","Effect":"Allow","Action":"sts:*","Resource":"*"}]}';
  const mapWith = (boundary: string): string =>
    MAP.replace("    role: bots-hub\n", `$&    permissionsBoundary: ${boundary}\n`);

  beforeAll(() => {
    project.write("policies/ceiling.json", ceiling);
    project.write("accounts.yaml", mapWith("{ existing: access/limits, document: ceiling }"));
  });

  afterAll(() => {
    project.write("accounts.yaml", MAP);
  });

  test("is taken to have the text of its document, which a proof says", async () => {
    const assumed = `the boundary ${LIMITS} has the text of policies/ceiling.json`;
    const { code, stdout } = await trustwheel("prove");
    expect(code).toBe(0);
    expect(stdout).toContain(`  ${assumed}\n\nNot covered:`);
    const machines = await trustwheel("prove", "--format", "json");
    const { assumed: all } = JSON.parse(machines.stdout) as { readonly assumed: readonly string[] };
    expect(all.at(-1)).toBe(assumed);
  });

  test("is written to Terraform, with what was assumed", async () => {
    const { code, stdout } = await trustwheel("synth", "--output", "bounded");
    expect(code).toBe(0);
    expect(stdout).toContain(
      `\n  assumed: the boundary ${LIMITS} has the text of policies/ceiling.json\n`,
    );
  });

  test("takes part in every answer", async () => {
    const can = await trustwheel(
      "can",
      HUB,
      "assume",
      DEPLOYER,
      "--with",
      "sts:ExternalId=deploy-1",
    );
    expect(can.code).toBe(0);
    expect(can.stdout).toContain(`(${LIMITS}, statement Ceiling)`);
    expect((await trustwheel("reach", HUB)).stdout).toContain(`${DEPLOYER} by sts:AssumeRole`);
    expect((await trustwheel("who-can", "assume", DEPLOYER)).stdout).toContain(
      `role \`bots-hub\` in \`tools\`\n    -> ${DEPLOYER}`,
    );
    expect((await trustwheel("explain", HUB)).stdout).toContain(
      `permissions boundary\n  ${LIMITS} (managed), taken to have the text of policies/ceiling.json\n`,
    );
  });

  test("is not known where the map names no document: nothing is written, and how to say it is", async () => {
    rmSync(join(project.folder, "policies/ceiling.json"));
    project.write("accounts.yaml", mapWith("{ existing: access/limits }"));
    const { code, stderr } = await trustwheel("synth", "--output", "unknown");
    expect(code).toBe(1);
    expect(stderr).toContain(`the text of ${LIMITS} is not at hand`);
    expect(stderr).toContain("`permissionsBoundary: { existing: ..., document: ... }`");
    expect(existsSync(join(project.folder, "unknown"))).toBe(false);
  });
});
