import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AccessHome, CLIENT } from "../support/access/access-home";
import type { Credentials, Judge } from "../support/judge/judge-interface";
import { judgedProject, startJudgeOf } from "../support/judge/judged-project";
import type { JudgedProject } from "../support/judge/judged-project";

const COUNT = 300;
const id = (index: number): string => String(200_000_000_000 + index);
const accounts = Array.from(
  { length: COUNT },
  (_, index) => `  a${String(index)}: { id: "${id(index)}", unit: /Apps }`,
);

const MAP = `
version: 1
organizations:
  one: { id: o-abcdefghij }
defaults: { region: eu-west-1 }
accounts:
  core: { id: "100000000001", unit: /Core }
${accounts.join("\n")}
hubs:
  gate:
    account: core
    principals: { robot: { user: { name: robot, create: true } } }
spokes:
  work:
    hubs: [gate]
    accounts: { units: [/Apps] }
    externalId: work-{{account.key}}
    permissions: { managed: [job-function/ViewOnlyAccess] }
`;

describe("a command in 300 accounts", () => {
  let project: JudgedProject;
  let judge: Judge;
  let home: AccessHome;
  let robot: Credentials;
  const role = (index: number): string => `arn:aws:iam::${id(index)}:role/work`;

  beforeAll(async () => {
    project = judgedProject(MAP);
    judge = await startJudgeOf(project);
    robot = judge.userKey("arn:aws:iam::100000000001:user/robot");
  });

  beforeEach(() => {
    home = new AccessHome(judge, project);
  });

  afterEach(() => {
    judge.apply(project.stacks);
    home.remove();
  });

  afterAll(async () => {
    await judge.stop();
    expect(judge.problems).toEqual([]);
  });

  const summary = (out: string): { account: string; status: string; reasons?: unknown }[] =>
    (
      JSON.parse(readFileSync(join(out, "summary.json"), "utf8")) as {
        results: { account: string; status: string }[];
      }
    ).results;
  const leftover = (folder: string): string[] =>
    readdirSync(folder, { recursive: true })
      .map(String)
      .filter((name) => /\.(?:part|tmp)$|lock/.test(name));

  test("some of them denied, throttled, slow or gone: each is told apart, and the rest is done", async () => {
    const gone = project.stacks.map((text) =>
      text.includes(`"${id(7)}"`)
        ? text.replace('"name": "work"', '"name": "away"')
        : text.replace('\\"sts:ExternalId\\":\\"work-a8\\"', '\\"sts:ExternalId\\":\\"other\\"'),
    );
    judge.apply(gone);
    judge.instead(role(9), ["throttle"]);
    judge.instead(role(10), ["break", "break", "break", "break"]);
    judge.instead(role(11), [{ delay: 1500 }]);
    const out = join(home.folder, "out");
    const env = { ...home.environment(robot), AWS_MAX_ATTEMPTS: "3" };
    const script =
      "[ {account.key} != a12 ] || exit 4; [ {account.key} != a13 ] || exec sleep 60; echo {account.id}";
    const words = [
      "run",
      "work",
      "--parallel",
      "8",
      "--timeout",
      "4s",
      "--output",
      out,
      "--",
      "sh",
      "-c",
      script,
    ];
    const result = await home.client(words, env);
    expect(result.code).toBe(1);
    const results = summary(out);
    const told = results
      .filter(({ status }) => status !== "done")
      .map(({ account, status }) => `${account} ${status}`);
    expect(told.sort()).toEqual([
      "a10 error",
      "a12 failed",
      "a13 timed-out",
      "a7 denied",
      "a8 denied",
    ]);
    expect(results).toHaveLength(COUNT);
    expect(result.stdout.split("\n").at(-2)).toBe(
      "295 done, 1 failed, 1 timed-out, 2 denied, 1 error",
    );
    expect(readFileSync(join(out, "a200", "stdout"), "utf8")).toBe(`${id(200)}\n`);
    expect(existsSync(join(out, "a8", "stdout"))).toBe(false);
    expect(leftover(home.folder)).toEqual([]);
    expect(judge.mostAtOnce()).toBeLessThanOrEqual(8);
    // The hub is entered once, each account once or as often as it was tried.
    const assumed = judge.calls.filter(
      ({ action, form }) => action === "AssumeRole" && form.get("RoleArn")?.endsWith("role/gate"),
    );
    expect(assumed).toHaveLength(1);
    // Secrets are in no file but the cache.
    const texts = readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
    expect(texts.filter((text) => text.includes("secret/"))).toEqual([]);
  });

  test("Ctrl-C starts no more, ends what runs, and the summary is written", async () => {
    const out = join(home.folder, "out");
    const started = join(home.folder, "started");
    const words = [
      "run",
      "work",
      "--parallel",
      "4",
      "--output",
      out,
      "--",
      "sh",
      "-c",
      `echo $$ >> ${started}; exec sleep 60`,
    ];
    const child = spawn(process.execPath, [CLIENT, ...words], {
      env: home.environment(robot),
      cwd: home.folder,
      stdio: "ignore",
    });
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    while (!existsSync(started) || readFileSync(started, "utf8").trim().split("\n").length < 4)
      await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill("SIGINT");
    expect(await ended).toBe(130);
    const statuses = summary(out).map(({ status }) => status);
    expect([
      statuses.filter((each) => each === "interrupted").length,
      statuses.filter((each) => each === "not-started").length,
    ]).toEqual([4, COUNT - 4]);
    for (const pid of readFileSync(started, "utf8").trim().split("\n"))
      expect(() => process.kill(Number(pid), 0)).toThrow("ESRCH");
    expect(leftover(home.folder)).toEqual([]);
  });

  test("a kill leaves no command behind, and a summary that --retry goes on from", async () => {
    const out = join(home.folder, "out");
    const started = join(home.folder, "started");
    const words = [
      "run",
      "work",
      "--parallel",
      "3",
      "--output",
      out,
      "--",
      "sh",
      "-c",
      `echo $$ >> ${started}; [ -e ${home.folder}/go ] || exec sleep 60`,
    ];
    const child = spawn(process.execPath, [CLIENT, ...words], {
      env: home.environment(robot),
      cwd: home.folder,
      stdio: "ignore",
    });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    while (!existsSync(started) || readFileSync(started, "utf8").trim().split("\n").length < 3)
      await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill("SIGKILL");
    await ended;
    const pids = readFileSync(started, "utf8").trim().split("\n").map(Number);
    const isRunning = (pid: number): boolean => {
      try {
        process.kill(pid, 0);
        return true;
      } catch {
        return false;
      }
    };
    for (let tries = 0; pids.some(isRunning) && tries < 200; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(pids.filter(isRunning)).toEqual([]);
    expect(summary(out)).toHaveLength(COUNT);
    home.write("go", "");
    const again = await home.client(
      ["run", "--retry", out, "--accounts", "a0,a1,a2,a3"],
      home.environment(robot),
    );
    expect(again.code).toBe(0);
    expect(
      summary(out)
        .filter(({ status }) => status === "done")
        .map(({ account }) => account),
    ).toEqual(["a0", "a1", "a2", "a3"]);
  });

  test("two commands at once share the sessions in the cache", async () => {
    const before = judge.calls.length;
    const env = home.environment(robot);
    const both = await Promise.all(
      [1, 2, 3].map(() => home.client(["credentials", "work@a1"], env)),
    );
    const keys = both.map(
      ({ stdout }) => (JSON.parse(stdout) as { AccessKeyId: string }).AccessKeyId,
    );
    expect(new Set(keys).size).toBe(1);
    expect(judge.calls.slice(before).map(({ action }) => action)).toEqual([
      "GetCallerIdentity",
      "AssumeRole",
      "AssumeRole",
    ]);
  });
});
