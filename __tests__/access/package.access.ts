import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AccessHome } from "../support/access/access-home";
import type { Credentials, Judge } from "../support/judge/judge-interface";
import { exampleProject, startJudgeOf } from "../support/judge/judged-project";
import { ROOT } from "../support/project";

const MOST_BYTES = 10 * 1024 * 1024;

describe("the client's package in an empty folder", () => {
  let judge: Judge;
  let home: AccessHome;
  let bot: Credentials;
  let folder: string;

  beforeAll(async () => {
    const project = exampleProject();
    judge = await startJudgeOf(project);
    home = new AccessHome(judge, project);
    bot = judge.userKey("arn:aws:iam::555555555555:user/sys-automation");
    folder = join(home.folder, "project");
    mkdirSync(folder);
    writeFileSync(join(folder, "package.json"), '{ "name": "empty", "private": true }');
    const env = { ...process.env, npm_config_pack_destination: folder, npm_config_dry_run: "" };
    execFileSync(process.execPath, [join(ROOT, "scripts", "pack-client.js")], {
      env,
      stdio: "pipe",
    });
    const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
    execFileSync(
      "npm",
      ["install", "--offline", "--no-audit", "--no-fund", join(folder, tarball)],
      { cwd: folder, stdio: "pipe" },
    );
  }, 300_000);

  afterAll(async () => {
    home.remove();
    await judge.stop();
  });

  test("installs alone, in less than 10 MB, with the licenses of what is in it", () => {
    const modules = join(folder, "node_modules");
    expect(readdirSync(modules).filter((name) => !name.startsWith("."))).toEqual([
      "trustwheel-client",
    ]);
    const files = readdirSync(modules, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const bytes = files.reduce(
      (sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size,
      0,
    );
    expect(bytes).toBeLessThan(MOST_BYTES);
    const licenses = readFileSync(
      join(modules, "trustwheel-client", "THIRD-PARTY-LICENSES.txt"),
      "utf8",
    );
    expect(licenses).toMatch(/^@aws-sdk\/client-sts .* \(Apache-2\.0\)$/m);
    expect(
      [...licenses.matchAll(/^\S+ \d\S* \((.*)\)$/gm)]
        .map(([, license]) => license)
        .filter((license) => !/^(?:MIT|ISC|Apache-2\.0|0BSD|BSD-\d-Clause)$/.test(license ?? "")),
    ).toEqual([]);
    const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      version: string;
    };
    expect(
      JSON.parse(readFileSync(join(modules, "trustwheel-client", "package.json"), "utf8")),
    ).toMatchObject({ version, license: "Apache-2.0" });
  });

  test("runs a command, and gives credentials to programs", async () => {
    const bin = join(folder, "node_modules", ".bin", "trustwheel");
    const script = "echo $AWS_ACCOUNT_ID; exit 5";
    expect(
      await home.program(
        [bin, "exec", "deployer@shop-prod", "--", "sh", "-c", script],
        home.environment(bot),
      ),
    ).toEqual({ code: 5, signal: null, stdout: "777777777777\n", stderr: "" });
    const program = join(folder, "program.js");
    writeFileSync(
      program,
      'const { AccessRefused, forEachAccount, roleCredentials } = require("trustwheel-client/credentials");\n' +
        "(async () => {\n" +
        '  console.log((await roleCredentials("deployer@shop-prod")()).accountId);\n' +
        '  for await (const { account, status } of forEachAccount("monitor", { tags: ["team=shop"] }, async () => 1, { parallel: 1 })) console.log(account, status);\n' +
        '  await roleCredentials("deployer@shop-prod", { durationSeconds: 7200 })().catch((error) => console.log(error instanceof AccessRefused, error.hop));\n' +
        "})();\n",
    );
    expect(await home.program([process.execPath, program], home.environment(bot))).toEqual({
      code: 0,
      signal: null,
      stdout: "777777777777\nshop-prod done\nshop-test done\ntrue deployer@shop-prod\n",
      stderr: "",
    });
  });
});
