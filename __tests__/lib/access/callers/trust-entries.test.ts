import { callerTerms } from "../../../../lib/access/callers/caller-terms";
import { trustEntries } from "../../../../lib/access/callers/trust-entries";
import type { RoleNode } from "../../../../lib/access/access-graph";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type { Statement } from "../../../../lib/iam/policy-document";

const TOOLS = "111111111111";
const ROOT = `arn:aws:iam::${TOOLS}:root`;
const GITHUB = `arn:aws:iam::${TOOLS}:oidc-provider/token.actions.githubusercontent.com`;
const SUB = "token.actions.githubusercontent.com:sub";
const AUD = "token.actions.githubusercontent.com:aud";

function allow(
  Principal: Statement["Principal"],
  Condition: Statement["Condition"] = {},
  Action = "sts:AssumeRole",
): Statement {
  return { Effect: "Allow", Principal: Principal ?? "*", Action, Condition };
}

function who(...statements: readonly Statement[]): unknown[] {
  return trustEntries(policyDocument(statements), "aws").map((entry) => entry.who);
}

describe("a trust policy names", () => {
  test.each<[string, Statement, unknown[]]>([
    ["an account", allow({ AWS: TOOLS }), [{ kind: "account", accountId: TOOLS }]],
    [
      "each pinned user and role",
      allow(
        { AWS: ROOT },
        {
          ArnEquals: {
            "aws:PrincipalArn": [
              `arn:aws:iam::${TOOLS}:user/people/ann`,
              `arn:aws:iam::${TOOLS}:role/ci-*`,
            ],
          },
        },
      ),
      [
        { kind: "user", accountId: TOOLS, name: { equals: "ann" } },
        { kind: "role", accountId: TOOLS, name: { like: "ci-*" } },
      ],
    ],
    [
      "a permission set",
      allow(
        { AWS: ROOT },
        {
          ArnLike: {
            "aws:PrincipalArn": `arn:aws:iam::${TOOLS}:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Deployer_????????????????`,
          },
        },
      ),
      [{ kind: "permission-set", accountId: TOOLS, name: { equals: "Deployer" } }],
    ],
    [
      "a session",
      allow({ AWS: `arn:aws:sts::${TOOLS}:assumed-role/ci/run` }),
      [{ kind: "role-session", accountId: TOOLS, role: "ci", session: "run" }],
    ],
    ["anyone", allow({ AWS: "*" }), [{ kind: "anyone" }]],
    [
      "an organization",
      allow("*", { StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } }),
      [{ kind: "organization", organization: { equals: "o-exampleorg1" } }],
    ],
    [
      "each organizational unit",
      allow("*", {
        StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
        "ForAnyValue:StringLike": {
          "aws:PrincipalOrgPaths": [
            "o-exampleorg1/r-ab12/ou-ab12-1/*",
            "o-exampleorg1/r-ab12/ou-ab12-2/",
          ],
        },
      }),
      [
        { kind: "organizational-unit", path: { like: "o-exampleorg1/r-ab12/ou-ab12-1/*" } },
        { kind: "organizational-unit", path: { equals: "o-exampleorg1/r-ab12/ou-ab12-2/" } },
      ],
    ],
    [
      "a service",
      allow({ Service: "lambda.amazonaws.com" }),
      [{ kind: "service", service: "lambda.amazonaws.com" }],
    ],
    [
      "a service by its source",
      allow(
        { Service: "events.amazonaws.com" },
        {
          ArnLike: { "aws:SourceArn": `arn:aws:events:*:${TOOLS}:rule/*` },
          StringEquals: { "AWS:SourceAccount": TOOLS },
        },
      ),
      [
        {
          kind: "service",
          service: "events.amazonaws.com",
          sourceArn: { like: `arn:aws:events:*:${TOOLS}:rule/*` },
          sourceAccount: { equals: TOOLS },
        },
      ],
    ],
    [
      "instances",
      allow({ Service: "ec2.amazonaws.com" }),
      [{ kind: "ec2-instances", service: "ec2.amazonaws.com" }],
    ],
    [
      "pods",
      allow(
        { Service: "pods.eks.amazonaws.com" },
        { StringEquals: { "aws:RequestTag/kubernetes-namespace": ["a", "b"] } },
      ),
      [
        { kind: "pods", namespace: { equals: "a" } },
        { kind: "pods", namespace: { equals: "b" } },
      ],
    ],
    [
      "a certificate",
      allow(
        { Service: "rolesanywhere.amazonaws.com" },
        { StringEquals: { "aws:PrincipalTag/x509Subject/CN": "build" } },
      ),
      [{ kind: "roles-anywhere", certificate: { "x509Subject/CN": { equals: "build" } } }],
    ],
    [
      "a subject of a provider",
      allow(
        { Federated: `arn:aws:iam::${TOOLS}:oidc-provider/id.example.com/tenant` },
        { StringLike: { "id.example.com/tenant:sub": "project:*" } },
        "sts:AssumeRoleWithWebIdentity",
      ),
      [
        {
          kind: "oidc",
          provider: `arn:aws:iam::${TOOLS}:oidc-provider/id.example.com/tenant`,
          issuer: "id.example.com/tenant",
          subject: { like: "project:*" },
        },
      ],
    ],
    [
      "attributes of SAML, not its audience",
      allow(
        { Federated: `arn:aws:iam::${TOOLS}:saml-provider/okta` },
        { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml", "saml:sub": "ann" } },
        "sts:AssumeRoleWithSAML",
      ),
      [
        {
          kind: "saml",
          provider: `arn:aws:iam::${TOOLS}:saml-provider/okta`,
          attributes: { "saml:sub": { equals: "ann" } },
        },
      ],
    ],
    [
      "what has no form as it is",
      allow({ AWS: "AIDAEXAMPLEEXAMPLE123" }),
      [{ kind: "other", text: "AIDAEXAMPLEEXAMPLE123" }],
    ],
    [
      "everybody else as it is",
      { Effect: "Deny", NotPrincipal: { AWS: ROOT }, Action: "sts:*" },
      [{ kind: "other", text: `{"NotPrincipal":{"AWS":"${ROOT}"}}` }],
    ],
  ])("%s", (_, statement, expected) => {
    expect(who(statement)).toEqual(expected);
  });

  test("nobody by a statement about other actions", () => {
    expect(who(allow({ AWS: ROOT }, {}, "sts:GetCallerIdentity"))).toEqual([]);
  });

  test("everything that it tests: what says who is named, all else is a condition", () => {
    const [entry] = trustEntries(
      policyDocument([
        allow(
          { Federated: GITHUB },
          {
            StringEquals: { [AUD]: "sts.amazonaws.com", [SUB]: "repo:o/r:pull_request" },
            StringNotLike: { [SUB]: "*:x" },
            StringEqualsIfExists: { [SUB]: "y" },
          },
          "sts:AssumeRoleWithWebIdentity",
        ),
      ]),
      "aws",
    );
    expect(entry?.identity).toEqual([
      { operator: "StringEquals", key: SUB, part: { equals: "repo:o/r:pull_request" } },
    ]);
    expect(entry?.conditions).toEqual([
      { kind: "audience", operator: "StringEquals", key: AUD, values: ["sts.amazonaws.com"] },
      { kind: "claim", operator: "StringNotLike", key: SUB, values: ["*:x"] },
      { kind: "claim", operator: "StringEqualsIfExists", key: SUB, values: ["y"] },
    ]);
  });

  test("a caller whose key is tested only where it exists as any caller", () => {
    expect(
      who(
        allow(
          { Federated: GITHUB },
          { StringLikeIfExists: { [SUB]: "repo:o/r:*" } },
          "sts:AssumeRoleWithWebIdentity",
        ),
      ),
    ).toEqual([
      { kind: "github-actions", provider: GITHUB, issuer: "token.actions.githubusercontent.com" },
    ]);
  });

  test("no more callers than can be told apart: the others stay a condition", () => {
    const many = Array.from({ length: 300 }, (_, index) => `ns-${index}`);
    const entries = trustEntries(
      policyDocument([
        allow(
          { Service: "pods.eks.amazonaws.com" },
          {
            StringEquals: {
              "aws:RequestTag/kubernetes-namespace": ["a", "b"],
              "aws:RequestTag/kubernetes-service-account": many,
            },
          },
        ),
      ]),
      "aws",
    );
    expect(entries).toHaveLength(2);
    expect(entries[0]?.conditions).toEqual([
      {
        kind: "session-tag",
        operator: "StringEquals",
        key: "aws:RequestTag/kubernetes-service-account",
        values: many,
      },
    ]);
  });
});

describe("the terms of a caller", () => {
  function terms(arn: string, ...statements: readonly Statement[]): unknown {
    const role = {
      arn: `arn:aws:iam::${TOOLS}:role/target`,
      partition: "aws",
      trust: { known: true, value: policyDocument(statements) },
    } as unknown as RoleNode;
    return callerTerms(role, { kind: "user", arn }, {});
  }
  const ANN = `arn:aws:iam::${TOOLS}:user/ann`;
  const mfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
  const pin = (name: string): Statement["Condition"] => ({
    ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${TOOLS}:user/${name}` },
  });
  const MFA = {
    kind: "mfa",
    operator: "Bool",
    key: "aws:MultiFactorAuthPresent",
    values: ["true"],
  };

  test("are those of the statements that name it, and of no others", () => {
    expect(
      terms(
        ANN,
        allow({ AWS: ROOT }, { ...pin("bob") }),
        allow({ AWS: ROOT }, { ...pin("ann"), ...mfa }),
      ),
    ).toEqual({ conditions: [[MFA]] });
  });

  test("of a statement for a whole organization say that it must be in it", () => {
    expect(
      terms(ANN, allow("*", { StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } })),
    ).toEqual({
      conditions: [
        [
          {
            kind: "organization",
            operator: "StringEquals",
            key: "aws:PrincipalOrgID",
            values: ["o-exampleorg1"],
          },
        ],
      ],
    });
  });

  test("say what statements of their own allow, and what is denied", () => {
    const tags = allow({ AWS: ROOT }, { ...pin("ann") }, "sts:TagSession");
    const denied: Statement = { ...allow("*", { ...mfa }), Effect: "Deny" };
    expect(terms(ANN, allow({ AWS: ANN }), tags, denied)).toEqual({
      conditions: [[]],
      also: [{ actions: ["sts:TagSession"], conditions: [] }],
      denied: [{ caller: { kind: "anyone" }, conditions: [MFA] }],
    });
  });
});
