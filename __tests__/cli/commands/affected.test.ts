import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { GitProject } from "../../support/projects/git-project";

const project = new GitProject();
afterAll(() => {
  project.remove();
});

const role = (name: string, more: Readonly<Record<string, unknown>> = {}): unknown => ({
  name,
  assume_role_policy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "ec2.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    ],
  }),
  ...more,
});

function write(side: string, account: string, body: unknown): void {
  const text = JSON.stringify({
    terraform: { backend: { s3: { key: `${account}/terraform.tfstate` } } },
    provider: { aws: [{ allowed_account_ids: [account], region: "eu-central-1" }] },
    resource: { aws_iam_role: { a: body } },
  });
  project.write(`${side}/stacks/a-${account}/cdk.tf.json`, text);
}

const written = (name: string): string | undefined => {
  const file = join(project.folder, "planned", name);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
};

test("--plannable writes what is safe to plan, lists only that, and says why the rest is not", async () => {
  for (const account of ["111111111111", "222222222222", "333333333333"]) {
    write("before", account, role("a"));
  }
  write("after", "111111111111", role("a", { description: "changed" }));
  write("after", "222222222222", role("a", { description: '${file("/etc/passwd")}' }));
  write("after", "333333333333", role("a"));
  project.write(".terraform.lock.hcl", "pinned\n");
  project.write("after/stacks/a-111111111111/.terraform.lock.hcl", "of the head\n");
  const sides = ["--base-dir", "before", "--head-dir", "after"];
  const { code, stdout, stderr } = await project.run(
    "affected",
    ...sides,
    "--plannable",
    "planned",
    "--format",
    "matrix",
  );
  expect(stderr).toBe(
    'a-222222222222 is not planned: it has the template `${file("/etc/passwd")}`, which is not an attribute of an IAM resource\n',
  );
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    {
      waves: [
        {
          include: [
            {
              stack: "a-111111111111",
              account: "111111111111",
              directory: "cdktf.out/stacks/a-111111111111",
            },
          ],
        },
      ],
    },
  ]);
  const after = readFileSync(
    join(project.folder, "after/stacks/a-111111111111/cdk.tf.json"),
    "utf8",
  );
  expect(written("stacks/a-111111111111/cdk.tf.json")).toBe(after);
  expect(written("stacks/a-111111111111/.terraform.lock.hcl")).toBe("pinned\n");
  expect(written("stacks/a-222222222222/cdk.tf.json")).toBeUndefined();
  expect(written("stacks/a-333333333333/cdk.tf.json")).toBeUndefined();
});

describe("import blocks", () => {
  const sides = ["--base-dir", "one", "--head-dir", "two", "--plannable", "imported"];
  const block = 'import {\n  to = aws_iam_role.a\n  id = "a"\n}\n';

  beforeAll(() => {
    write("one", "444444444444", role("a"));
    write("two", "444444444444", role("a", { description: "changed" }));
  });

  test("of the account come along", async () => {
    project.write("imports/444444444444.tf", block);
    expect((await project.run("affected", ...sides)).stdout).toContain("a-444444444444");
    const file = join(project.folder, "imported/stacks/a-444444444444/imports.tf");
    expect(readFileSync(file, "utf8")).toBe(block);
  });

  test("with more than imports keep the stack from being planned", async () => {
    project.write("imports/444444444444.tf", `${block}data "external" "x" {}\n`);
    expect(await project.run("affected", ...sides)).toMatchObject({
      code: 0,
      stdout: "no stack is affected\n",
      stderr:
        "a-444444444444 is not planned: it has imports/444444444444.tf, which holds more than imports\n",
    });
  });
});

describe("--all", () => {
  const list = async (...more: readonly string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await project.run("affected", "--all", ...more);
    return [code, stderr, stdout === "" ? "" : (JSON.parse(stdout) as unknown)];
  };

  test("lists every stack, those whose roles others trust first", async () => {
    const map = {
      organizations: { ours: { id: "o-exampleorg1" } },
      accounts: { shop: { id: "111111111111" }, tools: { id: "222222222222" } },
      hubs: {
        automation: {
          account: "tools",
          trustMode: "roleArn",
          principals: { bot: { user: { name: "bot" }, grant: "declared" } },
        },
      },
      spokes: {
        reader: {
          hubs: ["automation"],
          accounts: { keys: ["shop"] },
          permissions: { managed: ["job-function/ViewOnlyAccess"] },
        },
      },
    };
    project.write("accounts.yaml", JSON.stringify(map));
    const entry = (stack: string, account: string): unknown => ({
      include: [{ stack, account, directory: `cdktf.out/stacks/${stack}` }],
    });
    expect(await list("--format", "matrix")).toEqual([
      0,
      "",
      { waves: [entry("tools", "222222222222"), entry("shop", "111111111111")] },
    ]);
  });

  test("needs no map for existing output", async () => {
    write("standing", "444444444444", role("a"));
    expect(await list("--head-dir", "standing", "--format", "json")).toEqual([
      0,
      "",
      {
        version: 1,
        waves: [[{ stack: "a-444444444444", account: "444444444444", status: "added" }]],
        removed: [],
        crossed: [],
      },
    ]);
  });

  test.each([
    ["--base", "HEAD"],
    ["--base-dir", "before"],
    ["--head", "HEAD"],
  ])("goes without %s", async (option, value) => {
    expect(await list(option, value)).toEqual([
      2,
      "`--all` compares with nothing, so `--base`, `--base-dir` and `--head` have no meaning\n" +
        "  = help: `--all` for every stack, or `--base origin/main` for what changed\n",
      "",
    ]);
  });

  test("writes no stacks to plan: there is nothing to hold them against", async () => {
    expect(await list("--plannable", "planned")).toEqual([
      2,
      "`--plannable` compares stacks with those of a base, and `--all` has none\n" +
        "  = help: `--base origin/main --plannable FOLDER`\n",
      "",
    ]);
  });
});
