import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describeWithClients } from "../support/access/aws-clients";
import { AccessHome, CLIENT } from "../support/access/access-home";
import type { Credentials, Judge } from "../support/judge/judge-interface";
import { exampleProject, permitPermissionSet, startJudgeOf } from "../support/judge/judged-project";
import { ROOT } from "../support/project";

const PEOPLE = "arn:aws:iam::222222222222:role/access/people-hub";

/** The commands of a section of a page, as they are written there. */
function commandsOf(page: string, section: string): string[] {
  const [, rest = ""] = readFileSync(join(ROOT, page), "utf8").split(`\n## ${section}\n`);
  const [own = ""] = rest.split("\n## ");
  const blocks = [...own.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
  return blocks
    .flatMap((block) => block.split("\n"))
    .map((line) => line.replace(/ +#.*$/, ""))
    .filter((line) => line !== "");
}

describeWithClients("the README's section about using the access", () => {
  let judge: Judge;
  let home: AccessHome;
  let alice: Credentials;
  let bot: Credentials;

  beforeAll(async () => {
    const project = exampleProject();
    judge = await startJudgeOf(project);
    home = new AccessHome(judge, project);
    const engineer = permitPermissionSet(judge, {
      account: "222222222222",
      name: "PlatformEngineer",
      roles: [PEOPLE],
    });
    alice = judge.session(engineer, "alice@example.com");
    bot = judge.userKey("arn:aws:iam::555555555555:user/sys-automation");
    home.write(
      ".aws/credentials",
      `[sso-engineer]\naws_access_key_id = ${alice.accessKeyId}\naws_secret_access_key = ${alice.secretAccessKey}\naws_session_token = ${alice.sessionToken ?? ""}\n`,
    );
    chmodSync(
      home.write("trustwheel", `#!/bin/sh\nexec ${process.execPath} ${CLIENT} "$@"\n`),
      0o755,
    );
    chmodSync(home.write("report.sh", '#!/bin/sh\necho "$1 $AWS_ACCOUNT_ID"\n'), 0o755);
  });

  afterAll(async () => {
    home.remove();
    await judge.stop();
    expect(judge.problems).toEqual([]);
  });

  test("has commands that do what it says", async () => {
    const run = (command: string, credentials: Credentials): ReturnType<AccessHome["program"]> => {
      const env = home.environment(credentials);
      return home.program(["sh", "-c", command], {
        ...env,
        PATH: `${home.folder}:${env.PATH ?? ""}`,
      });
    };
    const commands = commandsOf("README.md", "Use the access");
    expect(commands.map((command) => command.split(" ")[1])).toEqual([
      "exec",
      "profiles",
      "credentials",
      "run",
      "why",
    ]);
    const [exec = "", profiles = "", credentials = "", all = "", why = ""] = commands;
    expect(await run(exec, alice)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^2026-01-02 .* example\n$/) as unknown,
      stderr: "",
    });
    expect(await run(profiles, alice)).toEqual({
      code: 0,
      signal: null,
      stdout: `${home.folder}/.aws/config: 14 profiles written\n`,
      stderr: "",
    });
    const given = await run(credentials, alice);
    expect(JSON.parse(given.stdout)).toMatchObject({ Version: 1, AccountId: "777777777777" });
    expect(await run(all, alice)).toMatchObject({ code: 0, stdout: "6 done\n" });
    expect(readFileSync(join(home.folder, "out", "data-prod", "stdout"), "utf8")).toBe(
      "data-prod 121212121212\n",
    );
    expect(existsSync(join(home.folder, "out", "summary.json"))).toBe(true);
    expect(await run(why, bot)).toEqual({
      code: 0,
      signal: null,
      stdout: "allowed: deployer@shop-prod\n",
      stderr: "",
    });
    expect((await run(why, alice)).stdout).toMatch(
      /^denied: deployer@shop-prod\n {2}account map: no path leads from /,
    );
  });
});
