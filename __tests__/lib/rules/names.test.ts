import { checkMap } from "../../support/project";
import type { PolicyTexts } from "../../support/project";

function findings(map: string, policies: PolicyTexts = {}): string[] {
  return checkMap(map, policies).diagnostics.map(({ rule, message }) => `${rule}: ${message}`);
}

describe("names of roles (ID-06)", () => {
  test("that meet in many accounts are one finding", () => {
    const map = `accounts:
  shop: { id: "111111111111" }
  data: { id: "222222222222" }
  audit: { id: "333333333333" }
hubs:
  automation: { account: shop, principals: { bot: { user: { name: bot } } } }
spokes:
  reader: { hubs: [automation], accounts: { keys: [shop, data, audit] } }
  other-reader: { role: Reader, hubs: [automation], accounts: { keys: [data, audit] } }
`;
    expect(findings(map)).toEqual([
      "ID-06: the roles `Reader` and `reader` in `audit` and 1 other account differ only by case, which IAM ignores",
    ]);
  });

  test("may be equal in different accounts", () => {
    const map = `accounts:
  shop: { id: "111111111111" }
  data: { id: "222222222222" }
hubs:
  automation: { account: shop, principals: { bot: { user: { name: bot } } } }
spokes:
  reader: { hubs: [automation], accounts: { keys: [shop] } }
  other-reader: { role: reader, hubs: [automation], accounts: { keys: [data] } }
`;
    expect(findings(map)).toEqual([]);
  });
});

describe("ARNs of roles in policies (ID-10)", () => {
  const map = `accounts:
  shop: { id: "111111111111" }
  data: { id: "222222222222" }
hubs:
  builds:
    account: shop
    path: /access/
    principals: { bot: { user: { name: bot } } }
    permissions: { documents: [pass] }
`;
  const pass = (resource: string): PolicyTexts => ({
    pass: {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "iam:PassRole",
          Resource: resource,
          Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
        },
      ],
    },
  });

  test.each([
    "arn:aws:iam::111111111111:role/builds",
    "arn:aws:iam::111111111111:role/other/builds",
    "arn:{{partition}}:iam::{{account.id}}:role/builds",
  ])("name nothing without the path of the role: %s", (arn) => {
    expect(findings(map, pass(arn))).toContain(
      `ID-10: \`${arn}\` names no role; this map creates \`/access/builds\``,
    );
  });

  test.each([
    "arn:aws:iam::111111111111:role/access/builds",
    "arn:aws:iam::222222222222:role/builds",
    "arn:aws:iam::111111111111:role/bui*",
    "arn:aws:iam::111111111111:role/Builds",
    "arn:aws:iam::111111111111:role/someone-else",
  ])("may have it, or be of another role: %s", (arn) => {
    expect(findings(map, pass(arn)).filter((finding) => finding.startsWith("ID-10"))).toEqual([]);
  });
});

describe("characters in policies (ID-22)", () => {
  test("are judged in values of parameters, at the account and where a document is used", () => {
    const map = `parameters: { bucket: { type: string } }
accounts:
  shop: { id: "111111111111", parameters: { bucket: "caf\u0113" } }
hubs:
  reporting:
    account: shop
    principals: { bot: { user: { name: bot } } }
    permissions: { documents: [{ document: read, with: { bucket: "orders\u2013" } }] }
`;
    const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::{{bucket}}/*" };
    const { diagnostics } = checkMap(map, { read: { Version: "2012-10-17", Statement: [read] } });
    expect(diagnostics.map(({ rule, span }) => [rule, span?.start.line])).toEqual([
      ["ID-22", 3],
      ["ID-22", 8],
    ]);
  });

  test("do not matter in reasons, which no policy holds", () => {
    const map = `accounts: { shop: { id: "111111111111" } }
hubs:
  scanner:
    account: shop
    principals:
      vendor:
        foreignAccount: { id: "222222222222", reason: "contract \u2013 with our vendor" }
        externalId: scan-us
        grant: declared
`;
    expect(findings(map).filter((finding) => finding.startsWith("ID-22"))).toEqual([]);
  });
});
