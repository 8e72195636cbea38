import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { AccessRefused, forEachAccount, roleCredentials } from "../../../client/credentials";
import type { AccountResult, RoleIdentity, RoleOptions } from "../../../client/credentials";
import { buildAccessIndex } from "../../../lib/session/index/build-access-index";
import type { AccessIndex } from "../../../lib/session/index/access-index";
import type { Judge } from "../../support/judge/judge-interface";
import { judgedProject, startJudgeOf } from "../../support/judge/judged-project";
import type { JudgedProject } from "../../support/judge/judged-project";

const MAP = `
version: 1
organizations:
  one: { id: o-abcdefghij }
defaults: { region: eu-west-1 }
accounts:
  core: { id: "100000000001", unit: /Core }
  blue: { id: "100000000002", unit: /Apps, tags: { team: a } }
  green: { id: "100000000003", unit: /Apps, tags: { team: b } }
  red: { id: "100000000004", unit: /Old, tags: { team: b } }
hubs:
  gate:
    account: core
    role: gate
    principals:
      robot: { user: { name: robot, create: true } }
      watched: { user: { name: watched, create: true }, mfa: true }
spokes:
  work:
    hubs: [gate]
    accounts: { units: [/Apps, /Old] }
    externalId: work-{{account.key}}
    permissions:
      statements:
        - { Effect: Allow, Action: "s3:GetObject", Resource: "arn:aws:s3:::data-{{account.key}}/*" }
`;

const ROBOT = "arn:aws:iam::100000000001:user/robot";

describe("the credentials of a role", () => {
  let project: JudgedProject;
  let judge: Judge;
  let index: AccessIndex;
  let folder: string;
  const before = { ...process.env };
  let now: number;

  beforeAll(async () => {
    project = judgedProject(MAP);
    index = buildAccessIndex(project.plan, "0".repeat(64));
    judge = await startJudgeOf(project, () => now);
  });

  beforeEach(() => {
    now = Date.parse("2027-03-01T08:00:00Z");
    folder = mkdtempSync(join(tmpdir(), "trustwheel-credentials-"));
    Object.assign(process.env, judge.environment(), {
      XDG_CACHE_HOME: folder,
      AWS_MAX_ATTEMPTS: "1",
    });
  });

  afterEach(() => {
    process.env = { ...before };
    rmSync(folder, { recursive: true, force: true });
  });

  afterAll(async () => {
    await judge.stop();
    expect(judge.problems).toEqual([]);
  });

  const options = (arn = ROBOT): RoleOptions => {
    const key = judge.userKey(arn);
    return { index, from: () => Promise.resolve(key), clock: () => new Date(now) };
  };
  const asked = (): number => judge.calls.filter(({ action }) => action === "AssumeRole").length;
  const refusalOf = (made: Promise<unknown>): Promise<AccessRefused> =>
    made.then(
      () => {
        throw new Error("granted");
      },
      (error: unknown) => error as AccessRefused,
    );

  test("are renewed for three hours without a failed call, and STS is asked no more often than needed", async () => {
    const calls = asked();
    const provider = roleCredentials("work@blue", options());
    const s3 = new S3Client({
      endpoint: judge.url,
      region: "eu-west-1",
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: provider,
    });
    const keys = new Set<string>();
    for (let minute = 0; minute < 180; minute += 1) {
      const given = await provider();
      expect((given.expiration?.getTime() ?? 0) - now).toBeGreaterThan(15 * 60_000);
      keys.add(given.accessKeyId);
      now += 60_000;
    }
    const client = new S3Client({
      endpoint: judge.url,
      region: "eu-west-1",
      forcePathStyle: true,
      maxAttempts: 1,
      credentials: await provider(),
    });
    await client.send(new GetObjectCommand({ Bucket: "data-blue", Key: "x" }));
    s3.destroy();
    client.destroy();
    expect(keys.size).toBe(5);
    // The hub, which the next session of the role is made from, is assumed again when less than a minute is left.
    expect(asked() - calls).toBe(5 + 3);
  });

  test("are shared by those who ask at once, kept in files that only the user can read, and kept for the next process", async () => {
    const calls = asked();
    const from = options();
    const all = await Promise.all([1, 2, 3].map(() => roleCredentials("work@blue", from)()));
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId)).size).toBe(1);
    await roleCredentials("work@blue", from)();
    expect(asked() - calls).toBe(2);
    const cache = join(folder, "trustwheel", "sessions");
    expect(statSync(cache).mode & 0o777).toBe(0o700);
    const files = readdirSync(cache);
    expect(files).toHaveLength(3);
    for (const file of files)
      expect([file.endsWith(".json"), statSync(join(cache, file)).mode & 0o777]).toEqual([
        true,
        0o600,
      ]);
    // What others could have written is not read.
    for (const file of files) writeFileSync(join(cache, file), "{", { mode: 0o600 });
    await roleCredentials("work@blue", from)();
    expect(asked() - calls).toBe(4);
  });

  test("stay while STS throttles, and fail when nothing is left of them", async () => {
    const provider = roleCredentials("work@blue", options());
    const first = await provider();
    now += 50 * 60_000;
    judge.instead("arn:aws:iam::100000000002:role/work", ["throttle", "break"]);
    expect((await provider()).accessKeyId).toBe(first.accessKeyId);
    now += 11 * 60_000;
    await expect(provider()).rejects.toMatchObject({ name: "AccessProblem" });
    expect((await provider()).accessKeyId).not.toBe(first.accessKeyId);
  });

  test("that are denied say the hop, the statement and the key", async () => {
    const refused = await refusalOf(
      roleCredentials("work@blue", options("arn:aws:iam::100000000001:user/watched"))(),
    );
    expect(refused).toBeInstanceOf(AccessRefused);
    expect({ hop: refused.hop, reasons: refused.reasons, help: refused.help }).toEqual({
      hop: "gate@core",
      reasons: [
        {
          side: "trust policy",
          statement: "Watched",
          key: "aws:MultiFactorAuthPresent",
          wanted: "true",
          certain: true,
          text: "aws:MultiFactorAuthPresent must be true, and the call passes no MFA code",
        },
      ],
      help: "name your MFA device with `--mfa-serial`, and give its code when asked",
    });
  });

  test("that AWS denies although the map allows them name what differs", async () => {
    const changed = project.stacks.map((text) => text.replaceAll("work-blue", "other-blue"));
    judge.apply(changed);
    try {
      const refused = await refusalOf(roleCredentials("work@blue", options())());
      expect(refused.message).toBe(
        [
          "denied: work@blue",
          "  trust policy: AWS denies it, and does not say which side; a role that does not exist is answered alike",
          "  trust policy, statement HubGate: the map allows this hop: the applied trust policy of arn:aws:iam::100000000002:role/work or the caller's permission differs from it",
          "  help: check that the last synthesis was applied, and that the caller's own permission is there; a new role or policy can take a minute",
        ].join("\n"),
      );
    } finally {
      judge.apply(project.stacks);
    }
  });

  test("of another account or role than was meant are thrown away", async () => {
    judge.instead("arn:aws:iam::100000000002:role/work", [
      { as: "arn:aws:sts::100000000003:assumed-role/work/robot" },
    ]);
    const problem = await refusalOf(roleCredentials("work@blue", options())());
    expect(problem.message).toBe(
      "STS answered with a session of arn:aws:sts::100000000003:assumed-role/work/robot, not of arn:aws:sts::100000000002:assumed-role/work/robot",
    );
    expect(readdirSync(join(folder, "trustwheel", "sessions")).length).toBe(2);
  });

  test("of all accounts with a role are worked on at once, whatever becomes of the others", async () => {
    judge.instead("arn:aws:iam::100000000003:role/work", ["break"]);
    const results: AccountResult<string>[] = [];
    const each = forEachAccount(
      "work",
      { units: ["/Apps", "/Old"] },
      ({ account, credentials }) =>
        account === "red"
          ? Promise.reject(new Error("own"))
          : credentials().then((given: RoleIdentity) => given.accountId ?? ""),
      options(),
    );
    for await (const result of each) results.push(result);
    const told = results
      .map((result) => [
        result.account,
        result.status,
        result.status === "done"
          ? result.value
          : result.status === "error"
            ? (result.error as Error).name
            : "",
      ])
      .sort();
    expect(told).toEqual([
      ["blue", "done", "100000000002"],
      ["green", "error", "AccessProblem"],
      ["red", "error", "Error"],
    ]);
  });

  test("a role that is not there, or an account, leads to the nearest", async () => {
    const problem = async (role: string): Promise<string> => {
      const { message, help } = await refusalOf(roleCredentials(role, options())());
      return `${message}; ${help}`;
    };
    expect(await problem("wrk@blue")).toBe(
      "there is no role `wrk@blue`; did you mean `work@blue`?",
    );
    expect(await problem("work@blu")).toBe("there is no account `blu`; did you mean `blue`?");
    expect(await problem("gate@blue")).toBe(
      "there is no role `gate` in `blue`; it is in `core`; `blue` has `work`",
    );
    expect(await problem("work")).toBe(
      "`work` names no account; write ROLE@ACCOUNT, for example `work@blue`",
    );
  });
});
