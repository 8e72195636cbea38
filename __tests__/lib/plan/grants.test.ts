import { planFindings, planMap } from "./support/planned-map";

function entered(principals: string, accounts = "[app]"): string {
  return `
version: 1
accounts:
  people: { id: "111111111111" }
  app: { id: "222222222222" }
  data: { id: "333333333333" }
spokes:
  reader:
    accounts: { keys: ${accounts} }
    principals:
      ${principals}
`;
}

const ALLOW = { Sid: "AssumeDeclaredRoles", Effect: "Allow", Action: "sts:AssumeRole" } as const;

describe("the caller's half that is generated", () => {
  test("permits a user that exists exactly the roles that it may enter", () => {
    const planned = planMap(
      entered("bot: { user: { account: people, name: sys-bot } }", "[app, data]"),
    );
    expect(planned.account("people").users).toEqual([]);
    expect(planned.grant("people", "user-sys-bot")).toEqual([
      {
        ...ALLOW,
        Resource: [
          "arn:aws:iam::222222222222:role/reader",
          "arn:aws:iam::333333333333:role/reader",
        ],
      },
    ]);
    expect(planned.account("people").grants).toMatchObject([
      { kind: "user", name: "sys-bot", created: false },
    ]);
  });

  test("permits a role that exists, in its own account", () => {
    const planned = planMap(entered("jump: { role: { account: people, name: jump.host } }"));
    expect(planned.account("people").grants).toMatchObject([
      { id: "role-jump-host", kind: "role", name: "jump.host", created: false },
    ]);
    expect(planned.grant("people", "role-jump-host")).toEqual([
      { ...ALLOW, Resource: "arn:aws:iam::222222222222:role/reader" },
    ]);
  });

  test("lies in each account where none is named", () => {
    const planned = planMap(entered("bot: { user: { name: bot } }", "[app, data]"));
    expect(planned.grant("app", "user-bot")).toEqual([
      { ...ALLOW, Resource: "arn:aws:iam::222222222222:role/reader" },
    ]);
    expect(planned.grant("data", "user-bot")).toEqual([
      { ...ALLOW, Resource: "arn:aws:iam::333333333333:role/reader" },
    ]);
    expect(planned.account("people").grants).toEqual([]);
  });

  test("is one policy for all that a user may enter, with what it has to pass there", () => {
    const planned = planMap(`
version: 1
accounts: { people: { id: "111111111111" }, app: { id: "222222222222" } }
spokes:
  reader:
    accounts: { keys: [app] }
    principals: { bot: { user: { account: people, name: bot }, sessionTags: { ticket: {} } } }
  writer:
    accounts: { keys: [app] }
    principals:
      team: { user: { account: people, name: [ann, bot] }, sourceIdentity: { values: [ann, bot] } }
`);
    expect(planned.account("people").grants.map(({ id }) => id)).toEqual(["user-ann", "user-bot"]);
    expect(planned.grant("people", "user-ann")).toEqual([
      {
        ...ALLOW,
        Action: ["sts:AssumeRole", "sts:SetSourceIdentity"],
        Resource: "arn:aws:iam::222222222222:role/writer",
      },
    ]);
    expect(planned.grant("people", "user-bot")).toEqual([
      {
        ...ALLOW,
        Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
        Resource: [
          "arn:aws:iam::222222222222:role/reader",
          "arn:aws:iam::222222222222:role/writer",
        ],
      },
    ]);
  });

  test("makes a user where the map asks for one", () => {
    const planned = planMap(
      entered("bot: { user: { account: people, name: sys-bot, path: /machines/, create: true } }"),
    );
    expect(planned.account("people").users).toEqual([
      { id: "user-sys-bot", name: "sys-bot", path: "/machines/" },
    ]);
    expect(planned.account("people").grants).toMatchObject([{ name: "sys-bot", created: true }]);
    expect(planned.trust("app", "spoke-reader")[0]?.Condition).toEqual({
      ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:user/machines/sys-bot" },
    });
  });

  test("makes the user but no policy where somebody else writes it", () => {
    const planned = planMap(
      entered("bot: { user: { account: people, name: bot, create: true }, grant: print }"),
    );
    expect(planned.account("people").users.map(({ name }) => name)).toEqual(["bot"]);
    expect(planned.account("people").grants).toEqual([]);
    expect(planned.plan.handouts).toHaveLength(1);
  });
});

describe("the caller's half that is printed", () => {
  test("is a statement to hand on, with whom it is for", () => {
    const planned = planMap(
      entered("people: { permissionSet: { account: people, name: Admin } }", "[app, data]"),
    );
    expect(planned.plan.handouts).toEqual([
      {
        to: "permission set Admin in 111111111111",
        statement: {
          Sid: "AssumeDeclaredRoles",
          Effect: "Allow",
          Action: ["sts:AssumeRole"],
          Resource: [
            "arn:aws:iam::222222222222:role/reader",
            "arn:aws:iam::333333333333:role/reader",
          ],
        },
        at: ["spokes", "reader", "principals", "people"],
      },
    ]);
    expect(planned.plan.accounts.flatMap(({ grants }) => grants)).toEqual([]);
  });

  test("says that the caller lives in each account where none is named", () => {
    const planned = planMap(entered("people: { permissionSet: { name: Admin } }", "[app, data]"));
    expect(planned.plan.handouts.map(({ to }) => to)).toEqual([
      "permission set Admin in 222222222222, 333333333333",
    ]);
  });

  test("counts the accounts where there are many", () => {
    const accounts = Array.from({ length: 7 }, (_, index) => `a${index}`);
    const planned = planMap(
      JSON.stringify({
        version: 1,
        accounts: Object.fromEntries(
          accounts.map((key, index) => [key, { id: `11111111111${index}` }]),
        ),
        spokes: {
          reader: {
            accounts: { keys: accounts },
            principals: { people: { permissionSet: { name: "Admin" } } },
          },
        },
      }),
    );
    expect(planned.plan.handouts.map(({ to }) => to)).toEqual([
      "permission set Admin in 111111111110, 111111111111, 111111111112, 111111111113, 111111111114 and 2 more accounts",
    ]);
  });

  test("names what has to be passed", () => {
    const planned = planMap(
      entered(
        "vendor: { foreignAccount: { id: '555555555555', reason: scanner of a vendor }, externalId: our-id, sourceIdentity: { values: [scan] } }",
      ),
    );
    expect(planned.plan.handouts).toMatchObject([
      {
        to: "external account 555555555555",
        statement: { Action: ["sts:AssumeRole", "sts:SetSourceIdentity"] },
      },
    ]);
  });

  test.each(["user: { account: people, name: bot }", "role: { account: people, name: jump }"])(
    "stands for the generated one of a %s when the map asks",
    (principal) => {
      const planned = planMap(entered(`other: { ${principal}, grant: print }`));
      expect(planned.account("people").grants).toEqual([]);
      expect(planned.plan.handouts).toHaveLength(1);
    },
  );
});

describe("the caller's half that is neither", () => {
  test.each([
    "user: { account: people, name: bot }, grant: declared",
    "permissionSet: { name: Admin }, grant: declared",
    "githubActions: { repository: example-org/app, branch: main }",
    "service: { name: lambda }",
  ])("is not made for { %s }", (wayIn) => {
    const { plan } = planMap(entered(`caller: { ${wayIn} }`));
    expect(plan.handouts).toEqual([]);
    expect(plan.accounts.flatMap(({ grants, users }) => [...grants, ...users])).toEqual([]);
  });
});

describe("callers that cannot be told apart", () => {
  const two = (first: string, second: string): string => `
version: 1
accounts: { people: { id: "111111111111" }, app: { id: "222222222222" } }
spokes:
  reader:
    accounts: { keys: [app] }
    principals:
      first: { user: ${first} }
      second: { user: ${second} }
`;

  test("differ only by case (ID-06)", () => {
    expect(
      planFindings(two("{ account: people, name: bot }", "{ account: people, name: Bot }")),
    ).toEqual([
      {
        rule: "ID-06",
        line: 9,
        message: "the users `bot` and `Bot` differ only by case, which IAM ignores",
      },
    ]);
  });

  test("have two paths (ID-10)", () => {
    const [first, second] = ["", ", path: /machines/"].map(
      (path) => `{ account: people, name: bot${path} }`,
    );
    expect(planFindings(two(first ?? "", second ?? ""))).toEqual([
      {
        rule: "ID-10",
        line: 9,
        message: "the user `bot` has the path `/` elsewhere, not `/machines/`",
      },
    ]);
  });

  test("would get one Terraform address", () => {
    const names = two("{ account: people, name: a.bot }", "{ account: people, name: a-bot }");
    expect(planFindings(names)).toEqual([
      {
        rule: "address",
        line: 8,
        message: "the users `a-bot` and `a.bot` would get one Terraform address, `user-a-bot`",
      },
    ]);
  });
});
