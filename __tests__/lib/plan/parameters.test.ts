import type { PolicyDocument, Statement } from "../../../lib/iam/policy-document";
import { planFindings, planMap } from "./support/planned-map";

const DECLARED = `
  bucket: { type: bucket-name }
  database: { type: database-resource-id }
  user: { type: string, default: reporting }
  prefix: { type: pattern }
  partner: { type: account-id }
  home: { type: region }
  key: { type: arn }
  teams: { type: strings }
`;

/** A role in two accounts that uses the document \`doc\`, with parameters of the accounts. */
function using(use: string, inApp = "{ user: reporting }"): string {
  return `
version: 1
organizations: { main: { id: o-exampleorg1 } }
parameters:${DECLARED}
accounts:
  app: { id: "111111111111", region: eu-central-1, parameters: ${inApp} }
  data: { id: "222222222222", region: eu-west-1, organization: none }
spokes:
  reader:
    accounts: { keys: [app] }
    principals: { bot: { user: { name: bot } } }
    permissions: { documents: [${use}] }
`;
}

function doc(statement: Partial<Statement>): { doc: PolicyDocument } {
  const base = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" } as const;
  return { doc: { Version: "2012-10-17", Statement: [{ ...base, ...statement }] } };
}

function filled(use: string, statement: Partial<Statement>, inApp?: string): Statement | undefined {
  return planMap(using(use, inApp), doc(statement)).inline("app", "spoke-reader", "doc")[0];
}

describe("a document with parameters", () => {
  test("knows its account, region, partition and organization", () => {
    const Resource =
      "arn:{{partition}}:s3:{{region}}:{{account.id}}:{{account.key}}/{{organization.id}}";
    expect(filled("doc", { Resource })?.Resource).toBe(
      "arn:aws:s3:eu-central-1:111111111111:app/o-exampleorg1",
    );
  });

  test("takes values from its use, then from the account, then from the declaration", () => {
    const Resource = ["{{bucket}}", "{{user}}"];
    const document = "{ document: doc, with: { bucket: from-use } }";
    expect(filled(document, { Resource })?.Resource).toEqual(["from-use", "reporting"]);
    expect(filled("doc", { Resource }, "{ bucket: from-account, user: ann }")?.Resource).toEqual([
      "ann",
      "from-account",
    ]);
    expect(filled(document, { Resource }, "{ bucket: from-account }")?.Resource).toEqual([
      "from-use",
      "reporting",
    ]);
  });

  test("is one file used many times, with other values under another name", () => {
    const uses = [
      "{ document: doc, with: { bucket: first-bucket } }",
      "{ document: doc, name: second, with: { bucket: second-bucket } }",
    ];
    const planned = planMap(using(uses.join(", ")), doc({ Resource: "arn:aws:s3:::{{bucket}}" }));
    const resources = ["doc", "second"].map(
      (name) => planned.inline("app", "spoke-reader", name)[0]?.Resource,
    );
    expect(resources).toEqual(["arn:aws:s3:::first-bucket", "arn:aws:s3:::second-bucket"]);
  });

  test("has them anywhere: in resources, in conditions and in the names of condition keys", () => {
    const statement = {
      Resource: "*",
      Condition: { StringEquals: { "aws:ResourceTag/{{user}}": ["{{ user }}", "x"] } },
    };
    expect(filled("doc", statement)?.Condition).toEqual({
      StringEquals: { "aws:ResourceTag/reporting": ["reporting", "x"] },
    });
  });

  test("takes a list for a whole string, alone or among others", () => {
    const use = "{ document: doc, with: { teams: [shop, data] } }";
    const statement = {
      Condition: {
        StringEquals: {
          "aws:ResourceTag/team": "{{teams}}",
          "aws:ResourceTag/owner": ["ops", "{{teams}}"],
        },
      },
    };
    expect(filled(use, statement)?.Condition).toEqual({
      StringEquals: {
        "aws:ResourceTag/team": ["data", "shop"],
        "aws:ResourceTag/owner": ["data", "ops", "shop"],
      },
    });
  });

  test("keeps variables of IAM as they are", () => {
    const Resource = "arn:aws:s3:::{{user}}/${aws:username}/*";
    expect(filled("doc", { Resource })?.Resource).toBe("arn:aws:s3:::reporting/${aws:username}/*");
  });

  test("may be a statement in the map itself", () => {
    const map = using("doc").replace(
      "{ documents: [doc] }",
      "{ statements: [{ Effect: Allow, Action: s3:GetObject, Resource: 'arn:aws:s3:::{{account.id}}-logs/*' }] }",
    );
    expect(planMap(map).inline("app", "spoke-reader", "statements")[0]?.Resource).toBe(
      "arn:aws:s3:::111111111111-logs/*",
    );
  });
});

describe("a parameter that cannot be filled in", () => {
  function finding(use: string, Resource: string, inApp?: string): unknown {
    const findings = planFindings(using(use, inApp), doc({ Resource }));
    return findings.map(({ rule, line, message }) => [rule, line, message]);
  }

  test("is not known", () => {
    expect(finding("doc", "{{acount.id}}")).toEqual([
      [
        "unknown-parameter",
        21,
        expect.stringMatching(/^there is no parameter `acount\.id`, known: /) as string,
      ],
    ]);
  });

  test.each(["{{account id}}", "{{account.id}", "{{}}", "{{ {{user}} }}"])(
    "is not written as one: %s",
    (text) => {
      expect(finding("doc", `arn:aws:s3:::${text}`)).toEqual([
        [
          "unknown-parameter",
          21,
          `a parameter must be written as \`{{name}}\`, got ${JSON.stringify(`arn:aws:s3:::${text}`)}`,
        ],
      ]);
    },
  );

  test("has no value anywhere", () => {
    expect(finding("doc", "{{bucket}}")).toEqual([
      ["missing-parameter", 21, "the parameter `bucket` has no value in the account `app`"],
    ]);
  });

  test("stands for the organization in an account that has none", () => {
    const map = using("doc").replace("keys: [app]", "keys: [data]");
    const findings = planFindings(map, doc({ Resource: "{{organization.id}}" }));
    expect(findings.map(({ rule }) => rule)).toEqual(["unknown-parameter"]);
  });

  test("is a list in a part of a string", () => {
    const use = "{ document: doc, with: { teams: [shop, data] } }";
    expect(finding(use, "arn:aws:s3:::{{teams}}")).toEqual([
      [
        "parameter-type",
        21,
        'the list `teams` must be a whole string, not part of "arn:aws:s3:::{{teams}}"',
      ],
    ]);
  });

  test("is a list in the name of a condition key", () => {
    const use = "{ document: doc, with: { teams: [shop, data] } }";
    const findings = planFindings(
      using(use),
      doc({ Condition: { StringEquals: { "{{teams}}": "x" } } }),
    );
    expect(findings.map(({ rule }) => rule)).toEqual(["parameter-type"]);
  });

  test.each([
    ["bucket", "Not_A_Bucket", "bucket-name"],
    ["database", "orders", "database-resource-id"],
    ["database", "arn:aws:rds:eu-central-1:111111111111:db:orders", "database-resource-id"],
    ["user", "ann*", "string"],
    ["user", "${aws:username}", "string"],
    ["prefix", 'a"b', "pattern"],
    ["partner", "11111111111", "account-id"],
    ["home", "eu_central_1", "region"],
    ["key", "arn:aws:s3:::*", "arn"],
  ])("has a value that does not fit the type of `%s`: %s", (name, value, type) => {
    const findings = planFindings(
      using(`{ document: doc, with: { ${name}: '${value}' } }`),
      doc({ Resource: `{{${name}}}` }),
    );
    const [first, ...more] = findings;
    expect([first?.rule, first?.line, more]).toEqual(["parameter-type", 21, []]);
    expect(first?.message.startsWith(`a value of type \`${type}\` must be `)).toBe(true);
    expect(first?.message.endsWith(`, got ${JSON.stringify(value)}`)).toBe(true);
  });

  test("is one string where a list is declared, or a list where a string is", () => {
    expect(finding("{ document: doc, with: { teams: shop } }", "{{teams}}")).toEqual([
      ["parameter-type", 21, "the parameter `teams` is declared as `strings`: a list is expected"],
    ]);
    expect(finding("doc", "{{user}}", "{ user: [a, b] }")).toEqual([
      [
        "parameter-type",
        15,
        "the parameter `user` is declared as `string`: one string is expected",
      ],
    ]);
  });
});

test.each([
  ["bucket", "my-bucket.logs"],
  ["database", "cluster-ABC123"],
  ["database", "db-ABC123"],
  ["database", "prx-0123"],
  ["user", "app_reader"],
  ["prefix", "home/*/?"],
  ["partner", "333333333333"],
  ["home", "us-gov-west-1"],
  ["key", "arn:aws:kms:eu-central-1:111111111111:key/1234"],
])("a parameter of the type of `%s` takes %s", (name, value) => {
  const use = `{ document: doc, with: { ${name}: '${value}' } }`;
  expect(filled(use, { Resource: `{{${name}}}` })?.Resource).toBe(value);
});
