import { refusalOf } from "./support/hop";
import type { Located, Passed } from "./support/hop";
import { planFindings, planMap } from "./support/planned-map";
import type { PlannedMap } from "./support/planned-map";

/** The hub `people` of this map enters `vault` not as one of its hubs but as a role that a way in names. */
function withWayIn(wayIn: string): string {
  return `
version: 1
organizations: { main: { id: o-exampleorg1 } }
defaults: { rolePath: /access/ }
accounts:
  tools: { id: "111111111111" }
  app: { id: "222222222222" }
hubs:
  people:
    account: tools
    role: people-hub
    principals:
      engineers:
        permissionSet: { name: Engineer }
        sourceIdentity: { values: ["*@example.com"] }
        sessionTags: { team: { transitive: true } }
  machines:
    account: tools
    principals:
      bot: { user: { name: bot } }
spokes:
  vault:
    accounts: { keys: [app] }
    principals:
      from-people: ${wayIn}
`;
}

const NAMED = "role: { account: tools, name: people-hub, path: /access/ }";

function hop(planned: PlannedMap, passed?: Passed): string {
  const from: Located = {
    role: planned.role("tools", "hub-people"),
    account: planned.account("tools").account,
  };
  const to: Located = {
    role: planned.role("app", "spoke-vault"),
    account: planned.account("app").account,
  };
  return refusalOf(from, to, passed);
}

describe("a way in that names a role of this map", () => {
  test("gives the permission to that role, whose policies are exclusive, and makes no policy beside it", () => {
    const planned = planMap(withWayIn(`{ ${NAMED} }`));
    expect(planned.permission("tools", "hub-people")).toEqual([
      {
        Sid: "AssumeDeclaredRoles",
        Effect: "Allow",
        Action: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
        Resource: "arn:aws:iam::222222222222:role/access/vault",
      },
      {
        Sid: "DenyOutsideTargets",
        Effect: "Deny",
        Action: "sts:AssumeRole",
        Resource: "*",
        Condition: { StringNotEquals: { "aws:ResourceOrgID": "o-exampleorg1" } },
      },
    ]);
    expect(planned.account("tools").grants.map(({ id }) => id)).toEqual(["user-bot"]);
    expect(hop(planned)).toBe("none");
  });

  test("lets its inherited identity and transitive tags in, in statements of their own (TR-17)", () => {
    const planned = planMap(withWayIn(`{ ${NAMED}, externalId: vault-id }`));
    const base = { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111111111111:root" } };
    const bound = {
      ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/access/people-hub" },
      StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
    };
    expect(planned.trust("app", "spoke-vault")).toEqual([
      {
        ...base,
        Sid: "FromPeople",
        Action: "sts:AssumeRole",
        Condition: {
          ...bound,
          StringEquals: { ...bound.StringEquals, "sts:ExternalId": "vault-id" },
        },
      },
      {
        ...base,
        Sid: "FromPeopleHubPeopleSourceIdentity",
        Action: "sts:SetSourceIdentity",
        Condition: { ...bound, Null: { "aws:SourceIdentity": "false" } },
      },
      {
        ...base,
        Sid: "FromPeopleHubPeopleTagSession",
        Action: "sts:TagSession",
        Condition: { ...bound, "ForAllValues:StringEquals": { "aws:TagKeys": "team" } },
      },
    ]);
    const passed = { externalId: "vault-id", inheritedIdentity: "ann@example.com" };
    expect(hop(planned, { ...passed, tags: { team: "shop" } })).toBe("none");
  });

  test("permits what the way in asks to be set on entering, in both halves", () => {
    const named = "role: { account: tools, name: machines, path: /access/ }";
    const conditions = "sourceIdentity: { values: [bot] }, sessionTags: { run: {} }";
    const planned = planMap(withWayIn(`{ ${named}, ${conditions} }`));
    expect(planned.permission("tools", "hub-machines")[0]?.Action).toEqual([
      "sts:AssumeRole",
      "sts:SetSourceIdentity",
      "sts:TagSession",
    ]);
    const from = {
      role: planned.role("tools", "hub-machines"),
      account: planned.account("tools").account,
    };
    const to = {
      role: planned.role("app", "spoke-vault"),
      account: planned.account("app").account,
    };
    expect(refusalOf(from, to, { sourceIdentity: "bot", tags: { run: "1" } })).toBe("none");
    expect(refusalOf(from, to, { sourceIdentity: "eve", tags: { run: "1" } })).toBe("trust");
  });

  test("hands what it carries on to the roles behind", () => {
    const onward = `
chains:
  onward:
    start: { user: { account: tools, name: joe } }
    steps: [{ spoke: vault }, { roles: { archive: { account: tools } } }]
`;
    const planned = planMap(`${withWayIn(`{ ${NAMED}, grant: declared }`)}${onward}`);
    expect(planned.permission("app", "spoke-vault")[0]?.Action).toEqual([
      "sts:AssumeRole",
      "sts:SetSourceIdentity",
      "sts:TagSession",
    ]);
    expect(planned.trust("tools", "chain-onward__archive").map(({ Action }) => Action)).toEqual([
      "sts:AssumeRole",
      "sts:SetSourceIdentity",
      "sts:TagSession",
    ]);
  });

  test("leaves the role's policies alone where its permission is declared to exist", () => {
    const planned = planMap(withWayIn(`{ ${NAMED}, grant: declared }`));
    expect(planned.role("tools", "hub-people").policies.inline).toEqual([]);
    expect(planned.trust("app", "spoke-vault").map(({ Action }) => Action)).toEqual([
      "sts:AssumeRole",
      "sts:SetSourceIdentity",
      "sts:TagSession",
    ]);
  });

  test("is not denied to the role where its permission is declared and stands in a document of the role", () => {
    const own = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Resource: "arn:aws:iam::333333333333:role/access/outside",
        },
      ],
    } as const;
    const planned = planMap(
      `
version: 1
organizations: { main: { id: o-exampleorg1 } }
defaults: { rolePath: /access/ }
accounts:
  tools: { id: "111111111111" }
  app: { id: "222222222222" }
  alone: { id: "333333333333", organization: none }
hubs:
  people:
    account: tools
    principals: { bot: { user: { name: bot } } }
    permissions: { documents: [own] }
spokes:
  reader: { hubs: [people], accounts: { keys: [app] } }
  outside:
    accounts: { keys: [alone] }
    principals:
      people: { role: { account: tools, name: people, path: /access/ }, grant: declared }
`,
      { own },
    );
    expect(planned.permission("tools", "hub-people")).toEqual([
      {
        Sid: "AssumeDeclaredRoles",
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: "arn:aws:iam::222222222222:role/access/reader",
      },
      {
        Sid: "DenyOutsideTargets",
        Effect: "Deny",
        Action: "sts:AssumeRole",
        NotResource: "arn:aws:iam::333333333333:role/access/outside",
        Condition: { StringNotEquals: { "aws:ResourceOrgID": "o-exampleorg1" } },
      },
    ]);
    const from = {
      role: planned.role("tools", "hub-people"),
      account: planned.account("tools").account,
    };
    const to = {
      role: planned.role("alone", "spoke-outside"),
      account: planned.account("alone").account,
    };
    expect(refusalOf(from, to)).toBe("none");
  });

  test("is refused under another path than the role has: its ARN would never match (ID-10)", () => {
    expect(planFindings(withWayIn("{ role: { account: tools, name: people-hub } }"))).toEqual([
      {
        rule: "ID-10",
        line: 25,
        message: "the role `people-hub` in this map has the path `/access/`, not `/`",
      },
    ]);
  });

  test("is refused in another spelling than the role has (ID-06)", () => {
    const named = "{ role: { account: tools, name: People-Hub, path: /access/ } }";
    expect(planFindings(withWayIn(named))).toEqual([
      {
        rule: "ID-06",
        line: 25,
        message:
          "the role `People-Hub` is spelled `people-hub` in this map; IAM ignores case, but ARNs do not",
      },
    ]);
  });

  test("means another role where the name is that of a role in another account", () => {
    const named = "{ role: { account: app, name: people-hub } }";
    const planned = planMap(withWayIn(named));
    expect(planned.role("tools", "hub-people").policies.inline).toEqual([]);
    expect(planned.grant("app", "role-people-hub")).toEqual([
      {
        Sid: "AssumeDeclaredRoles",
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: "arn:aws:iam::222222222222:role/access/vault",
      },
    ]);
  });
});
