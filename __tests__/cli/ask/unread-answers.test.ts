import { CommandProject } from "../../support/projects/command-project";
import type { CommandResult } from "../../support/projects/command-project";

const MAP = `organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
`;
const TOOLS = "111111111111";
const SHOP = "222222222222";
const BOT = `arn:aws:iam::${TOOLS}:role/bot`;
const CLERK = `arn:aws:iam::${TOOLS}:role/clerk`;
const TILL = `arn:aws:iam::${SHOP}:role/till`;
const VAULT = `arn:aws:iam::${SHOP}:role/vault`;
const ASSUME =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}';

function trust(principal: object, condition?: object): string {
  const statement = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
  const Condition = condition === undefined ? {} : { Condition: condition };
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...Condition }] });
}

type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

let project: CommandProject;

beforeEach(() => {
  project = new CommandProject();
  project.write("accounts.yaml", MAP);
});

afterEach(() => {
  project.remove();
});

/** Two accounts: `bot` may assume what trusts it, `clerk` may assume nothing; `till` trusts both. */
function write(tools: Resources = {}, shop: Resources = {}, more: object = {}): void {
  const stack = (name: string, id: string, resource: Resources, rest: object): void => {
    const provider = { aws: [{ allowed_account_ids: [id], region: "eu-central-1" }] };
    const text = JSON.stringify({ provider, resource, ...rest }, undefined, 2);
    project.write(`out/${name}/cdk.tf.json`, text);
  };
  const service = trust({ Service: "lambda.amazonaws.com" });
  stack(
    "tools",
    TOOLS,
    {
      ...tools,
      aws_iam_role: {
        bot: { name: "bot", assume_role_policy: service },
        clerk: { name: "clerk", assume_role_policy: service },
        ...tools.aws_iam_role,
      },
      aws_iam_role_policy: {
        bot: { name: "assume", role: "${aws_iam_role.bot.name}", policy: ASSUME },
        ...tools.aws_iam_role_policy,
      },
    },
    {},
  );
  stack(
    "shop",
    SHOP,
    {
      ...shop,
      aws_iam_role: {
        till: { name: "till", assume_role_policy: trust({ AWS: `arn:aws:iam::${TOOLS}:root` }) },
        vault: { name: "vault", assume_role_policy: trust({ AWS: `arn:aws:iam::${SHOP}:root` }) },
        ...shop.aws_iam_role,
      },
    },
    more,
  );
}

function ask(...args: readonly string[]): Promise<CommandResult> {
  return project.run([...args, "--dir", "out"]);
}

interface JsonAnswer {
  readonly verdict?: string;
  readonly decision?: string;
  readonly unread: readonly Readonly<Record<string, unknown>>[];
}

async function json(...args: readonly string[]): Promise<JsonAnswer> {
  return JSON.parse((await ask(...args, "--format", "json")).stdout) as JsonAnswer;
}

test("answers are plain where all was read", async () => {
  write();
  expect(await ask("can", "bot@tools", "assume", "till@shop")).toMatchObject({ code: 0 });
  const denied = await ask("can", "clerk@tools", "assume", "till@shop");
  expect(denied.code).toBe(1);
  expect(denied.stdout.split("\n")[0]).toBe("denied");
  expect(await ask("reach", "clerk@tools")).toEqual({
    code: 0,
    stdout: "reaches 0 roles\n",
    stderr: "",
  });
  expect(await json("reach", "bot@tools")).toMatchObject({ verdict: "known", unread: [] });
  expect(await json("who-can", "assume", "till@shop")).toMatchObject({
    verdict: "known",
    unread: [],
  });
});

describe("a policy of the caller that is not read", () => {
  const attached = {
    aws_iam_role_policy_attachment: {
      more: { role: "clerk", policy_arn: "${aws_iam_policy.made.arn}", count: 1 },
    },
  };
  const place = "out/tools/cdk.tf.json:14";
  const reason =
    "aws_iam_role_policy_attachment.more is repeated by count or for_each, which is not read";

  test("makes `can` unknown for that caller, and for no other", async () => {
    write(attached);
    const open = await ask("can", "clerk@tools", "assume", "till@shop");
    expect(open.code).toBe(1);
    expect(open.stdout).toMatch(/^unknown\n/);
    expect(open.stdout).toMatch(
      /permissions: unknown: not read: out\/tools\/cdk\.tf\.json:\d+: aws_iam_role_policy_attachment\.more is repeated/,
    );
    expect(await ask("can", "bot@tools", "assume", "till@shop")).toMatchObject({ code: 0 });
    // No permission of its own helps where the trust policy lets nobody of its account in.
    const denied = await ask("can", "clerk@tools", "assume", "vault@shop");
    expect(denied.stdout).toMatch(/^denied\n/);
  });

  test("makes `reach` and `who-can` unknown where it could change the answer", async () => {
    write(attached);
    const reached = await ask("reach", "clerk@tools");
    expect(reached.code).toBe(1);
    expect(reached.stdout).toBe(
      `reaches 0 roles\nunknown: there can be more, because this was not read\n  ${place}: ${reason}\n`,
    );
    expect((await ask("reach", "bot@tools")).code).toBe(0);
    const till = await ask("who-can", "assume", "till@shop");
    expect(till.code).toBe(1);
    expect(till.stdout).toContain(`\nunknown: there can be more, because this was not read\n`);
    expect((await ask("who-can", "assume", "vault@shop")).code).toBe(0);
  });

  test("stands in the JSON of every answer, with whether it matters", async () => {
    write(attached);
    const unread = {
      file: "out/tools/cdk.tf.json",
      line: 14,
      column: 7,
      resource: "aws_iam_role_policy_attachment.more",
      reason,
    };
    expect(await json("can", "clerk@tools", "assume", "till@shop")).toMatchObject({
      decision: "unknown",
      unread: [{ ...unread, matters: true }],
    });
    expect(await json("can", "bot@tools", "assume", "till@shop")).toMatchObject({
      decision: "allowed",
      unread: [{ ...unread, matters: false }],
    });
    expect(await json("reach", "clerk@tools")).toMatchObject({
      verdict: "unknown",
      unread: [{ ...unread, matters: true }],
    });
    expect(await json("who-can", "assume", "vault@shop")).toMatchObject({
      verdict: "known",
      unread: [{ ...unread, matters: false }],
    });
    expect(await json("prove")).toMatchObject({
      verdict: "refuted",
      unread: [{ ...unread, matters: true }],
    });
  });
});

test("an argument is named with its line", async () => {
  write(
    {},
    {
      aws_iam_role: {
        till: { name: "till", assume_role_policy: "{}", lifecycle: { enabled: false } },
      },
    },
  );
  const { unread } = await json("who-can", "assume", "till@shop");
  expect(unread).toContainEqual({
    file: "out/shop/cdk.tf.json",
    line: 18,
    column: 11,
    resource: "aws_iam_role.till",
    argument: "lifecycle.enabled",
    reason: "aws_iam_role.till has `lifecycle.enabled` false: whether it exists is unknown",
    matters: true,
  });
});

describe("what could change anything makes every answer unknown:", () => {
  test.each<[string, Resources, object]>([
    ["a module", {}, { module: { x: { source: "./x" } } }],
    ["a stack set", { aws_cloudformation_stack_set: { x: { name: "x" } } }, {}],
    ["another provider", { helm_release: { x: { name: "x" } } }, {}],
    ["a program", {}, { data: { external: { x: { program: ["true"] } } } }],
    ["a provisioner", { aws_s3_bucket: { x: { provisioner: [{ "local-exec": {} }] } } }, {}],
  ])("%s", async (_, resources, more) => {
    write({}, resources, more);
    for (const [caller, role] of [
      [BOT, TILL],
      [CLERK, TILL],
      [BOT, VAULT],
    ] as const) {
      const { code, stdout } = await ask("can", caller, "assume", role);
      expect({ code, first: stdout.split("\n")[0] }).toEqual({ code: 1, first: "unknown" });
    }
    expect((await ask("reach", CLERK)).code).toBe(1);
    expect((await ask("who-can", "assume", VAULT)).code).toBe(1);
  });
});

test("what could change the roles of one account leaves the others", async () => {
  write({ aws_cloudformation_stack: { x: { name: "x" } } });
  // It could permit `clerk` more, and not change whom the trust policy of another account lets in.
  expect((await ask("can", CLERK, "assume", TILL)).stdout).toMatch(/^unknown\n/);
  expect((await ask("can", CLERK, "assume", VAULT)).stdout).toMatch(/^denied\n/);
  expect((await ask("who-can", "assume", VAULT)).code).toBe(0);
  expect((await ask("who-can", "assume", TILL)).code).toBe(1);
});

test("what cannot change who assumes a role changes no answer", async () => {
  write(
    {},
    {
      aws_s3_bucket: { x: { bucket: "logs", for_each: "${toset([])}" } },
      aws_sqs_queue: { x: { name: "x" } },
      aws_iam_access_key: { x: { user: "ann" } },
      random_id: { x: { byte_length: 4 } },
    },
  );
  expect((await ask("can", BOT, "assume", TILL)).code).toBe(0);
  expect((await ask("can", CLERK, "assume", TILL)).stdout).toMatch(/^denied\n/);
  expect((await ask("reach", CLERK)).code).toBe(0);
  expect((await ask("who-can", "assume", TILL)).code).toBe(0);
});

test("what is denied whatever else is permitted stays denied", async () => {
  const deny =
    '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}';
  write({
    aws_iam_role_policy: { no: { name: "no", role: "clerk", policy: deny } },
    aws_iam_role_policy_attachment: { more: { role: "clerk", policy_arn: "${var.arn}" } },
  });
  expect((await ask("can", CLERK, "assume", TILL)).stdout).toMatch(/^denied\n/);
});

describe("groups and attachments for many are read:", () => {
  const admin = "arn:aws:iam::aws:policy/AdministratorAccess";

  test("a role has what `aws_iam_policy_attachment` gives it", async () => {
    write({ aws_iam_policy_attachment: { x: { name: "x", policy_arn: admin, roles: ["clerk"] } } });
    expect(await ask("can", CLERK, "assume", TILL)).toMatchObject({ code: 0 });
    expect((await ask("reach", CLERK)).stdout).toBe(
      `reaches 1 role\n  ! the role it starts from is administrator\n  ${TILL} by sts:AssumeRole\n`,
    );
  });

  test("a user has what its groups have, and only in its own account", async () => {
    const user = { aws_iam_user: { ann: { name: "ann" } } };
    const group = {
      aws_iam_group: { staff: { name: "staff" } },
      aws_iam_group_policy: { x: { name: "x", group: "staff", policy: ASSUME } },
    };
    const member = {
      aws_iam_group_membership: { x: { name: "x", group: "staff", users: ["ann"] } },
    };
    write({ ...user, ...group, ...member });
    expect(await ask("can", "ann@tools", "assume", "till@shop")).toMatchObject({ code: 0 });
    write({ ...user, ...group });
    expect((await ask("can", "ann@tools", "assume", "till@shop")).stdout).toMatch(/^denied\n/);
    write({ ...user, ...member });
    expect((await ask("can", "ann@tools", "assume", "till@shop")).stdout).toMatch(/^unknown\n/);
    write(user, { ...group, ...member });
    expect((await ask("can", "ann@tools", "assume", "till@shop")).stdout).toMatch(/^denied\n/);
  });
});

test("what rests on a policy whose text is not at hand is not certain", async () => {
  write({
    aws_iam_role_policy_attachment: {
      x: { role: "clerk", policy_arn: `arn:aws:iam::${TOOLS}:policy/by-hand` },
    },
  });
  const { code, stdout } = await ask("reach", CLERK);
  expect(code).toBe(1);
  expect(stdout).toBe(`reaches 1 role\n  ${TILL} by sts:AssumeRole (not known for certain)\n`);
});

describe("dates in conditions", () => {
  const dated = (value: string): Resources => ({
    aws_iam_role: {
      till: {
        name: "till",
        assume_role_policy: trust({ AWS: BOT }, { DateLessThan: { "aws:CurrentTime": value } }),
      },
    },
  });

  test.each(["4102444800", "2100-01-01", "2100-01-01T00:00Z", "2100-01-01T00:00:00.5+02:00"])(
    "%s is read",
    async (value) => {
      write({}, dated(value));
      expect(await ask("can", BOT, "assume", TILL)).toMatchObject({ code: 0 });
      expect(await ask("reach", BOT)).toMatchObject({ code: 0, stderr: "" });
      expect(await ask("who-can", "assume", TILL)).toMatchObject({ code: 0, stderr: "" });
      expect((await ask("prove")).code).toBe(1);
    },
  );

  test.each(["tomorrow", "", "2100-13-01", "4102444800.5", "-1", "4102444800000", "0050-01-01"])(
    "`%s` is none, and nobody fails over it",
    async (value) => {
      write({}, dated(value));
      for (const args of [
        ["can", BOT, "assume", TILL],
        ["reach", BOT],
        ["who-can", "assume", TILL],
        ["prove"],
        ["review", "--base-dir", "out", "--head-dir", "out"],
      ]) {
        const { code, stderr } = await (args[0] === "review" ? project.run(args) : ask(...args));
        expect(stderr).not.toContain("bug in trustwheel");
        expect(code).toBeLessThan(2);
      }
      expect((await ask("can", BOT, "assume", TILL)).stdout).toMatch(/^unknown\n/);
    },
  );
});
