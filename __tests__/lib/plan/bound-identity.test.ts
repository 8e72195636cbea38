import { planMap } from "./support/planned-map";
import { trustOfWayIn } from "./support/one-way-in";

/** Conditions of the statements of a way in, by their actions. */
function conditionsOf(wayIn: Readonly<Record<string, unknown>>): unknown {
  return trustOfWayIn(wayIn).map(({ Action, Condition }) => [Action, Condition]);
}

const ORGANIZATION = { "aws:PrincipalOrgID": "o-exampleorg1" };

describe("the trust of a caller whose identity is bound", () => {
  test("requires the name of a user, whatever the number of users", () => {
    const user = { account: "people", name: ["zoe", "ann"] };
    const pinned = {
      ArnEquals: {
        "aws:PrincipalArn": [
          "arn:aws:iam::222222222222:user/ann",
          "arn:aws:iam::222222222222:user/zoe",
        ],
      },
      StringEquals: { ...ORGANIZATION, "sts:SourceIdentity": "${aws:username}" },
    };
    expect(conditionsOf({ user, sourceIdentity: "caller" })).toEqual([
      ["sts:AssumeRole", pinned],
      ["sts:SetSourceIdentity", pinned],
    ]);
  });

  test("requires the name of the session of a user of Identity Center", () => {
    const permissionSet = { account: "people", name: "Engineer" };
    const session = {
      ArnLike: {
        "aws:PrincipalArn":
          "arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Engineer_????????????????",
      },
      StringEquals: ORGANIZATION,
      StringLike: { "aws:userid": "*:${sts:SourceIdentity}" },
    };
    expect(conditionsOf({ permissionSet, sourceIdentity: "caller" })).toEqual([
      ["sts:AssumeRole", session],
      ["sts:SetSourceIdentity", session],
    ]);
  });

  test("requires the attribute of a user of Identity Center", () => {
    const permissionSet = { account: "people", name: "Engineer" };
    const attribute = {
      ArnLike: {
        "aws:PrincipalArn":
          "arn:aws:iam::222222222222:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Engineer_????????????????",
      },
      StringEquals: { ...ORGANIZATION, "sts:SourceIdentity": "${aws:PrincipalTag/employee}" },
    };
    expect(conditionsOf({ permissionSet, sourceIdentity: { attribute: "employee" } })).toEqual([
      ["sts:AssumeRole", attribute],
      ["sts:SetSourceIdentity", attribute],
    ]);
  });

  test.each([
    [
      { saml: { provider: "corporate" } },
      "sts:AssumeRoleWithSAML",
      { "SAML:aud": "https://signin.aws.amazon.com/saml" },
    ],
    [
      { oidc: { provider: "terraform", subject: "organization:acme:*" } },
      "sts:AssumeRoleWithWebIdentity",
      { "app.terraform.io:aud": "aws.workload.identity" },
    ],
  ])("requires that the provider of %j says one", (principal, action, audience) => {
    const [enter, set, ...others] = trustOfWayIn({ ...principal, sourceIdentity: "caller" });
    expect(others).toEqual([]);
    expect(enter).toMatchObject({ Action: action, Condition: { StringEquals: audience } });
    expect(enter?.Condition?.Null).toEqual({ "sts:SourceIdentity": "false" });
    expect(set).toMatchObject({ Action: "sts:SetSourceIdentity" });
    const { Null: _, ...rest } = enter?.Condition ?? {};
    expect(set?.Condition).toEqual(rest);
  });
});

const MAP = `
version: 1
organizations: { main: { id: o-exampleorg1 } }
accounts:
  people: { id: "111111111111" }
  app: { id: "222222222222" }
`;

describe("the permission of a caller whose identity is bound", () => {
  test("lets a user set its own name only", () => {
    const planned = planMap(`${MAP}
spokes:
  reader:
    accounts: { keys: [app] }
    principals:
      team: { user: { account: people, name: [ann, zoe] }, sourceIdentity: caller }
`);
    for (const user of ["user-ann", "user-zoe"]) {
      expect(planned.grant("people", user)).toEqual([
        {
          Sid: "AssumeDeclaredRoles",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Resource: "arn:aws:iam::222222222222:role/reader",
        },
        {
          Sid: "SetOwnSourceIdentity",
          Effect: "Allow",
          Action: "sts:SetSourceIdentity",
          Resource: "arn:aws:iam::222222222222:role/reader",
          Condition: { StringEquals: { "sts:SourceIdentity": "${aws:username}" } },
        },
      ]);
    }
  });

  test("keeps what the user may say elsewhere apart, and the tags that it passes", () => {
    const planned = planMap(`${MAP}
spokes:
  free:
    accounts: { keys: [app] }
    principals:
      bot: { user: { account: people, name: bot }, sourceIdentity: { values: [bot, ci] } }
  plain:
    accounts: { keys: [app] }
    principals: { bot: { user: { account: people, name: bot }, sessionTags: { ticket: {} } } }
  reader:
    accounts: { keys: [app] }
    principals: { bot: { user: { account: people, name: bot }, sourceIdentity: caller } }
`);
    expect(
      planned.grant("people", "user-bot").map(({ Sid, Action, Resource, Condition }) => ({
        Sid,
        Action,
        Resource,
        Condition,
      })),
    ).toEqual([
      {
        Sid: "AssumeDeclaredRoles",
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Resource: [
          "arn:aws:iam::222222222222:role/free",
          "arn:aws:iam::222222222222:role/plain",
          "arn:aws:iam::222222222222:role/reader",
        ],
        Condition: undefined,
      },
      {
        Sid: "SetSourceIdentity",
        Action: "sts:SetSourceIdentity",
        Resource: "arn:aws:iam::222222222222:role/free",
        Condition: undefined,
      },
      {
        Sid: "SetOwnSourceIdentity",
        Action: "sts:SetSourceIdentity",
        Resource: "arn:aws:iam::222222222222:role/reader",
        Condition: { StringEquals: { "sts:SourceIdentity": "${aws:username}" } },
      },
    ]);
  });

  test("is printed for the owner of a permission set, with the binding", () => {
    const planned = planMap(`${MAP}
spokes:
  reader:
    accounts: { keys: [app] }
    principals:
      engineers:
        permissionSet: { account: people, name: Engineer }
        sourceIdentity: caller
`);
    expect(planned.plan.handouts).toHaveLength(1);
    expect(planned.plan.handouts[0]?.statements).toEqual([
      {
        Sid: "AssumeDeclaredRoles",
        Effect: "Allow",
        Action: ["sts:AssumeRole"],
        Resource: ["arn:aws:iam::222222222222:role/reader"],
      },
      {
        Sid: "SetOwnSourceIdentity",
        Effect: "Allow",
        Action: ["sts:SetSourceIdentity"],
        Resource: ["arn:aws:iam::222222222222:role/reader"],
        Condition: { StringLike: { "aws:userid": ["*:${sts:SourceIdentity}"] } },
      },
    ]);
  });
});

test("along a chain every role passes an identity on, and none sets one", () => {
  const planned = planMap(`${MAP}
hubs:
  people:
    account: people
    principals:
      engineers: { permissionSet: { name: Engineer }, sourceIdentity: caller }
      bot: { user: { name: bot } }
spokes:
  reader: { hubs: [people], accounts: { keys: [app] } }
`);
  const passing = planned
    .trust("app", "spoke-reader")
    .filter(({ Action }) => Action === "sts:SetSourceIdentity");
  expect(passing.map(({ Condition }) => Condition)).toEqual([
    {
      ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/people" },
      StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
      Null: { "aws:SourceIdentity": "false" },
    },
  ]);
});
