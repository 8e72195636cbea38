import { callerOfArn } from "../../../../lib/session/caller";
import type { SessionCaller } from "../../../../lib/session/caller";
import type { SessionWishes } from "../../../../lib/session/calls/hop-state";
import { planCalls } from "../../../../lib/session/calls/plan-calls";
import { refusalText } from "../../../../lib/session/refusal";
import { findRole } from "../../../../lib/session/ways/find-role";
import { chooseWay, findWays } from "../../../../lib/session/ways/find-ways";
import { sampleIndex } from "../../../support/access/sample-index";

const INDEX = sampleIndex();
const NOON = Date.parse("2027-01-01T12:00:00Z");
const user = (name: string): string => `arn:aws:iam::100000000001:user/${name}`;
const OPS =
  "arn:aws:sts::100000000001:assumed-role/AWSReservedSSO_Ops_0123456789abcdef/anna@corp.test";

function calls(
  arn: string | SessionCaller,
  role: string,
  wishes: Partial<SessionWishes> = {},
  { via = "gate", time = NOON } = {},
): unknown {
  const caller = typeof arn === "string" ? callerOfArn(arn) : arn;
  const target = findRole(INDEX, role);
  if (caller === undefined || "problem" in target) throw new Error(role);
  const way = chooseWay(INDEX, caller, target.value, role.startsWith("gate") ? undefined : via);
  if ("problem" in way) return `${way.problem}; ${way.help}`;
  const planned = planCalls(way.value, caller, { tags: {}, ...wishes }, time);
  if ("refusal" in planned) return refusalText(planned.refusal);
  return planned.calls.map(
    ({ role: { name, account }, entry, doubts, tags, transitiveTags, ...carried }) => ({
      hop: `${name}@${account} as ${entry.name}`,
      ...carried,
      ...(Object.keys(tags).length === 0 ? {} : { tags, transitiveTags }),
      ...(doubts.length === 0 ? {} : { doubts: doubts.map(({ text }) => text) }),
    }),
  );
}

describe("what every call of a path carries", () => {
  test("a machine's: the external ID of each account, sessions of an hour", () => {
    expect(calls(user("robot"), "work@blue")).toEqual([
      { hop: "gate@core as robot", sessionName: "robot", seconds: 3600 },
      { hop: "work@blue as gate", sessionName: "robot", seconds: 3600, externalId: "work-blue" },
    ]);
  });

  test("a person's: the source identity that AWS asserts of the session, once", () => {
    const owner =
      "the permission set Ops in 100000000001 must hold the permission to assume the role; it is not in this map";
    expect(calls(OPS, "work@green")).toEqual([
      {
        hop: "gate@core as people",
        sessionName: "anna@corp.test",
        seconds: 3600,
        sourceIdentity: "anna@corp.test",
        doubts: [owner],
      },
      {
        hop: "work@green as gate",
        sessionName: "anna@corp.test",
        seconds: 3600,
        externalId: "work-green",
      },
    ]);
  });

  test("a pipeline's: its token, and from there the chain", () => {
    const token = {
      kind: "web-identity",
      issuer: "https://token.actions.githubusercontent.com",
      subject: "repo:corp/infra:ref:refs/heads/main",
    } as const;
    expect(calls(token, "work@blue")).toEqual([
      {
        hop: "gate@core as ci",
        sessionName: "repo-corp-infra-ref-refs-heads-main",
        seconds: 3600,
        webIdentity: { audience: "sts.amazonaws.com" },
      },
      {
        hop: "work@blue as gate",
        sessionName: "repo-corp-infra-ref-refs-heads-main",
        seconds: 3600,
        externalId: "work-blue",
      },
    ]);
    expect(calls({ ...token, subject: "repo:corp/infra:pull_request" }, "work@blue")).toMatch(
      /^no path leads from/,
    );
  });

  test("a session tag at the hop that allows it, transitive where the map says so", () => {
    expect(calls(user("robot"), "work@blue", { tags: { team: "a" } })).toMatchObject([
      { hop: "gate@core as robot", tags: { team: "a" }, transitiveTags: ["team"] },
      { hop: "work@blue as gate" },
    ]);
    expect(calls(user("robot"), "work@blue", { tags: { team: "c" } })).toContain(
      "trust policy, statement RobotTagSession: aws:RequestTag/team must be a or b, got c",
    );
    expect(calls(user("robot"), "work@blue", { tags: { cost: "1" } })).toContain(
      "account map: no hop of the path allows the session tag cost",
    );
  });

  test("MFA for the hub's whole session, because later hops are renewed from it", () => {
    expect(
      calls(user("guarded"), "work@blue", { mfaSerial: "arn:aws:iam::100000000001:mfa/x" }),
    ).toMatchObject([
      {
        hop: "gate@core as guarded",
        seconds: 28_800,
        mfaSerial: "arn:aws:iam::100000000001:mfa/x",
      },
      { seconds: 3600 },
    ]);
    expect(calls(user("guarded"), "work@blue")).toContain(
      "trust policy, statement Guarded: aws:MultiFactorAuthPresent must be true, and the call passes no MFA code",
    );
  });

  test("as long as was asked: up to the role's limit directly, an hour in a chain", () => {
    expect(calls(user("robot"), "gate@core", { seconds: 28_800 })).toMatchObject([
      { seconds: 28_800 },
    ]);
    expect(calls(user("robot"), "gate@core", { seconds: 36_000 })).toContain(
      "sessions of gate@core last at most 28800 seconds, got 36000",
    );
    expect(calls(user("robot"), "work@blue", { seconds: 7200 })).toContain(
      "lasts at most an hour, got 7200 seconds",
    );
    expect(calls(user("robot"), "work@blue", { seconds: 900 })).toMatchObject([
      { seconds: 3600 },
      { seconds: 900 },
    ]);
  });
});

describe("what is certain to be denied is refused with the reason", () => {
  test("a source identity that the map does not allow, or that the session has otherwise", () => {
    expect(calls(OPS, "work@blue", { as: "anna@evil.test" })).toBe(
      "denied: gate@core\n  trust policy, statement PeopleSourceIdentity: sts:SourceIdentity must be *@corp.test, got anna@evil.test\n  help: name yourself with `--as NAME`, as the map has it for you\n",
    );
    expect(calls(OPS, "work@blue", { carried: "anna@corp.test", as: "bob@corp.test" })).toContain(
      "session: the session has the source identity anna@corp.test already, and it cannot be changed to bob@corp.test",
    );
    expect(calls(user("robot"), "work@blue", { carried: "anna@corp.test" })).toContain(
      "nothing allows sts:SetSourceIdentity, and the session has the source identity anna@corp.test",
    );
  });

  test("a window that is not open yet, or no more; an address is certain only when it is known", () => {
    const inside = [
      {
        hop: "gate@core as shift",
        doubts: [
          "aws:SourceIp must be 198.51.100.0/24; AWS sees the address, this machine does not know it",
        ],
      },
      {},
    ];
    expect(calls(user("shift"), "work@blue")).toMatchObject(inside);
    const at = (time: string): unknown =>
      calls(user("shift"), "work@blue", {}, { time: Date.parse(time) });
    expect(at("2027-01-01T07:59:59Z")).toContain(
      "aws:CurrentTime must be from 2027-01-01T08:00:00Z on, got 2027-01-01T07:59:59.000Z",
    );
    expect(at("2027-01-01T08:00:00Z")).toMatchObject(inside);
    expect(at("2027-01-01T16:00:00Z")).toContain(
      "aws:CurrentTime must be before 2027-01-01T16:00:00Z, got 2027-01-01T16:00:00.000Z",
    );
    expect(calls(user("shift"), "work@blue", { sourceIp: "198.51.100.9" })).toMatchObject([
      { hop: "gate@core as shift" },
      {},
    ]);
    expect(calls(user("shift"), "work@blue", { sourceIp: "198.51.101.9" })).toContain(
      "aws:SourceIp must be 198.51.100.0/24, got 198.51.101.9",
    );
  });

  test("another external ID than the map's", () => {
    expect(calls(user("robot"), "work@blue", { externalId: "work-green" })).toContain(
      "trust policy, statement HubGate: sts:ExternalId must be work-blue, got work-green",
    );
  });
});

describe("the path", () => {
  test("goes through no role twice, also where an index has roles that assume each other", () => {
    const [first, second, ...others] = INDEX.roles.filter(
      ({ key }) => key === "gate" || key === "second",
    );
    if (first === undefined || second === undefined || others.length > 0)
      throw new Error("two hubs");
    const each = (role: typeof first, from: typeof first): typeof first => ({
      ...role,
      entries: [
        ...role.entries,
        { name: from.name, from: { kind: "role", arns: [from.arn] }, statements: [] },
      ],
    });
    const index = { ...INDEX, roles: [each(first, second), each(second, first)] };
    const caller = callerOfArn(user("shift"));
    if (caller === undefined) throw new Error("no caller");
    const ways = index.roles.map((role) =>
      findWays(index, caller, role).map((way) => way.map(({ role: { name } }) => name)),
    );
    expect(ways).toEqual([[["gate"]], [["gate", "second"]]]);
  });

  test("is the only one, or one of those that are listed", () => {
    const choose = (name: string, role: string, via?: string): unknown => {
      const caller = callerOfArn(name.startsWith("arn:") ? name : user(name));
      const target = findRole(INDEX, role);
      if (caller === undefined || "problem" in target) throw new Error(role);
      const way = chooseWay(INDEX, caller, target.value, via);
      return "problem" in way
        ? `${way.problem}; ${way.help}`
        : way.value.map(({ role: { name: hop } }) => hop);
    };
    expect(choose("robot", "work@blue")).toBe(
      "there are 2 paths to `work@blue` for arn:aws:iam::100000000001:user/robot; choose one: --via gate@core (gate@core -> work@blue); --via second@core (second@core -> work@blue)",
    );
    expect(choose("robot", "work@blue", "second")).toEqual(["second", "work"]);
    expect(choose("robot", "work@blue", "third")).toBe(
      "no path to `work@blue` begins with `third` for arn:aws:iam::100000000001:user/robot; the paths begin with `gate@core`, `second@core`",
    );
    expect(choose("shift", "work@blue")).toEqual(["gate", "work"]);
    expect(choose("stranger", "watch@blue")).toBe(
      "no path leads from arn:aws:iam::100000000001:user/stranger to `watch@blue`; it can be assumed by a token of https://token.actions.githubusercontent.com for repo:corp/infra:ref:refs/heads/main; the user arn:aws:iam::100000000001:user/guarded; the permission set Ops in 100000000001; the user arn:aws:iam::100000000001:user/robot; the user arn:aws:iam::100000000001:user/shift",
    );
    // A session of a hub goes on from there; one of the role itself is there.
    expect(choose("arn:aws:sts::100000000001:assumed-role/gate/x", "work@blue")).toEqual(["work"]);
    expect(choose("arn:aws:sts::100000000002:assumed-role/work/x", "work@blue")).toEqual([]);
    // A role of the same name elsewhere is another one.
    expect(choose("arn:aws:sts::100000000009:assumed-role/gate/x", "work@blue")).toMatch(
      /^no path leads/,
    );
  });
});

test("a path that names the caller counts before one for a whole account", () => {
  const [gate] = INDEX.roles.filter(({ name }) => name === "gate");
  const [work] = INDEX.roles.filter(({ name, account }) => name === "work" && account === "blue");
  const caller = callerOfArn(user("shift"));
  if (gate === undefined || work === undefined || caller === undefined) throw new Error("sample");
  const open = {
    name: "all",
    from: { kind: "account", id: "100000000001" },
    statements: [],
  } as const;
  const direct = { ...work, entries: [...work.entries, open] };
  const index = { ...INDEX, roles: [gate, direct] };
  const hops = (arn: string, via?: string): unknown => {
    const by = callerOfArn(arn);
    const way = by === undefined ? { problem: "" } : chooseWay(index, by, direct, via);
    return "problem" in way ? way.problem : way.value.map(({ role: { name } }) => name);
  };
  expect(hops(user("shift"))).toEqual(["gate", "work"]);
  expect(hops(user("nobody"))).toEqual(["work"]);
  expect(hops("arn:aws:iam::100000000009:user/nobody")).toMatch(/^no path leads/);
});
