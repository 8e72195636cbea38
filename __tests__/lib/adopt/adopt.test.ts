import { answersOf, policy, trust } from "../../support/policies/iam-answers";
import type { AnsweredRole } from "../../support/policies/iam-answers";
import { adoptInto } from "../../support/plans/adoption";

const MAP = `organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
  mail: { id: "333333333333" }
  data: { id: "444444444444" }
`;
const HUB = "arn:aws:iam::111111111111:role/deployer";
const ROOT = "arn:aws:iam::111111111111:root";
const SPOKES = ["222222222222", "333333333333", "444444444444"];
const READ = policy({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });

function assume(...Resource: readonly string[]): object {
  return policy({ Effect: "Allow", Action: "sts:AssumeRole", Resource });
}
function spoke(account: string, trusted: object, role: Partial<AnsweredRole> = {}): AnsweredRole {
  return { account, name: "target", trust: trusted, inline: { read: READ }, ...role };
}
function hub(role: Partial<AnsweredRole> = {}): AnsweredRole {
  return {
    account: "111111111111",
    name: "deployer",
    trust: trust({ AWS: "arn:aws:iam::111111111111:user/bot" }),
    inline: { hop: assume(...SPOKES.map((id) => `arn:aws:iam::${id}:role/target`)) },
    ...role,
  };
}
function reasonsOf(roles: readonly AnsweredRole[]): Record<string, string> {
  const { adoption } = adoptInto(MAP, answersOf(roles));
  return Object.fromEntries(adoption.refused.map(({ arn, reason }) => [arn, reason]));
}
function entriesOf(roles: readonly AnsweredRole[], policies = {}): string {
  const { adoption } = adoptInto(MAP, answersOf(roles, policies));
  expect(adoption.refused).toEqual([]);
  return adoption.mapText.slice(MAP.length);
}

describe("roles that the map has words for", () => {
  test("a hub that its spokes name by ARN becomes a hub that is trusted by ARN", () => {
    // The user stands in the hub's own account, so naming it lets it in without a permission of its own.
    const trusted = trust({ AWS: HUB });
    const entering = trust({ AWS: "arn:aws:iam::222222222222:user/bot" });
    const text = entriesOf([
      hub({ trust: entering }),
      ...SPOKES.map((account) => spoke(account, trusted)),
    ]);
    expect(text).toBe(`hubs:
  deployer:
    account: tools
    description: ""
    trustMode: roleArn
    principals:
      bot:
        user: { name: bot, account: shop }
        grant: declared
spokes:
  target:
    hubs: [deployer]
    description: ""
    permissions: { documents: [read] }
    accounts: { keys: [data, mail, shop] }
`);
  });

  test("external ids are asked for again, by rule where there is one", () => {
    const pinned = (id: string): object =>
      trust(
        { AWS: ROOT },
        { ArnEquals: { "aws:PrincipalArn": HUB }, StringEquals: { "sts:ExternalId": `for-${id}` } },
      );
    const text = entriesOf([
      hub({ trust: trust({ Service: "lambda.amazonaws.com" }) }),
      ...SPOKES.map((account) => spoke(account, pinned(account))),
    ]);
    expect(text).toContain('    externalId: "for-{{account.id}}"\n');
    expect(text).not.toContain("trustMode");
    const other = entriesOf([
      hub({ trust: trust({ Service: "lambda.amazonaws.com" }) }),
      ...SPOKES.map((account, index) => spoke(account, pinned(`number-${index}`))),
    ]);
    expect(other).toContain(
      "        shop: for-number-0\n        mail: for-number-1\n        data: for-number-2\n",
    );
  });

  test("an instance profile, a role and a role become a chain", () => {
    const first = "arn:aws:iam::111111111111:role/instance";
    const second = "arn:aws:iam::111111111111:role/collector";
    const pin = (arn: string): object =>
      trust({ AWS: ROOT }, { ArnLike: { "aws:PrincipalArn": arn } });
    const text = entriesOf([
      {
        account: "111111111111",
        name: "instance",
        trust: trust({ Service: "ec2.amazonaws.com" }),
        profiles: ["machines"],
        inline: { go: assume(second) },
      },
      {
        account: "111111111111",
        name: "collector",
        trust: pin(first),
        inline: { go: assume("arn:aws:iam::222222222222:role/orders"), read: READ },
      },
      {
        account: "222222222222",
        name: "orders",
        trust: pin(second),
        attached: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      },
    ]);
    expect(text).toBe(`chains:
  instance:
    start:
      instanceProfile: { account: tools, profile: machines, description: "" }
    steps:
      - roles:
          collector:
            account: tools
            description: ""
            permissions: { documents: [read] }
      - roles:
          orders:
            account: shop
            description: ""
            permissions: { managed: [ReadOnlyAccess] }
`);
  });

  test("path, session, boundary, tags and description are said as they are", () => {
    const text = entriesOf([
      spoke("222222222222", trust({ AWS: "arn:aws:iam::111111111111:user/ann" }), {
        path: "/ops/",
        maxSession: 7200,
        boundary: "arn:aws:iam::222222222222:policy/limits/ceiling",
        tags: { owner: "shop" },
        description: "Reads the shop",
      }),
    ]);
    expect(text).toBe(`spokes:
  target:
    path: /ops/
    description: Reads the shop
    maxSession: "2h"
    permissionsBoundary: { existing: limits/ceiling }
    tags: { owner: shop }
    permissions: { documents: [read] }
    principals:
      ann:
        user: { name: ann, account: tools }
        grant: declared
    accounts: { keys: [shop] }
`);
  });

  test("a role of more permission than it needs keeps it, and the map says that it exists", () => {
    const wide = assume("arn:aws:iam::*:role/target");
    const { adoption } = adoptInto(
      MAP,
      answersOf([
        hub({ inline: { hop: wide }, trust: trust({ Service: "lambda.amazonaws.com" }) }),
        spoke("222222222222", trust({ AWS: HUB })),
      ]),
    );
    expect(adoption.refused).toEqual([]);
    expect(adoption.adopted.map(({ name, declared }) => [name, declared])).toEqual([
      ["deployer", true],
      ["target", false],
    ]);
    expect(adoption.documents.get("hop")).toEqual(wide);
    const role = adoption.plan.accounts
      .flatMap(({ roles }) => roles)
      .find(({ name }) => name === "deployer");
    expect(role?.policies.inline).toEqual([{ name: "hop", document: wide }]);
  });

  test("documents that name their own account are one, with a parameter", () => {
    const bucket = (id: string): object =>
      policy({ Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::logs-${id}/*` });
    const { adoption } = adoptInto(
      MAP,
      answersOf(
        SPOKES.map((account) =>
          spoke(account, trust({ AWS: "arn:aws:iam::111111111111:user/ann" }), {
            inline: { logs: bucket(account) },
          }),
        ),
      ),
    );
    expect(adoption.refused).toEqual([]);
    expect([...adoption.documents]).toEqual([["logs", bucket("{{account.id}}")]]);
  });

  test("what is written alike shows no change, what is written otherwise is named", () => {
    const alike = {
      Version: "2012-10-17",
      Statement: {
        Sid: "Ann",
        Effect: "Allow",
        Principal: { AWS: [ROOT] },
        Action: ["sts:AssumeRole"],
        Condition: {
          ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/ann" },
          StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
        },
      },
    };
    const { adoption } = adoptInto(
      MAP,
      answersOf([
        spoke("222222222222", encodeURIComponent(JSON.stringify(alike)) as unknown as object),
        spoke("333333333333", trust({ AWS: "arn:aws:iam::111111111111:user/ann" })),
      ]),
    );
    expect(adoption.adopted.map(({ account, changes }) => [account, changes])).toEqual([
      ["shop", []],
      ["mail", ["its trust policy is rewritten; same access"]],
    ]);
  });
});

describe("roles that the map can't express", () => {
  const ARN = "arn:aws:iam::222222222222:role/target";
  const reasonOf = (trusted: unknown, role: Partial<AnsweredRole> = {}): string | undefined =>
    reasonsOf([{ account: "222222222222", name: "target", trust: trusted, ...role }])[ARN];

  test.each([
    [
      "NotPrincipal",
      policy({ Effect: "Allow", NotPrincipal: { AWS: ROOT }, Action: "sts:AssumeRole" }),
      "the map can't express `NotPrincipal` of its trust policy",
    ],
    ["everybody", trust("*"), "its trust policy allows everyone, limited only by conditions"],
    [
      "a condition",
      trust({ AWS: ROOT }, { BoolIfExists: { "aws:MultiFactorAuthPresent": "true" } }),
      "the map can't express the condition BoolIfExists of `aws:MultiFactorAuthPresent`",
    ],
    [
      "a deleted principal",
      trust({ AWS: "AROAEXAMPLEEXAMPLE123" }),
      "its trust policy names AROAEXAMPLEEXAMPLE123: a deleted user or role (TR-12)",
    ],
    [
      "one session",
      trust({ AWS: "arn:aws:sts::111111111111:assumed-role/deployer/me" }),
      `the map can't express the principal "arn:aws:sts::111111111111:assumed-role/deployer/me"`,
    ],
  ])("%s", (_, trusted, reason) => {
    expect(reasonOf(trusted)).toBe(reason);
  });

  test("a denial that keeps somebody out is told by a request", () => {
    const reason = reasonOf(
      policy(
        { Effect: "Allow", Principal: { AWS: ROOT }, Action: "sts:AssumeRole" },
        {
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "sts:AssumeRole",
          Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/blocked" } },
        },
      ),
    );
    expect(reason).toMatch(/^the map would allow what its trust policy does not: .*role\/blocked/);
  });

  test("a pattern of a permission set that matches more than its roles", () => {
    const reason = reasonOf(
      trust(
        { AWS: ROOT },
        {
          ArnLike: {
            "aws:PrincipalArn":
              "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Admin_*",
          },
        },
      ),
    );
    expect(reason).toMatch(/^its trust policy allows what the map can't express: /);
  });

  test("an external account without an external ID", () => {
    const reason = reasonOf(trust({ AWS: "arn:aws:iam::999999999999:root" }));
    expect(reason).toBe(
      "as spoke `target` it would be wrong: an external account can assume a role only with an external ID (ID-12) [foreign-external-id]",
    );
  });

  test("a trust or a policy that cannot be read, and one that holds a parameter", () => {
    expect(reasonOf("%E0%A4%A")).toBe(
      "its trust policy is not readable: its document is neither JSON nor URL-encoded JSON",
    );
    const trusted = trust({ AWS: "arn:aws:iam::111111111111:user/ann" });
    const braces = policy({
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::{{x}}",
    });
    expect(reasonOf(trusted, { inline: { odd: braces } })).toBe(
      "its policy odd holds `{{`, which starts a parameter in documents",
    );
    expect(reasonOf(trusted, { inline: { odd: policy({ Effect: "Perhaps" }) } })).toMatch(
      /^its policy odd is unknown: /,
    );
  });

  test("a hub that is refused stays whom its spokes name", () => {
    const { adoption } = adoptInto(
      MAP,
      answersOf([hub({ trust: trust("*") }), spoke("222222222222", trust({ AWS: HUB }))]),
    );
    expect(adoption.refused.map(({ arn }) => arn)).toEqual([HUB]);
    expect(adoption.mapText.slice(MAP.length)).toContain(
      "        role: { name: deployer, account: tools }\n        grant: declared\n",
    );
  });
});

describe("roles that are left alone", () => {
  test("are counted by why", () => {
    const service = trust({ Service: "lambda.amazonaws.com" });
    const { adoption } = adoptInto(
      MAP,
      answersOf([
        { account: "222222222222", name: "worker", trust: service },
        {
          account: "222222222222",
          name: "AWSServiceRoleForSupport",
          path: "/aws-service-role/support.amazonaws.com/",
          trust: service,
        },
        {
          account: "222222222222",
          name: "AWSReservedSSO_Admin_0123456789abcdef",
          path: "/aws-reserved/sso.amazonaws.com/",
          trust: service,
        },
        { account: "999999999999", name: "elsewhere", trust: service },
        { account: "222222222222", name: "other", trust: trust({ AWS: ROOT }) },
      ]),
      { only: ["work*"] },
    );
    expect(adoption.leftAlone).toEqual({
      inMap: 0,
      servicesOnly: 1,
      notNamed: 1,
      otherAccounts: new Map([["999999999999", 1]]),
      serviceLinked: 1,
      reserved: 1,
    });
    expect(adoption.edits).toEqual([]);
    expect(adoption.mapText).toBe(MAP);
  });

  test("a second time nothing is left to adopt", () => {
    const answers = answersOf([
      hub({ trust: trust({ Service: "lambda.amazonaws.com" }) }),
      ...SPOKES.map((account) => spoke(account, trust({ AWS: HUB }))),
    ]);
    const { adoption } = adoptInto(MAP, answers);
    const again = adoptInto(adoption.mapText, answers, { policies: adoption.documents }).adoption;
    expect(again.leftAlone.inMap).toBe(4);
    expect(again.edits).toEqual([]);
  });
});
