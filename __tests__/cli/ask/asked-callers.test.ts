import { CommandProject } from "../../support/projects/command-project";
import type { CommandResult } from "../../support/projects/command-project";
import { synthesizeMap } from "../../support/project";

const TOOLS = "333333333333";
const MAP = `organizations: { example: { id: o-exampleorg1 } }
defaults: { region: eu-west-1 }
accounts:
  tools: { id: "${TOOLS}" }
  shop: { id: "444444444444" }
identityProviders:
  lab: { oidc: { url: "https://gitlab.com", audiences: [aws] } }
  corp: { saml: { name: Corp } }
hubs:
  staff:
    account: tools
    principals:
      guarded:
        user: { name: carla, create: true }
        mfa: true
        sourceIps: [198.51.100.0/24]
      robot: { user: { name: robot, create: true } }
      operators: { permissionSet: { name: Operators } }
      login: { saml: { provider: corp, attributes: { "SAML:sub": ["dora@example.net"] } } }
      partner:
        foreignAccount: { id: "989898989898", role: auditor, reason: yearly audit by a partner }
        externalId: partner-7
        grant: declared
  build:
    account: tools
    principals:
      pipeline: { githubActions: { repository: example-org/wheels, branch: main } }
      runner: { oidc: { provider: lab, subject: ["project_path:g/p:ref_type:branch:ref:main"] } }
      flow: { service: { name: states, sourceAccount: true } }
      chained: { role: { name: staff } }
      nightly:
        user: { name: night, create: true }
        notBefore: "2030-01-01T00:00:00Z"
        notAfter: "2030-02-01T00:00:00Z"
spokes:
  release:
    hubs: [build]
    accounts: { keys: [shop] }
    externalId: release-1
    permissions: { managed: [job-function/ViewOnlyAccess] }
`;
const STAFF = `arn:aws:iam::${TOOLS}:role/staff`;
const BUILD = `arn:aws:iam::${TOOLS}:role/build`;
const RELEASE = "arn:aws:iam::444444444444:role/release";
const MAIN = "repo:example-org/wheels:ref:refs/heads/main";

let project: CommandProject;

beforeAll(() => {
  project = new CommandProject();
  project.write("accounts.yaml", MAP);
  // Synthesized once: each command reads it.
  for (const [stack, text] of synthesizeMap(MAP).tree.stacks) {
    project.write(`out/${stack}/cdk.tf.json`, text);
  }
});

afterAll(() => {
  project.remove();
});

function ask(...args: readonly string[]): Promise<CommandResult> {
  return project.run([...args, "--dir", "out"]);
}

describe("reach", () => {
  test("prints the conditions of the statement that lets this caller in, and of no other", async () => {
    expect((await ask("reach", "robot@tools")).stdout).toBe(
      "reaches 3 roles\n" +
        `  ${STAFF} by sts:AssumeRole\n` +
        `    ${BUILD} by sts:AssumeRole\n` +
        `      ${RELEASE} by sts:AssumeRole, with external ID \`release-1\`\n`,
    );
    const guarded = await ask("reach", "carla@tools");
    expect(guarded.stdout).toContain(
      `  ${STAFF} by sts:AssumeRole, with MFA and from address \`198.51.100.0/24\`\n`,
    );
  });

  test("says them in JSON, too", async () => {
    const { stdout } = await ask("reach", "robot@tools", "--format", "json");
    const { reached } = JSON.parse(stdout) as {
      readonly reached: readonly { readonly hops: readonly { readonly conditions: unknown }[] }[];
    };
    expect(reached[0]?.hops[0]?.conditions).toEqual([
      [
        {
          kind: "organization",
          operator: "StringEquals",
          key: "aws:PrincipalOrgID",
          values: ["o-exampleorg1"],
        },
      ],
    ]);
    expect(stdout).not.toMatch(/MultiFactorAuthPresent|SourceIp/);
  });

  test("of a role has no claims of tokens", async () => {
    const { code, stdout } = await ask("reach", "role staff@tools");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        "reaches 2 roles\n" +
        `  ${BUILD} by sts:AssumeRole\n` +
        `    ${RELEASE} by sts:AssumeRole, with external ID \`release-1\`\n`,
    });
  });

  test.each([
    [MAIN, 0, "by sts:AssumeRoleWithWebIdentity, for audience `sts.amazonaws.com`"],
    ["oidc gitlab.com project_path:g/p:ref_type:branch:ref:main", 0, "for audience `aws`"],
    ["saml Corp dora@example.net", 0, `${STAFF} by sts:AssumeRoleWithSAML`],
    ["service states@tools", 0, `${BUILD} by sts:AssumeRole\n`],
    ["permissionSet Operators@tools", 1, `${STAFF} by sts:AssumeRole (not known for certain)`],
    ["permission set Operators@tools", 1, `${STAFF} by sts:AssumeRole (not known for certain)`],
    [
      "arn:aws:iam::989898989898:role/auditor",
      1,
      `${STAFF} by sts:AssumeRole, with external ID \`partner-7\` (not known for certain)`,
    ],
    ["role auditor@989898989898", 1, "with external ID `partner-7`"],
    [`arn:aws:sts::${TOOLS}:assumed-role/staff/session-1`, 0, `${BUILD} by sts:AssumeRole\n`],
  ])("starts from %s", async (principal, code, line) => {
    const answer = await ask("reach", principal);
    expect({ code: answer.code, stderr: answer.stderr }).toEqual({ code, stderr: "" });
    expect(answer.stdout).toContain(line);
  });

  test.each([
    "repo:example-org/wheels:ref:refs/heads/other",
    "repo:somebody-else/wheels:ref:refs/heads/main",
    "oidc gitlab.com project_path:other/p:ref_type:branch:ref:main",
    "saml Corp eve@example.net",
    "service states@shop",
    "permissionSet Others@tools",
    "permissionSet Operators@shop",
    "role other@989898989898",
  ])("reaches nothing from %s", async (principal) => {
    expect(await ask("reach", principal)).toEqual({
      code: 0,
      stdout: "reaches 0 roles\n",
      stderr: "",
    });
  });

  test.each([
    ["2029-12-31T23:59:59Z", "reaches 0 roles\n"],
    ["2030-01-15", `reaches 2 roles\n  ${BUILD}`],
    ["2030-02-01T01:00:00+01:00", "reaches 0 roles\n"],
  ])("at %s is what holds then", async (time, start) => {
    const { stdout } = await ask("reach", "night@tools", "--at", time);
    expect(stdout.startsWith(start)).toBe(true);
  });
});

describe("who-can", () => {
  test("lists people and pipelines over any number of hops, named as a person would", async () => {
    const { code, stdout } = await ask("who-can", "assume", "release@shop");
    expect(code).toBe(0);
    const callers = stdout.split("\n").filter((line) => /^ {2}\S/.test(line));
    expect(callers).toEqual([
      "  service `states.amazonaws.com` with source account `tools`",
      "  branch `main` of GitHub repository `example-org/wheels`",
      "  subject `project_path:g/p:ref_type:branch:ref:main` of identity provider `gitlab.com` in `tools`",
      "  `SAML:sub` `dora@example.net` of SAML provider `Corp` in `tools`",
      "  permission set `Operators` in `tools`, if its own permissions allow it",
      "  role `auditor` in `989898989898` (not in the map), if its own permissions allow it",
      "  user `carla` in `tools`",
      "  user `night` in `tools`",
      "  user `robot` in `tools`",
      "  role `build` in `tools`",
      "  role `staff` in `tools`",
      "  role `build` in `tools` in organization `o-exampleorg1` and with external ID `release-1`",
    ]);
    expect(stdout).toContain(
      "  user `carla` in `tools`\n" +
        `    -> ${STAFF} by sts:AssumeRole, with MFA and from address \`198.51.100.0/24\`\n` +
        `    -> ${BUILD} by sts:AssumeRole\n` +
        `    -> ${RELEASE} by sts:AssumeRole, with external ID \`release-1\`\n`,
    );
    expect(stdout).not.toContain("{");
  });

  test("answers programs with who each is, taken apart", async () => {
    const { stdout } = await ask("who-can", "release@shop", "--format", "json");
    const { callers } = JSON.parse(stdout) as {
      readonly callers: readonly Record<string, unknown>[];
    };
    expect(callers).toHaveLength(11);
    expect(callers[4]).toMatchObject({
      name: "permission set `Operators` in `tools`",
      who: { kind: "permission-set", accountId: TOOLS, name: { equals: "Operators" } },
      provided: ["own-permissions"],
      way: { certain: true },
    });
  });

  test("at a time leaves out who cannot then", async () => {
    const { stdout } = await ask("who-can", "release@shop", "--at", "2029-06-01T00:00:00Z");
    expect(stdout).not.toContain("user `night`");
    expect(stdout).toContain("user `robot`");
  });
});

describe("can", () => {
  test.each([
    [MAIN, BUILD, "allowed"],
    ["repo:example-org/wheels:pull_request", BUILD, "denied"],
    ["oidc gitlab.com project_path:g/p:ref_type:branch:ref:main", BUILD, "allowed"],
    ["oidc https://gitlab.com project_path:g/q:ref_type:branch:ref:main", BUILD, "denied"],
    ["saml Corp SAML:sub=dora@example.net", STAFF, "allowed"],
    ["saml Corp dora@example.com", STAFF, "denied"],
    ["service states@tools", BUILD, "allowed"],
    ["service states@shop", BUILD, "denied"],
    ["service lambda@tools", BUILD, "denied"],
    ["permissionSet Operators@tools", STAFF, "unknown"],
    ["permissionSet Others@tools", STAFF, "denied"],
  ])("%s assume %s: %s", async (principal, role, decision) => {
    const { code, stdout } = await ask("can", principal, "assume", role, "--format", "json");
    expect({ code, decision: (JSON.parse(stdout) as { decision: string }).decision }).toEqual({
      code: decision === "allowed" ? 0 : 1,
      decision,
    });
  });

  test("says which audience it took, and takes another that is said", async () => {
    const key = "token.actions.githubusercontent.com:aud";
    const { stdout } = await ask("can", MAIN, BUILD);
    expect(stdout).toContain(
      `  with ${key} \`sts.amazonaws.com\`, which the caller chooses: \`--with ${key}=...\` asks for another\n`,
    );
    const other = await ask("can", MAIN, BUILD, "--with", `${key}=another`);
    expect(other.code).toBe(1);
    expect(other.stdout).not.toContain("which the caller chooses");
  });

  test("is unknown where a claim decides that the subject does not say", async () => {
    const bound = MAP.replace("branch: main }", "environment: live, ref: refs/heads/main }");
    for (const [stack, text] of synthesizeMap(bound).tree.stacks) {
      project.write(`bound/${stack}/cdk.tf.json`, text);
    }
    const live = "repo:example-org/wheels:environment:live";
    const key = "token.actions.githubusercontent.com:ref";
    const asked = (...more: readonly string[]): Promise<CommandResult> =>
      project.run(["can", live, BUILD, "--dir", "bound", ...more]);
    const { code, stdout } = await asked();
    expect(code).toBe(1);
    expect(stdout).toContain(`unknown\n  call: unknown: whether the token has ${key}`);
    expect((await asked("--with", `${key}=refs/heads/main`)).code).toBe(0);
    expect((await asked("--with", `${key}=refs/heads/x`)).stdout).toMatch(/^denied\n/);
  });

  test("at a time decides as of then", async () => {
    const when = async (at: string): Promise<number> =>
      (await ask("can", "night@tools", BUILD, "--at", at)).code;
    expect(await when("2030-01-15T12:00:00Z")).toBe(0);
    expect(await when("2030-02-01T00:00:00Z")).toBe(1);
  });

  test.each([
    [
      "aws:SourceIpp=1.2.3.4",
      "there is no condition key `aws:SourceIpp`",
      "did you mean `aws:SourceIp`?",
    ],
    ["st:ExternalId=a", "there is no condition key `st:ExternalId`", "`sts:ExternalId`"],
    ["aws:PrincipalOrgID=o-other", "follows from the caller", "leave it out"],
    ["AWS:principalaccount=1", 'it is "333333333333", not "1"', "leave it out"],
    ["aws:username=eve", 'it is "robot", not "eve"', "leave it out"],
    ["aws:TagKeys=a", "follows from the tags", "aws:RequestTag/KEY=VALUE"],
    ["SAML:sub=a", "requests of a user never have `SAML:sub`", "leave it out"],
    ["aws:SourceArn=a", "requests of a user never have `aws:SourceArn`", "leave it out"],
    ["aws:MultiFactorAuthPresent=yes", "is `true` or `false`, not", ""],
    ["aws:SourceIp=10.0.0.0/8", "is one address", ""],
    ["aws:CurrentTime=tomorrow", "is a time", ""],
  ])("refuses --with %s", async (said, problem, help) => {
    const { code, stdout, stderr } = await ask("can", "robot@tools", STAFF, "--with", said);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(problem);
    expect(stderr).toContain(help);
  });

  test("refuses all that is wrong at once, and what is said twice", async () => {
    const { code, stderr } = await ask(
      ...["can", "robot@tools", STAFF, "--with", "aws:SourceIpp=1"],
      ...["--with", "aws:username=x", "--with", "sts:ExternalId=a", "--with", "sts:externalid=b"],
    );
    expect(code).toBe(2);
    expect(stderr).toContain("`aws:SourceIpp`");
    expect(stderr).toContain("`aws:username`");
    expect(stderr).toContain("`sts:externalid` is said twice");
  });

  test("refuses MFA of a role session, which has none", async () => {
    const said = ["--with", "aws:MultiFactorAuthPresent=true"];
    const { code, stderr } = await ask("can", "staff@tools", BUILD, ...said);
    expect(code).toBe(2);
    expect(stderr).toContain("no role session has MFA");
  });

  test("warns of what no policy tests, in text and JSON, and answers all the same", async () => {
    const said = ["--with", "aws:SourceVpc=vpc-1"];
    const text = await ask("can", "robot@tools", STAFF, ...said);
    expect({ code: text.code, stderr: text.stderr }).toEqual({
      code: 0,
      stderr: "warning: no policy tests `aws:SourceVpc`: it changes nothing\n",
    });
    const { stdout } = await ask("can", "robot@tools", STAFF, ...said, "--format", "json");
    expect((JSON.parse(stdout) as { warnings: unknown }).warnings).toEqual([
      "no policy tests `aws:SourceVpc`: it changes nothing",
    ]);
  });

  test("does not warn of what is tested, or passes into the session", async () => {
    const mfa = [
      "--with",
      "aws:MultiFactorAuthPresent=true",
      "--with",
      "aws:SourceIp=198.51.100.9",
    ];
    expect(await ask("can", "carla@tools", STAFF, ...mfa)).toMatchObject({ code: 0, stderr: "" });
    const tag = ["--with", "aws:RequestTag/team=a"];
    expect(await ask("can", "robot@tools", STAFF, ...tag)).toMatchObject({ code: 1, stderr: "" });
  });
});

test.each([
  ["repo:example-org/wheels", "is no subject of one run of GitHub Actions"],
  ["repo:example-org/*:ref:refs/heads/main", "is no subject of one run"],
  ["permissionSet Operators", "does not say in which account it is"],
  ["permissionSet Oper*@tools", "is no name of a permission set"],
  ["permissionSet Operators@tool", "did you mean `tools`?"],
  ["oidc gitlab.com", "does not say whom the provider speaks of"],
  ["oidc gitlab.con a", "did you mean `gitlab.com`?"],
  ["saml Corpp a", "did you mean `Corp`?"],
  ["service lambada@tools", "did you mean `lambda`?"],
  ["service states@toolz", "did you mean `tools`?"],
  ["permisionSet X@tools", "names no principal"],
  [`arn:aws:iam::${TOOLS}:root`, "the root user of an account can assume no role"],
  [`arn:aws:iam::${TOOLS}:group/a`, "is no ARN of a role, user"],
  [`arn:aws:iam::${TOOLS}:role/a*`, "is a pattern"],
])("%s is wrong usage", async (principal, problem) => {
  for (const question of [
    ["reach", principal],
    ["can", principal, "assume", BUILD],
  ]) {
    const { code, stdout, stderr } = await ask(...question);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(problem);
  }
});

test.each(["now", "1700000000", "2030-13-01", "2030-01-01T00:00:00"])(
  "--at %s is no time",
  async (time) => {
    const { code, stderr } = await ask("reach", "robot@tools", "--at", time);
    expect(code).toBe(2);
    expect(stderr).toContain("ISO 8601");
  },
);

test("names that would move the cursor or reorder a line reach no terminal", async () => {
  const strange = "x\u001b[2J\u202e\u200f\u0085y";
  const typed = await ask("reach", `${strange}@tools`);
  const hostile = synthesizeMap(MAP).tree.stacks;
  for (const [stack, text] of hostile) {
    const value = JSON.stringify(JSON.stringify("release-1\u001b[2J\u202e\u0085").slice(1, -1));
    project.write(`hostile/${stack}/cdk.tf.json`, text.replaceAll("release-1", value.slice(1, -1)));
  }
  const answers = [typed];
  for (const format of ["text", "json"]) {
    for (const question of [
      ["reach", "robot@tools"],
      ["who-can", "release@shop"],
      ["can", "build@tools", "release@shop"],
      ["explain", "release@shop"],
    ]) {
      answers.push(await project.run([...question, "--dir", "hostile", "--format", format]));
    }
  }
  expect(answers.at(1)?.stdout).toContain("release-1");
  for (const { stdout, stderr } of answers) expect(stdout + stderr).not.toMatch(UNSAFE);
});

const UNSAFE =
  // eslint-disable-next-line no-control-regex -- these are the characters to find
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
