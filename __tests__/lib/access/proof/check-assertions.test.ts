import { synthesize } from "../../../../constructs/synthesize";
import { accountDirectory } from "../../../../lib/access/account-directory";
import { provePlan } from "../../../../lib/access/proof/prove-plan";
import { checkMap } from "../../../support/project";

const MAP = `organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  shop-prod: { id: "222222222222" }
  sandbox: { id: "333333333333" }
hubs:
  bots:
    account: tools
    role: bots-hub
    principals:
      bot: { user: { name: bot, create: true }, mfa: true }
  people:
    account: sandbox
    role: people-hub
    principals:
      engineers: { permissionSet: { name: Engineer } }
spokes:
  deployer:
    hubs: [bots]
    accounts: { keys: [shop-prod] }
    permissions: { documents: [deploy] }
  reader:
    hubs: [bots, people]
    accounts: { keys: [shop-prod] }
    permissions: { documents: [deploy] }
`;
const DEPLOY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';

/** What the proof says of a map with these assertions, or the findings that keep it from being read. */
function judge(assertions: string, text: string = MAP): string[] {
  const { map, plan, diagnostics } = checkMap(`${text}assertions:\n${assertions}\n`, {
    deploy: DEPLOY,
  });
  if (map === undefined || plan === undefined) {
    return diagnostics
      .filter(({ severity }) => severity === "error")
      .map(({ rule, message }) => `${rule}: ${message}`);
  }
  const { problems } = provePlan({
    plan,
    accounts: accountDirectory(map.accounts.values()),
    stacks: [...synthesize(plan).stacks].map(([stack, each]) => ({ stack, text: each })),
    assertions: map.assertions ?? [],
  });
  return problems.map(({ verdict, roleArn, message, at }) => {
    expect(at).toEqual(["assertions", 0]);
    return `${verdict}: ${roleArn.replace(/^.*::/, "")} ${message}`;
  });
}

describe("never", () => {
  test("holds where no way leads from there to there", () => {
    expect(judge("  - never: { from: sandbox/*, to: spoke deployer }")).toEqual([]);
  });

  test("is refuted by every way, over any number of hops and from outside of the Terraform", () => {
    expect(judge('  - never: { from: "sand*/*", to: "*-prod/*" }')).toEqual([
      "refuted: 222222222222:role/reader is never to be reached by arn:aws:iam::333333333333:role/people-hub",
      expect.stringMatching(
        /^refuted: 222222222222:role\/reader is never to be reached by .*Engineer/,
      ),
    ]);
  });
});

describe("whoever an account permits", () => {
  const ACCOUNT = MAP.replace(
    "engineers: { permissionSet: { name: Engineer } }",
    "everybody: { account: { account: sandbox } }",
  );

  test("may have any name", () => {
    expect(judge('  - never: { from: "sandbox/intern-*", to: "*-prod/*" }', ACCOUNT)).toEqual([
      expect.stringMatching(/^refuted: 222222222222:role\/reader is never to be reached by /),
    ]);
    expect(judge('  - never: { from: "tools/intern-*", to: "*-prod/*" }', ACCOUNT)).toEqual([]);
  });
});

describe("only", () => {
  test("holds where nobody else enters", () => {
    expect(judge("  - only: { to: spoke deployer, from: hub bots }")).toEqual([]);
  });

  test("is refuted by whoever else enters", () => {
    expect(judge("  - only: { to: spoke reader, from: hub bots }")).toEqual([
      "refuted: 222222222222:role/reader is to be entered by others only, and lets in arn:aws:iam::333333333333:role/people-hub",
    ]);
  });
});

test("maxHops holds up to the longest of the shortest ways, and not below", () => {
  expect(judge("  - maxHops: 2")).toEqual([]);
  expect(judge("  - maxHops: 1")).toContain(
    "refuted: 222222222222:role/deployer is 2 hops, more than 1, from arn:aws:iam::111111111111:user/bot",
  );
});

describe("mfaOnHumanPaths", () => {
  test("is unknown for people of an identity provider, unless the map attests it", () => {
    expect(judge("  - mfaOnHumanPaths: true")).toEqual([
      expect.stringMatching(
        /^unknown: 333333333333:role\/people-hub lets in .*Engineer.* identity provider/,
      ),
    ]);
    expect(judge("  - { mfaOnHumanPaths: true, mfa: idp }")).toEqual([]);
  });

  test("is refuted by a user who needs none", () => {
    const without = MAP.replace(", mfa: true", "");
    expect(judge("  - { mfaOnHumanPaths: true, mfa: idp }", without)).toEqual([
      expect.stringMatching(/^refuted: 111111111111:role\/bots-hub lets in .* without MFA$/),
    ]);
  });

  test("leaves out the ways in that are attested to be machines', and no others", () => {
    const without = MAP.replace(", mfa: true", "").replace(
      "bots-hub\n    principals:",
      "bots-hub\n    principals:\n      bot-two: { user: { name: bot-two, create: true } }",
    );
    const machine = "{ at: hubs.bots.principals.bot, reason: it signs with a key of its own }";
    const assertion = `  - { mfaOnHumanPaths: true, mfa: idp, machines: [${machine}] }`;
    expect(judge(assertion, without)).toEqual([
      expect.stringMatching(
        /^refuted: 111111111111:role\/bots-hub lets in .*bot-two.* without MFA$/,
      ),
    ]);
    const both = assertion.replace("[{", `[${machine.replace("bot,", "bot-two,")}, {`);
    expect(judge(both, without)).toEqual([]);
  });
});

test.each([
  ["  - never: { from: hub bot, to: spoke reader }", "unknown-hub: there is no hub `bot`"],
  ["  - only: { to: chain data, from: hub bots }", "unknown-chain: there is no chain `data`"],
  ["  - never: { from: lab/*, to: shop-prod/* }", "unknown-account: no account in the map"],
  ["  - { maxHops: 2, mfaOnHumanPaths: true }", "assertion: an assertion has one statement"],
  [
    "  - { mfaOnHumanPaths: true, machines: [{ at: hubs.bot.principals.bot, reason: it is a machine }] }",
    'unknown-way-in: there is no principal at "hubs.bot.principals.bot"',
  ],
  [
    "  - { mfaOnHumanPaths: true, machines: [{ at: hubs.people.principals.engineers, reason: they are machines }] }",
    "assertion: only users of IAM can be attested to be machines",
  ],
])("%s is a finding", (assertion, problem) => {
  const [finding = "", ...more] = judge(assertion);
  expect(more).toEqual([]);
  expect(finding.startsWith(problem)).toBe(true);
});

test.each(["  - {}", "  - maxHops: 0", "  - mfa: idp", "  - never: { from: a b/c, to: hub bots }"])(
  "%s does not fit the schema",
  (assertion) => {
    expect(judge(assertion).length).toBeGreaterThan(0);
  },
);
