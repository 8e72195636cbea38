import {
  buildAccessIndex,
  accessIndexText,
} from "../../../../lib/session/index/build-access-index";
import type { AccessIndex } from "../../../../lib/session/index/access-index";
import { readAccessIndex } from "../../../../lib/session/index/read-access-index";
import { checkMap } from "../../../support/project";

const DIGEST = "ab".repeat(32);

const MAP = `
version: 1
organizations:
  one: { id: o-abcdefghij }
defaults: { region: eu-west-1 }
accounts:
  core: { id: "100000000001", unit: /Core }
  app: { id: "100000000002", unit: /Apps, tags: { stage: live }, region: us-east-1 }
hubs:
  gate:
    account: core
    role: gate
    principals:
      people:
        permissionSet: { name: Ops }
        sourceIdentity: { values: ["*@corp.test"] }
      bot:
        user: { name: bot }
        mfa: { maxAge: 1h }
        notBefore: "2027-01-01T00:00:00Z"
        notAfter: "2028-01-01T00:00:00Z"
        sourceIps: [198.51.100.0/24]
        sessionTags: { team: { values: [blue, green], transitive: true } }
      ci:
        githubActions: { repository: corp/infra, branch: main }
spokes:
  work:
    hubs: [gate]
    accounts: { keys: [app] }
    externalId: ["next-{{account.key}}", "last-{{account.key}}"]
    access: read-only
    permissions: { managed: [job-function/ViewOnlyAccess] }
`;

function indexOf(mapText: string): AccessIndex {
  const { plan, diagnostics } = checkMap(mapText);
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics, undefined, 1));
  return buildAccessIndex(plan, DIGEST);
}

describe("the access index of a map", () => {
  test("says who can assume each role, what every hop carries and when it is open", () => {
    const carried = { kind: "carried" };
    expect(indexOf(MAP)).toEqual({
      format: "trustwheel-access-index",
      version: 1,
      map: DIGEST,
      accounts: {
        app: {
          id: "100000000002",
          partition: "aws",
          region: "us-east-1",
          unit: "/Apps",
          tags: { stage: "live" },
        },
        core: {
          id: "100000000001",
          partition: "aws",
          region: "eu-west-1",
          unit: "/Core",
          tags: {},
        },
      },
      roles: [
        {
          account: "app",
          name: "work",
          key: "work",
          kind: "spoke",
          arn: "arn:aws:iam::100000000002:role/work",
          maxSessionSeconds: 3600,
          entries: [
            {
              name: "gate",
              from: { kind: "role", arns: ["arn:aws:iam::100000000001:role/gate"] },
              statements: ["HubGate", "HubGateSourceIdentity", "HubGateTagSession"],
              externalIds: ["next-app", "last-app"],
              sourceIdentity: { from: carried, values: [], required: false },
              tags: [{ key: "team", from: carried, values: [], transitive: true }],
            },
          ],
        },
        {
          account: "core",
          name: "gate",
          key: "gate",
          kind: "hub",
          arn: "arn:aws:iam::100000000001:role/gate",
          maxSessionSeconds: 3600,
          entries: [
            {
              name: "bot",
              from: { kind: "user", arns: ["arn:aws:iam::100000000001:user/bot"] },
              statements: ["Bot", "BotTagSession"],
              tags: [
                {
                  key: "team",
                  from: { kind: "choice" },
                  values: ["blue", "green"],
                  transitive: true,
                },
              ],
              conditions: {
                mfa: 3600,
                sourceIps: ["198.51.100.0/24"],
                notBefore: "2027-01-01T00:00:00Z",
                notAfter: "2028-01-01T00:00:00Z",
              },
            },
            {
              name: "ci",
              from: {
                kind: "webIdentity",
                issuer: "https://token.actions.githubusercontent.com",
                subjects: ["repo:corp/infra:ref:refs/heads/main"],
                audience: "sts.amazonaws.com",
              },
              statements: ["Ci"],
              permission: "none",
            },
            {
              name: "people",
              from: {
                kind: "permissionSet",
                account: "100000000001",
                name: "Ops",
                arn: "arn:aws:iam::100000000001:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Ops_????????????????",
              },
              statements: ["People", "PeopleSourceIdentity"],
              sourceIdentity: { from: { kind: "choice" }, values: ["*@corp.test"], required: true },
              permission: "owner",
            },
          ],
        },
      ],
    });
  });

  test("is one line for each account and role, the same bytes for the same map, and reads back as it was", () => {
    const text = accessIndexText(indexOf(MAP));
    expect(text).toBe(accessIndexText(indexOf(MAP)));
    expect(text.split("\n").map((line) => line.slice(0, 20))).toEqual([
      '{"format":"trustwhee',
      '"app":{"id":"1000000',
      '"core":{"id":"100000',
      '},"roles":[',
      '{"account":"app","na',
      '{"account":"core","n',
      "]}",
      "",
    ]);
    expect(readAccessIndex(text)).toEqual({ index: indexOf(MAP) });
  });

  test("a source identity of one value is passed as it is", () => {
    const [, gate] = indexOf(MAP.replace('["*@corp.test"]', "[machine]")).roles;
    expect(gate?.entries[2]?.sourceIdentity).toEqual({
      from: { kind: "literal", value: "machine" },
      values: ["machine"],
      required: true,
    });
  });
});

describe("an access index that somebody wrote", () => {
  const HELP = "run `trustwheel synth` to write `cdktf.out/access-index.json`";
  const read = (change: (index: Record<string, unknown>) => void): unknown => {
    const index = JSON.parse(accessIndexText(indexOf(MAP))) as Record<string, unknown>;
    change(index);
    return readAccessIndex(JSON.stringify(index));
  };
  const role = (index: Record<string, unknown>): Record<string, unknown> =>
    (index.roles as Record<string, unknown>[])[0] ?? {};

  test("with a role of another account than it says is refused", () => {
    const arn = "arn:aws:iam::666666666666:role/work";
    expect(read((index) => (role(index).arn = arn))).toEqual({
      problems: [`roles[0].arn: must be arn:aws:iam::100000000002:role/[PATH/]work, got "${arn}"`],
      help: HELP,
    });
    expect(
      read((index) => (role(index).arn = "arn:aws:iam::100000000002:role/works")),
    ).toHaveProperty("problems");
    expect(read((index) => (role(index).account = "constructor"))).toEqual({
      problems: ['roles[0].account: there is no account "constructor"'],
      help: HELP,
    });
    expect(read((index) => (index.roles as unknown[]).push(role(index)))).toEqual({
      problems: ["roles[2].arn: it is there twice"],
      help: HELP,
    });
  });

  test("that is of another format, version or shape is refused, with each place", () => {
    expect(readAccessIndex("nothing")).toMatchObject({
      problems: [expect.stringMatching(/^it is not JSON: /)],
    });
    expect(readAccessIndex("[]")).toEqual({
      problems: ['it is not an access index: `format` must be "trustwheel-access-index"'],
      help: HELP,
    });
    expect(read((index) => (index.version = 2))).toEqual({
      problems: ["it has version 2 of the format; this trustwheel reads version 1"],
      help: "install the version of trustwheel that the map is synthesized with",
    });
    expect(
      read((index) => {
        index.map = "short";
        role(index).maxSessionSeconds = "3600";
        role(index).entries = [
          { name: "x", from: { kind: "anyone" }, statements: [], externalIds: ["a b"] },
        ];
      }),
    ).toEqual({
      problems: [
        'map: must be 64 hexadecimal digits, got "short"',
        'roles[0].maxSessionSeconds: must be a whole number from 3600 to 43200, got "3600"',
        'roles[0].entries[0].from.kind: must be one of role, user, permissionSet, account, organizationalUnit, webIdentity, saml, service, got "anyone"',
        'roles[0].entries[0].externalIds[0]: must be an external ID, got "a b"',
      ],
      help: HELP,
    });
  });
});
