import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { documentationOf } from "../../../lib/diagnostics/documentation";
import { CATALOGUE } from "../../../lib/rules/catalogue";
import { version } from "../../../package.json";
import { ROOT } from "../../support/project";

const MAP = `organizations:
  example:
    id: o-exampleorg1
accounts:
  tools:
    id: "111111111111"
  shop:
    id: "222222222222"
hubs:
  people:
    account: tools
    principals:
      engineers:
        permissionSet: { name: Engineer }
spokes:
  deployer:
    hubs: [people]
    accounts: { keys: [shop] }
    permissions:
      documents: [deploy]
`;
const CLEAN =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
/** Gains permissions, which is a warning. */
const RISKY = CLEAN.replace("s3:GetObject", "iam:PutRolePolicy");
const BROKEN_MAP = MAP.replace('"111111111111"', "111111111111");
const ACCEPTED_MAP = `${MAP}acknowledgements:
  - rule: N1
    at: spokes.deployer
    reason: the platform team deploys roles
`;
const TRUST = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111111111111:role/*" },
      "Action": "sts:AssumeRole"
    }
  ]
}
`;

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe("trustwheel check", () => {
  const folder = mkdtempSync(join(tmpdir(), "trustwheel-check-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** A project with these files in a folder of its own. */
  const project = (files: Readonly<Record<string, string>>): string => {
    const root = mkdtempSync(join(folder, "project-"));
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    return root;
  };
  const check = (
    cwd: string,
    args: readonly string[] = [],
    node: readonly string[] = [],
  ): Outcome => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...node, join(ROOT, "cli", "trustwheel.js"), "check", ...args],
      { cwd, env: { PATH: process.env.PATH, NO_COLOR: "1" }, encoding: "utf8" },
    );
    return { code: status, stdout, stderr };
  };

  const clean = project({ "accounts.yaml": MAP, "policies/deploy.json": CLEAN });
  const risky = project({ "accounts.yaml": MAP, "policies/deploy.json": RISKY });
  const accepted = project({ "accounts.yaml": ACCEPTED_MAP, "policies/deploy.json": RISKY });
  const broken = project({ "accounts.yaml": BROKEN_MAP, "policies/deploy.json": CLEAN });

  describe("of a map", () => {
    test("says that nothing was found, how full the policies are, and returns 0", () => {
      const { code, stdout, stderr } = check(clean);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toBe("0 errors, 0 warnings, 0 accepted\n");
    });

    test("returns 1 for an error, and points at its line", () => {
      const { code, stdout, stderr } = check(broken);
      expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
      expect(stdout).toContain("accounts.yaml:6:9: ");
      expect(stdout).toContain("6 |     id: 111111111111\n");
      expect(stdout).toMatch(/\n1 error, 0 warnings, 0 accepted\n$/);
    });

    test("returns 1 for a warning, and 0 once the map accepts it, which stays visible", () => {
      expect(check(risky)).toMatchObject({ code: 1, stderr: "" });
      const { code, stdout } = check(accepted);
      expect(code).toBe(0);
      expect(stdout).toContain("accounts.yaml:19:5: accepted: ");
      expect(stdout).toContain("reason: the platform team deploys roles");
      expect(stdout).toContain("0 errors, 0 warnings, 1 accepted");
    });

    test("takes another map by name, with its documents beside the working folder", () => {
      const root = project({ "maps/all.yaml": MAP, "policies/deploy.json": CLEAN });
      expect(check(root, ["--map", "maps/all.yaml"]).code).toBe(0);
    });

    test("returns 2 where the map cannot be read, and says so in the format asked for", () => {
      const { code, stdout, stderr } = check(project({}), ["--format", "json"]);
      expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
      expect((JSON.parse(stdout) as { diagnostics: unknown }).diagnostics).toEqual([
        {
          severity: "error",
          rule: "unreadable-file",
          file: "accounts.yaml",
          message: "cannot be read: there is no such file",
          help: "run `npx trustwheel init` to start one, or name the map with `--map FILE`",
          documentation: "docs/rules.md#unreadable-file",
        },
      ]);
    });
  });

  describe("for machines", () => {
    test("writes JSON with what was checked, the headroom and every finding", () => {
      const { code, stdout } = check(accepted, ["--format", "json"]);
      expect(code).toBe(0);
      const output = JSON.parse(stdout) as Record<string, unknown>;
      expect(Object.keys(output)).toEqual([
        "version",
        "checked",
        "notChecked",
        "headroom",
        "diagnostics",
      ]);
      expect(output.version).toBe(1);
      expect(output.checked).toEqual([{ file: "accounts.yaml", kind: "account map" }]);
      expect((output.headroom as unknown[])[0]).toEqual({
        what: "trust policy",
        role: expect.any(String) as string,
        account: expect.any(String) as string,
        size: expect.any(Number) as number,
        quota: 2048,
        fits: expect.any(Number) as number,
        unit: "principals",
      });
      expect(output.diagnostics).toEqual([
        {
          severity: "warning",
          rule: "N1",
          file: "accounts.yaml",
          span: { start: { line: 19, column: 5 }, end: { line: 19, column: 16 } },
          message: "`deployer` in `shop` can raise its own permissions by `iam:PutRolePolicy`",
          help: expect.any(String) as string,
          accepted: { reason: "the platform team deploys roles" },
          documentation: "docs/rules.md#n1",
        },
      ]);
    });

    test("writes SARIF 2.1.0 with all that it requires, rules that exist and suppressions", () => {
      const log = sarif(check(risky, ["--format", "sarif"]).stdout);
      expect(log.runs[0]?.tool.driver).toMatchObject({ name: "trustwheel", version });
      expect(log.runs[0]?.tool.driver.rules.map(({ id }) => id)).toEqual(["N1"]);
      expect(log.runs[0]?.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
        ["N1", "warning"],
      ]);
      const [result] = sarif(check(accepted, ["--format", "sarif"]).stdout).runs[0]?.results ?? [];
      expect(result?.suppressions).toEqual([
        { kind: "inSource", justification: "the platform team deploys roles" },
      ]);
    });

    test("writes SARIF without results where nothing was found", () => {
      expect(sarif(check(clean, ["--format", "sarif"]).stdout).runs[0]?.results).toEqual([]);
    });

    test("writes an annotation of GitHub a line, and nothing where nothing was found", () => {
      const { code, stdout } = check(broken, ["-f", "github"]);
      expect(code).toBe(1);
      expect(stdout).toMatch(
        /^::error file=accounts\.yaml,line=6,endLine=6,col=9,title=[A-Z]+-\d+::[^\n]+\n$/,
      );
      expect(check(clean, ["-f", "github"])).toEqual({ code: 0, stdout: "", stderr: "" });
    });
  });

  describe("of documents on their own", () => {
    test("tells by their content what they are for, and needs no map", () => {
      const root = project({
        "read.json": CLEAN,
        "trust.json": TRUST.replace("role/*", "role/deployer"),
      });
      const { code, stdout, stderr } = check(root, ["read.json", "trust.json", "-f", "json"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(JSON.parse(stdout)).toEqual({
        version: 1,
        checked: [
          { file: "read.json", kind: "identity" },
          { file: "trust.json", kind: "trust" },
        ],
        notChecked: [
          "the other policies, the boundary and the account of whoever has the policy",
          "what the role can do, and whether its callers are allowed to assume it",
        ],
        headroom: [],
        diagnostics: [],
      });
    });

    test("says what they were taken for, and finds mistakes at their lines", () => {
      const { code, stdout } = check(project({ "policies/trust.json": TRUST }), [
        "policies/trust.json",
      ]);
      expect(code).toBe(1);
      expect(stdout).toMatch(/^policies\/trust\.json:6:29: [^\n]+\[GR-07\]\n/);
      expect(stdout).toMatch(
        /1 error, 0 warnings, 0 accepted\nchecked: 1 trust policy\nnot checked: what the role can do, and whether its callers are allowed to assume it\n$/,
      );
    });

    test("takes them for what --kind says", () => {
      const { code, stdout } = check(project({ "read.json": CLEAN }), [
        "--kind",
        "trust",
        "read.json",
      ]);
      expect(code).toBe(1);
      expect(stdout).toContain("[GR-05]");
    });

    test("takes the example's documents as they are", () => {
      const names = ["access-boundary", "connect-database", "deploy-services", "monitor"];
      const { code, stdout } = check(
        ROOT,
        names.map((name) => `policies/${name}.json`),
      );
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout:
          "0 errors, 0 warnings, 0 accepted\nchecked: 3 identity policies, 1 permissions boundary\n" +
          "not checked: the policies of the roles with the boundary\n" +
          "not checked: the other policies, the boundary and the account of whoever has the policy\n",
      });
    });

    test("returns 2 where one cannot be read, and still checks the others", () => {
      const root = project({ "trust.json": TRUST, "folder/x.json": CLEAN });
      const { code, stdout } = check(root, ["missing.json", "folder", "trust.json"]);
      expect(code).toBe(2);
      expect(stdout).toContain("missing.json: cannot be read: there is no such file");
      expect(stdout).toContain("folder: cannot be read: it is a folder");
      expect(stdout).toContain("[GR-07]");
    });

    test("answers in under a second to texts that no document should be", () => {
      const hostile = project({
        "large.json": `"${"x".repeat(200_000)}"`,
        "deep.json": "[".repeat(100_000),
        "many.json": JSON.stringify({
          Version: "2012-10-17",
          Statement: Array.from({ length: 2000 }, () => ({ Effect: 1, Action: 2, Resource: 3 })),
        }),
        "keys.json": '{"Version":"2012-10-17","Version":"2012-10-17"}',
        "binary.json": "\u0000\uFFFD\uFFFD",
        "empty.json": "",
      });
      const names = ["large", "deep", "many", "keys", "binary", "empty"];
      for (const name of names) {
        const { code, stderr } = check(hostile, [`${name}.json`, "--format", "github"]);
        expect({ name, code, stderr }).toEqual({ name, code: 1, stderr: "" });
      }
    });
  });

  describe("of synthesized Terraform", () => {
    const stack = (backend: string, provider: object): string =>
      JSON.stringify({
        terraform: { backend: { local: { path: backend } } },
        provider: { aws: [provider] },
      });
    const guarded = { region: "eu-central-1", allowed_account_ids: ["111111111111"] };

    test("finds every stack below the folder, but nothing that Terraform keeps for itself", () => {
      const root = project({
        "out/stacks/a/cdk.tf.json": stack("../a.tfstate", guarded),
        "out/stacks/b/cdk.tf.json": stack("../b.tfstate", { region: "eu-central-1" }),
        "out/stacks/b/.terraform/modules/x/cdk.tf.json": "{",
        "out/manifest.json": "{",
      });
      const { code, stdout } = check(root, ["--dir", "out"]);
      expect(code).toBe(1);
      expect(stdout).toMatch(/^out\/stacks\/b\/cdk\.tf\.json:1:\d+: warning: /);
      expect(stdout).toMatch(
        /0 errors, 1 warning, 0 accepted\nchecked: 2 stacks\nnot checked: who can assume the roles: /,
      );
    });

    test("tells which roles can raise their own permissions, each at its resource", () => {
      const role = (name: string, ...actions: string[]): object => ({
        aws_iam_role: {
          [name]: {
            name,
            assume_role_policy: JSON.stringify({
              Version: "2012-10-17",
              Statement: [
                {
                  Effect: "Allow",
                  Principal: { AWS: "arn:aws:iam::111111111111:root" },
                  Action: "sts:AssumeRole",
                },
              ],
            }),
            inline_policy: [
              {
                name: "own",
                policy: JSON.stringify({
                  Version: "2012-10-17",
                  Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
                }),
              },
            ],
          },
        },
      });
      const tree = (resource: object): string =>
        JSON.stringify({ ...(JSON.parse(stack("a", guarded)) as object), resource }, undefined, 1);
      const root = project({
        "out/a/cdk.tf.json": tree(role("raiser", "iam:PutRolePolicy", "iam:CreateAccessKey")),
        "out/b/cdk.tf.json": tree(role("admin", "*")),
        "out/c/cdk.tf.json": tree(role("reader", "s3:GetObject")),
      });
      const { code, stdout } = check(root, ["--dir", "out", "--format", "json"]);
      const { diagnostics } = JSON.parse(stdout) as { diagnostics: Record<string, unknown>[] };
      expect(code).toBe(1);
      expect(
        diagnostics.map(({ severity, rule, file, message, span }) => [
          `${severity as string} ${rule as string} ${file as string}`,
          message,
          (span as { start: object }).start,
        ]),
      ).toEqual([
        [
          "warning N1 out/a/cdk.tf.json",
          "`raiser` in 111111111111 can raise its own permissions in 2 ways: `iam:CreateAccessKey`; `iam:PutRolePolicy`",
          { line: 21, column: 4 },
        ],
        [
          "warning N1 out/b/cdk.tf.json",
          "`admin` in 111111111111 is administrator: `own` allows every action on everything",
          { line: 21, column: 4 },
        ],
      ]);
    });

    test("goes together with a map and with documents that are named", () => {
      const root = project({
        "accounts.yaml": MAP,
        "policies/deploy.json": CLEAN,
        "out/a.tf.json": stack("a.tfstate", guarded),
      });
      const args = ["--map", "accounts.yaml", "--dir", "out", "policies/deploy.json"];
      const { code, stdout } = check(root, args);
      expect(code).toBe(0);
      expect(stdout).toContain("checked: 1 account map, 1 identity policy, 1 stack\nnot checked: ");
    });

    test("returns 2 where there is none", () => {
      const root = project({ "out/readme.md": "" });
      const refused = (why: string): Outcome => ({
        code: 2,
        stdout: "",
        stderr: `${why} [unreadable-file]\n`,
      });
      expect(check(root, ["--dir", "out"])).toEqual(
        refused("out: cannot be read: it has no `*.tf.json` files"),
      );
      expect(check(root, ["--dir", "nothing"])).toEqual(
        refused("nothing: cannot be read: there is no such file"),
      );
    });
  });

  describe("used in the wrong way", () => {
    test.each([
      [["--format", "xml"], "Allowed choices are text, json, sarif, github"],
      [["--kind", "scp", "x.json"], "Allowed choices are trust, identity, boundary"],
      [["--kind", "trust"], "none is named"],
      [["accounts.yaml"], "write '--map accounts.yaml'"],
      [["--nonsense"], "unknown option '--nonsense'"],
    ])("returns 2 and says so on standard error alone: %j", (args, message) => {
      const { code, stdout, stderr } = check(clean, args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(message);
      expect(stderr).toContain("(add --help for the usage)");
    });

    test("helps with examples", () => {
      const { code, stdout, stderr } = check(clean, ["--help"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("Usage: trustwheel check [options] [documents...]");
      expect(stdout).toMatch(/Examples:\n {2}trustwheel check {2}/);
    });

    test("returns 3 for a failure of its own, with a trace on standard error", () => {
      const preload = join(folder, "fail.js");
      writeFileSync(preload, "Date.prototype.toISOString = () => { throw new Error('clock'); };");
      const { code, stdout, stderr } = check(clean, [], ["-r", preload]);
      expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
      expect(stderr).toContain("this is a bug in trustwheel, not in your files\nError: clock");
    });
  });

  describe("costs little:", () => {
    const preload = join(folder, "modules.js");
    writeFileSync(
      preload,
      'process.on("exit", () => process.stderr.write(Object.keys(require.cache).join("\\n")));',
    );

    test.each([[[]], [["policies/deploy.json"]], [["--dir", "out"]]])(
      "it loads neither CDKTF nor the AWS provider, nor what synthesizes: %j",
      (args) => {
        const root = project({
          "accounts.yaml": MAP,
          "policies/deploy.json": CLEAN,
          "out/a.tf.json": "{}",
        });
        const loaded = check(root, args, ["-r", preload]).stderr.split("\n");
        expect(loaded).toContain(join(ROOT, "lib", "rules", "catalogue.ts"));
        const heavy =
          /node_modules\/(?:@cdktf|cdktf|constructs|cdktf-cli)\/|\/constructs\/|\/main\.ts$/;
        expect(loaded.filter((module) => heavy.test(module))).toEqual([]);
      },
    );
  });
});

interface SarifLog {
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly version: string;
        readonly rules: { id: string }[];
      };
    };
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly suppressions?: unknown;
    }[];
  }[];
}

/** Reads a SARIF log and asserts what the standard, and GitHub's code scanning, require of one. */
function sarif(text: string): SarifLog {
  const log = JSON.parse(text) as SarifLog;
  const place = {
    physicalLocation: {
      artifactLocation: { uri: expect.stringMatching(/^[A-Za-z0-9._~%/-]+$/) as string },
      region: {
        startLine: expect.any(Number) as number,
        startColumn: expect.any(Number) as number,
        endLine: expect.any(Number) as number,
        endColumn: expect.any(Number) as number,
      },
    },
  };
  expect(log).toEqual({
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: expect.any(Object) as object,
        columnKind: "utf16CodeUnits",
        results: expect.any(Array) as unknown[],
      },
    ],
  });
  const known = new Set(
    CATALOGUE.map((each) => (each.status === "checked" ? each.rule.id : each.id)),
  );
  for (const run of log.runs) {
    for (const rule of run.tool.driver.rules) {
      expect(rule).toEqual({
        id: expect.any(String) as string,
        shortDescription: { text: expect.any(String) as string },
        fullDescription: { text: expect.any(String) as string },
        help: {
          text: `npx trustwheel explain ${rule.id}`,
          markdown: expect.stringContaining("docs/rules.md#") as string,
        },
        properties: { documentation: documentationOf(rule.id) },
      });
    }
    for (const result of run.results) {
      expect(result).toMatchObject({
        ruleId: expect.any(String) as string,
        level: expect.stringMatching(/^(?:error|warning|note)$/) as string,
        message: { text: expect.stringMatching(/./) as string },
        locations: [place],
      });
      expect(known).toContain(result.ruleId);
    }
  }
  return log;
}
