import { planMap } from "./support/planned-map";

const MAP = `
version: 1
organizations: { main: { id: o-exampleorg1 } }
defaults: { rolePath: /access/ }
accounts:
  tools: { id: "111111111111" }
  app: { id: "222222222222" }
  data: { id: "333333333333" }
hubs:
  strict:
    account: tools
    trustMode: roleArn
    principals:
      people:
        permissionSet: { name: Engineer }
        sourceIdentity: { values: ["*@example.com"] }
  plain: { account: data, principals: { bot: { user: { name: bot } } } }
spokes:
  reader: { hubs: [plain, strict], accounts: { keys: [app, tools] }, externalId: reader-id }
  writer: { hubs: [plain], accounts: { keys: [data] } }
`;

describe("a hub whose role is named by its ARN", () => {
  const planned = planMap(MAP);

  test("stands as the principal itself, with organization and external id (TR-10)", () => {
    const base = {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:role/access/strict" },
    };
    expect(planned.trust("app", "spoke-reader").slice(1)).toEqual([
      {
        ...base,
        Sid: "HubStrict",
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1", "sts:ExternalId": "reader-id" },
        },
      },
      {
        ...base,
        Sid: "HubStrictSourceIdentity",
        Action: "sts:SetSourceIdentity",
        Condition: {
          StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
          Null: { "aws:SourceIdentity": "false" },
        },
      },
    ]);
  });

  test("must exist before the stacks that name it, and the others before none (TR-11)", () => {
    const order = planned.plan.accounts.map(({ account, dependsOn }) => [account.key, dependsOn]);
    expect(order).toEqual([
      ["app", ["tools"]],
      ["data", []],
      ["tools", []],
    ]);
  });

  test("must exist before a role of its own account that names it", () => {
    expect(planned.role("tools", "spoke-reader").dependsOn).toEqual(["hub-strict"]);
    expect(planned.role("app", "spoke-reader").dependsOn).toEqual([]);
  });

  test("leaves the way of naming other hubs as it is", () => {
    expect(planned.trust("app", "spoke-reader")[0]).toEqual({
      Sid: "HubPlain",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::333333333333:root" },
      Action: "sts:AssumeRole",
      Condition: {
        ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::333333333333:role/access/plain" },
        StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1", "sts:ExternalId": "reader-id" },
      },
    });
  });
});
