import Ajv2020 from "ajv/dist/2020";
import fc from "fast-check";
import schema from "../../../../schema/control-policies.schema.json";
import { readControlPoliciesFile } from "../../../../lib/account-map/read/control-policies-file";
import type { AccountMap } from "../../../../lib/account-map/model/account-map";
import type { ControlPolicySet } from "../../../../lib/account-map/model/control-policy";
import { printDiagnostics } from "../../../../lib/diagnostics/print";
import type { PolicyDocument } from "../../../../lib/iam/policy-document";
import { planMap } from "../../../support/plans/planned-map";

const ORGANIZATION = {
  id: "o-exampleorg1",
  root: "r-ex01",
  units: { "/Workloads": "ou-ex01-workload" },
};
const ACCOUNTS = {
  top: { id: "111111111111", management: true, deploymentRole: "none" },
  shop: { id: "222222222222", unit: "/Workloads/Prod" },
};
const { map } = planMap({ organizations: { example: ORGANIZATION }, accounts: ACCOUNTS });
const { map: several } = planMap({
  organizations: { example: ORGANIZATION, second: { id: "o-exampleorg2" } },
  defaults: { organization: "example" },
  accounts: ACCOUNTS,
});
const { map: none } = planMap({ accounts: { shop: { id: "222222222222" } } });

const DENY = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "sts:*", Resource: "*" }],
};

function read(value: unknown, own: AccountMap = map): ReturnType<typeof readControlPoliciesFile> {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return readControlPoliciesFile("controls.json", text, own);
}

function policiesOf(value: unknown, own?: AccountMap): ControlPolicySet<PolicyDocument> {
  const { read: result, diagnostics } = read(value, own);
  expect(diagnostics).toEqual([]);
  if (result === undefined) throw new Error("nothing was read");
  expect(result.organization).toBe("example");
  return result.policies;
}

/** The findings of a file from which nothing is read. */
function problemsOf(value: unknown, own?: AccountMap): string[] {
  const { read: result, diagnostics } = read(value, own);
  expect(result).toBeUndefined();
  return diagnostics.map(({ rule, message, help, span }) => {
    const place = span === undefined ? "" : `${span.start.line}:${span.start.column} `;
    return `${place}${rule}: ${message}${help === undefined ? "" : ` (${help})`}`;
  });
}

const one = (policy: object): object => ({
  service: [{ name: "a", targets: ["/"], document: DENY, ...policy }],
});

describe("what AWS has stored", () => {
  const lint = {
    Sid: "Odd",
    Effect: "Deny",
    Resource: "*",
    Condition: { StringNotEquals: { "aws:ResourceOrgPaths": "o-exampleorg1/r-ab12/" } },
  };
  const fileOf = (Action: string | string[]): object =>
    one({ document: { ...DENY, Statement: [{ ...lint, Action }] } });

  test.each(["s3:PutObject", ["kms:*", "ecr:Get*"], "ecs:*"])(
    "is not refused for lint in a statement about %s",
    (action) => {
      const { read: result, diagnostics } = read(fileOf(action));
      expect(result?.policies.service).toHaveLength(1);
      expect(diagnostics.map(({ severity, rule }) => [severity, rule])).toEqual([
        ["warning", "GR-18"],
      ]);
    },
  );

  test.each(["*", "sts:*", "s*:*", ["s3:*", "STS:AssumeRole"]])(
    "is refused for it in one about %s",
    (action) => {
      const { read: result, diagnostics } = read(fileOf(action));
      expect(result).toBeUndefined();
      expect(diagnostics.map(({ severity, rule }) => [severity, rule])).toContainEqual([
        "error",
        "GR-18",
      ]);
    },
  );

  test("has exceptions, conditions on what is allowed, and resources", () => {
    const statements = [
      {
        Effect: "Allow",
        Action: "sts:*",
        Resource: "*",
        Condition: { Bool: { "aws:SecureTransport": "true" } },
      },
      { Effect: "Allow", NotAction: "iam:*", Resource: "arn:aws:s3:::bucket/*" },
      {
        Effect: "Deny",
        Action: "sts:Assume*Role",
        NotResource: "arn:aws:iam::*:role/${aws:PrincipalTag/team}",
      },
    ];
    expect(policiesOf(one({ document: { ...DENY, Statement: statements } })).service).toHaveLength(
      1,
    );
  });

  test.each([
    ["service", 10_240, "PB-06"],
    ["resource", 5120, "PB-07"],
  ])("a %s control policy has at most %i characters", (kind, most, rule) => {
    const principal = kind === "resource" ? { Principal: "*" } : {};
    const sized = (length: number): string => {
      const document = (resource: string): object => ({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Deny",
            ...principal,
            Action: "sts:*",
            Resource: `arn:aws:iam::*:role/${resource}`,
          },
        ],
      });
      return JSON.stringify(document("x".repeat(length - JSON.stringify(document("")).length)));
    };
    const fileWith = (document: string): object => ({
      [kind]: [{ name: "a", targets: ["/"], document }],
    });
    expect(read(fileWith(sized(most))).diagnostics).toEqual([]);
    // White space does not count: the console takes it out.
    expect(read(fileWith(`${sized(most)}   `)).diagnostics).toEqual([]);
    expect(problemsOf(fileWith(sized(most + 1)))).toEqual([
      expect.stringContaining(
        `${rule}: a ${kind} control policy has at most ${most} characters, got ${most + 1} without white space`,
      ) as string,
    ]);
  });

  test("a resource control policy names its services", () => {
    const deny = { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" };
    expect(
      problemsOf({
        resource: [{ name: "a", targets: ["/"], document: { ...DENY, Statement: [deny] } }],
      }),
    ).toEqual([
      expect.stringContaining(
        'PB-07: the actions of a resource control policy name a service, got "*"',
      ) as string,
    ]);
  });

  test("a variable before the fifth colon of an ARN is a warning: AWS says that it takes none there", () => {
    const Resource = [
      "arn:aws:iam::${aws:PrincipalAccount}:role/*",
      "arn:aws:iam::*:role/${aws:PrincipalTag/team}",
    ];
    const { read: result, diagnostics } = read(
      one({ document: { ...DENY, Statement: [{ Effect: "Deny", Action: "sts:*", Resource }] } }),
    );
    expect(result).toBeDefined();
    expect(diagnostics.map(({ severity, rule, message }) => [severity, rule, message])).toEqual([
      [
        "warning",
        "GR-22",
        'AWS takes policy variables in an ARN only after its fifth colon, got "arn:aws:iam::${aws:PrincipalAccount}:role/*"',
      ],
    ]);
  });
});

describe("a file of control policies", () => {
  test("has a sound schema", () => {
    const ajv = new Ajv2020({ strict: true, allErrors: true });
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(() => ajv.compile(schema)).not.toThrow();
  });

  test("names targets as AWS lists them, or as the map does", () => {
    const targets = ["r-ex01", "ou-ex01-workload", "222222222222", "/Workloads/Prod", "shop"];
    expect(policiesOf(one({ targets })).service[0]?.targets).toEqual([
      { kind: "unit", path: "/" },
      { kind: "unit", path: "/Workloads" },
      { kind: "account", key: "shop" },
      { kind: "unit", path: "/Workloads/Prod" },
      { kind: "account", key: "shop" },
    ]);
  });

  test("may be about accounts that the map does not have", () => {
    expect(policiesOf(one({ targets: ["999999999999"] })).service[0]?.targets).toEqual([]);
  });

  test("holds documents as objects or as the texts that AWS hands out", () => {
    const [object, text] = [DENY, JSON.stringify(DENY)].map((document) =>
      policiesOf(one({ document })),
    );
    expect(object?.service[0]?.document).toEqual(DENY);
    expect(text).toEqual(object);
  });

  test("lists where everything is allowed, or leaves it to be everywhere", () => {
    expect(policiesOf(one({})).fullAccess).toEqual({ everywhereBut: [] });
    expect(policiesOf({ resource: [] }).fullAccess).toEqual({ everywhereBut: [] });
    expect(policiesOf(one({ name: "FullAWSAccess" })).fullAccess).toBe("nowhere");
  });

  test("leaves out the resource control policy that allows everything everywhere", () => {
    const Statement = [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }];
    const document = { Version: "2012-10-17", Statement };
    const full = { name: "RCPFullAWSAccess", targets: ["r-ex01"], document };
    expect(policiesOf({ resource: [full] }).resource).toEqual([]);
    expect(problemsOf({ resource: [{ ...full, name: "Other" }] })).toHaveLength(1);
  });

  test("names its organization where the map has several", () => {
    expect(policiesOf({ organization: "example", ...one({}) }, several).service).toHaveLength(1);
    expect(problemsOf(one({}), several)).toEqual([
      '1:1 missing-key: the file must name its organization, because the account map has several: `example`, `second` (add "organization": "example", or another)',
    ]);
    expect(problemsOf({ organization: "exampel" })).toEqual([
      "1:17 unknown-organization: there is no organization `exampel`, known: `example` (did you mean `example`?)",
    ]);
    expect(problemsOf(one({}), none)).toEqual([
      "1:1 missing-key: the account map has no organization that the policies could belong to",
    ]);
  });

  test("may list the management account, which none of them binds", () => {
    expect(policiesOf(one({ targets: ["111111111111", "/"] })).service[0]?.targets).toEqual([
      { kind: "account", key: "top" },
      { kind: "unit", path: "/" },
    ]);
  });
});

describe("of a file of control policies is reported", () => {
  test.each<[string, unknown, readonly string[]]>([
    [
      "text that ends too soon",
      '{"service": [{"name": "a"',
      ["1:26 json-syntax: not valid JSON: expected `}`, got the end of the text"],
    ],
    [
      "no JSON",
      "service:\n  - name: a\n",
      [expect.stringContaining("1:1 json-syntax: ") as string],
    ],
    ["nothing", "", [expect.stringContaining("json-syntax: ") as string]],
    ["a list", [], ["1:1 value: the file must be a map, got an empty list"]],
    [
      "an empty object",
      {},
      ["1:1 value: the file must be a map with at least 1 key, got an empty map"],
    ],
    [
      "an unknown key",
      { servise: [] },
      [
        "1:2 unknown-key: unknown key `servise`, allowed: `organization`, `resource`, `service` (did you mean `service`?)",
      ],
    ],
    [
      "a key of an account map",
      one({ tags: {} }),
      [
        expect.stringMatching(
          /unknown-key: unknown key `tags` in `service.0`, allowed: `document`, `name`, `targets`$/,
        ) as string,
      ],
    ],
    [
      "a policy without a name",
      { service: [{ targets: [], document: DENY }] },
      [expect.stringContaining("missing-key: `service.0` lacks the key `name`") as string],
    ],
    [
      "targets that are no list",
      one({ targets: "/" }),
      [expect.stringContaining("value: `service.0.targets` must be a list") as string],
    ],
    [
      "a document that is a list",
      one({ document: [] }),
      [expect.stringContaining("value: `service.0.document` must be a map or a string") as string],
    ],
    [
      "a unit that is not there",
      one({ targets: ["/Workload"] }),
      [
        expect.stringMatching(
          /unknown-unit: there is no unit `\/Workload`.*did you mean `\/Workloads`/,
        ) as string,
      ],
    ],
    [
      "an id of a unit that the map does not have",
      one({ targets: ["ou-ex01-sandbox0"] }),
      [
        expect.stringMatching(
          /control-policy: the account map does not define the OU "ou-ex01-sandbox0" \(add its path and ID under `organizations.example.units`/,
        ) as string,
      ],
    ],
    [
      "the root of another organization",
      one({ targets: ["r-ex02"] }),
      [
        expect.stringMatching(
          /control-policy: "r-ex02" is not the root of the organization `example`, which is `r-ex01`$/,
        ) as string,
      ],
    ],
    [
      "an account that is not there",
      one({ targets: ["shp"] }),
      [
        expect.stringMatching(
          /unknown-account: there is no account `shp`.*did you mean `shop`/,
        ) as string,
      ],
    ],
    [
      "a document that breaks the grammar",
      one({ document: { ...DENY, Statement: [{ Effect: "Deny", Action: "sts", Resource: "*" }] } }),
      [expect.stringContaining("action-name: an action must be") as string],
    ],
    [
      "a service control policy with principals",
      one({ document: { ...DENY, Statement: [{ ...DENY.Statement[0], Principal: "*" }] } }),
      [
        expect.stringContaining(
          "GR-04: `Principal` is not allowed in a service control policy",
        ) as string,
      ],
    ],
    [
      "a resource control policy without principals",
      { resource: [{ name: "a", targets: ["/"], document: DENY }] },
      [
        expect.stringContaining(
          'PB-07: `Principal` must be "*" in a resource control policy, and is missing',
        ) as string,
      ],
    ],
    [
      "a text that is no JSON",
      one({ document: '{\n"Version":' }),
      [expect.stringMatching(/json-syntax: .*\(line 2 of the text\)$/) as string],
    ],
    [
      "a text that is no document",
      one({ document: "5" }),
      [expect.stringContaining("value: a policy document must be an object") as string],
    ],
  ])("%s", (_what, value, expected) => {
    expect(problemsOf(value)).toEqual(expected);
  });

  test("a file that is too large, without reading it", () => {
    expect(problemsOf(" ".repeat(32 * 1024 * 1024 + 1))).toEqual([
      "file-size: the file has 33554433 characters, at most 33554432 are read",
    ]);
  });

  test("a document in its own line", () => {
    const text = JSON.stringify(
      one({ document: { ...DENY, Statement: [{ Effect: "Alow" }] } }),
      null,
      1,
    );
    const { diagnostics } = read(text);
    expect(
      printDiagnostics(diagnostics, { texts: new Map([["controls.json", text]]), color: false }),
    ).toContain('controls.json:12:17: `Effect` must be `Allow` or `Deny`, got "Alow"');
  });

  test("whatever is in it, without an exception", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.json({ maxDepth: 4 }), (file, document) => {
        const texts = [file, `{"service":[{"name":"a","targets":["/"],"document":${document}}]}`];
        for (const text of texts) {
          const { read: result, diagnostics } = read(text);
          const failed = diagnostics.some(({ severity }) => severity === "error");
          expect(result === undefined).toBe(failed);
        }
      }),
      { numRuns: 200 },
    );
  });
});
