import { PARTITIONS } from "../../lib/iam/partition";
import { policyProblems } from "../support/policies/policy-schemas";
import type { PolicySchemaKind } from "../support/policies/policy-schemas";

type Part = Readonly<Record<string, unknown>>;

const ROLE = "arn:aws:iam::111111111111:role/automation/hub";
const SAML = "arn:aws:iam::111111111111:saml-provider/corporate";
const OIDC = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com";
const IN_ORGANIZATION = { StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } };

const trusting: Part = {
  Effect: "Allow",
  Principal: { AWS: "111111111111" },
  Action: "sts:AssumeRole",
};
const permitting: Part = {
  Effect: "Allow",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::bucket/*",
};

/** A document of one statement: a good one with some elements replaced, or taken out where `undefined`. */
function withStatement(statement: Part, changes: Part = {}): Part {
  const changed = Object.entries({ ...statement, ...changes });
  const present = Object.fromEntries(changed.filter(([, value]) => value !== undefined));
  return { Version: "2012-10-17", Statement: [present] };
}
const trust = (changes?: Part): Part => withStatement(trusting, changes);
const identity = (changes?: Part): Part => withStatement(permitting, changes);

/** Where and by which keyword a document fails, without what the validator says about it. */
function failures(kind: PolicySchemaKind, document: unknown): string[] {
  return policyProblems(kind, document).map((problem) => problem.replace(/: must [^]*$/, ""));
}

const federated = (provider: unknown, action: unknown): Part =>
  trust({ Principal: { Federated: provider }, Action: action });

describe("a good trust policy passes:", () => {
  test.each<[string, Part]>([
    ["an account by id", trust()],
    ["a document with an id", { ...trust(), Id: "who may enter" }],
    ["a single statement instead of a list", { Version: "2012-10-17", Statement: trusting }],
    ["a statement with a sid", trust({ Sid: "Hub1" })],
    ["a role with a path", trust({ Principal: { AWS: ROLE } })],
    ["a user", trust({ Principal: { AWS: "arn:aws:iam::111111111111:user/ci" } })],
    [
      "a session and a federated user",
      trust({
        Principal: {
          AWS: [
            "arn:aws:sts::111111111111:assumed-role/hub/session",
            "arn:aws:sts::111111111111:federated-user/somebody",
          ],
        },
      }),
    ],
    ["a service", trust({ Principal: { Service: ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } })],
    [
      "the actions beside sts:AssumeRole",
      trust({ Action: ["sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext"] }),
    ],
    ["a SAML provider", federated(SAML, ["sts:AssumeRoleWithSAML", "sts:TagSession"])],
    ["an OIDC provider", federated(OIDC, "sts:AssumeRoleWithWebIdentity")],
    [
      "a provider without an ARN",
      federated("cognito-identity.amazonaws.com", "sts:AssumeRoleWithWebIdentity"),
    ],
    [
      "everybody of an organization",
      trust({ Principal: { AWS: "*" }, Condition: IN_ORGANIZATION }),
    ],
    [
      "everybody of an organizational unit, in another spelling of the key",
      trust({
        Principal: { AWS: ["*"] },
        Condition: {
          "ForAnyValue:StringLike": { "AWS:principalorgpaths": "o-exampleorg1/r-ab12/*" },
        },
      }),
    ],
    [
      "a deny of everybody, by any action",
      trust({
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: ["sts:AssumeRole", "sts:AssumeRoleWithSAML"],
      }),
    ],
    [
      "every kind of operator",
      trust({
        Condition: {
          StringNotEqualsIgnoreCase: { "sts:ExternalId": ["one", "two"] },
          "ForAllValues:StringLikeIfExists": { "aws:TagKeys": "team*" },
          NumericLessThanEquals: { "aws:MultiFactorAuthAge": "3600" },
          DateGreaterThanIfExists: { "aws:CurrentTime": "2030-01-01T00:00:00Z" },
          Bool: { "aws:MultiFactorAuthPresent": "true" },
          BoolIfExists: { "aws:SecureTransport": "false" },
          BinaryEquals: { "example:key": "QmluYXJ5" },
          NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" },
          ArnNotLike: { "aws:PrincipalArn": ROLE },
          Null: { "aws:TokenIssueTime": "true" },
        },
      }),
    ],
  ])("%s", (_name, document) => {
    expect(policyProblems("trust", document)).toEqual([]);
  });

  test.each(PARTITIONS)("principals of partition %s", (partition) => {
    const aws = [
      `arn:${partition}:iam::111111111111:root`,
      `arn:${partition}:sts::111111111111:assumed-role/hub/run`,
    ];
    const provider = `arn:${partition}:iam::111111111111:saml-provider/corporate`;
    expect(policyProblems("trust", trust({ Principal: { AWS: aws } }))).toEqual([]);
    expect(policyProblems("trust", federated(provider, "sts:AssumeRoleWithSAML"))).toEqual([]);
  });
});

describe("a bad trust policy fails where it is bad:", () => {
  test.each<[string, unknown, string[]]>([
    ["GR-01 another version", { ...trust(), Version: "2008-10-17" }, ["/Version const"]],
    ["GR-01 no version", { Statement: [trusting] }, ['/ required ("Version")']],
    [
      "GR-02 an unknown element",
      { ...trust(), Statements: [] },
      ['/ additionalProperties ("Statements")'],
    ],
    ["GR-02 no statement", { Version: "2012-10-17" }, ['/ required ("Statement")']],
    ["GR-03 no effect", trust({ Effect: undefined }), ['/Statement/0 required ("Effect")']],
    ["GR-03 an effect in lower case", trust({ Effect: "allow" }), ["/Statement/0/Effect enum"]],
    ["GR-03 no action", trust({ Action: undefined }), ['/Statement/0 required ("Action")']],
    [
      "GR-05 no principal",
      trust({ Principal: undefined }),
      ['/Statement/0 required ("Principal")'],
    ],
    [
      "GR-05 a resource",
      trust({ Resource: "*" }),
      ['/Statement/0 additionalProperties ("Resource")'],
    ],
    [
      "GR-05 a not-principal",
      trust({ NotPrincipal: { AWS: ROLE } }),
      ['/Statement/0 additionalProperties ("NotPrincipal")'],
    ],
    ["GR-06 a bare star", trust({ Principal: "*" }), ["/Statement/0/Principal type"]],
    [
      "GR-06 everybody",
      trust({ Principal: { AWS: "*" } }),
      ['/Statement/0 required ("Condition")'],
    ],
    [
      "GR-06 everybody with an external ID only",
      trust({
        Principal: { AWS: ["111111111111", "*"] },
        Condition: { StringEquals: { "sts:ExternalId": "id" } },
      }),
      ["/Statement/0/Condition anyOf"],
    ],
    [
      "GR-06 everybody, an organization asked for only where there is one",
      trust({
        Principal: { AWS: "*" },
        Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-exampleorg1" } },
      }),
      ["/Statement/0/Condition anyOf"],
    ],
    [
      "GR-07 roles by wildcard",
      trust({ Principal: { AWS: "arn:aws:iam::111111111111:role/*" } }),
      ["/Statement/0/Principal/AWS pattern"],
    ],
    [
      "GR-07 users by wildcard",
      trust({ Principal: { AWS: [ROLE, "arn:aws:iam::111111111111:user/dev-?"] } }),
      ["/Statement/0/Principal/AWS/1 pattern"],
    ],
    [
      "GR-07 sessions by wildcard",
      trust({ Principal: { AWS: "arn:aws:sts::111111111111:assumed-role/hub/*" } }),
      ["/Statement/0/Principal/AWS pattern"],
    ],
    [
      "GR-08 a canonical user",
      trust({ Principal: { CanonicalUser: "79a59d" } }),
      ['/Statement/0/Principal additionalProperties ("CanonicalUser")'],
    ],
    [
      "GR-08 a group",
      trust({ Principal: { AWS: "arn:aws:iam::111111111111:group/admins" } }),
      ["/Statement/0/Principal/AWS pattern"],
    ],
    [
      "GR-08 every service",
      trust({ Principal: { Service: "*" } }),
      ["/Statement/0/Principal/Service pattern"],
    ],
    [
      "GR-08 an account id of 11 digits",
      trust({ Principal: { AWS: "11111111111" } }),
      ["/Statement/0/Principal/AWS pattern"],
    ],
    [
      "GR-08 an unknown partition",
      trust({ Principal: { AWS: "arn:amazon:iam::111111111111:root" } }),
      ["/Statement/0/Principal/AWS pattern"],
    ],
    ["GR-09 no principals", trust({ Principal: {} }), ["/Statement/0/Principal minProperties"]],
    [
      "GR-09 an empty list of principals",
      trust({ Principal: { AWS: [] } }),
      ["/Statement/0/Principal/AWS minItems"],
    ],
    ["GR-09 an empty list of actions", trust({ Action: [] }), ["/Statement/0/Action minItems"]],
    [
      "GR-09 an empty condition",
      trust({ Condition: {} }),
      ["/Statement/0/Condition minProperties"],
    ],
    [
      "GR-09 an operator without keys",
      trust({ Condition: { StringEquals: {} } }),
      ["/Statement/0/Condition/StringEquals minProperties"],
    ],
    [
      "GR-09 a key without values",
      trust({ Condition: { StringEquals: { "sts:ExternalId": [] } } }),
      ["/Statement/0/Condition/StringEquals/sts:ExternalId minItems"],
    ],
    ["GR-09 no statements", { Version: "2012-10-17", Statement: [] }, ["/Statement minItems"]],
    [
      "GR-10 a SAML provider with sts:AssumeRole",
      federated(SAML, "sts:AssumeRole"),
      ["/Statement/0/Action not"],
    ],
    [
      "GR-10 an OIDC provider with the action of SAML",
      federated(OIDC, ["sts:TagSession", "sts:AssumeRoleWithSAML"]),
      ["/Statement/0/Action/1 not"],
    ],
    [
      "GR-10 an account with the action of OIDC",
      trust({ Action: "sts:AssumeRoleWithWebIdentity" }),
      ["/Statement/0/Action not"],
    ],
    [
      "GR-10 providers of both kinds",
      federated([OIDC, SAML], "sts:AssumeRoleWithWebIdentity"),
      ["/Statement/0/Principal/Federated/1 not"],
    ],
    [
      "GR-10 a provider beside an account",
      trust({ Principal: { AWS: "111111111111", Federated: OIDC }, Action: "sts:TagSession" }),
      ["/Statement/0/Principal maxProperties"],
    ],
    ["GR-11 all of STS", trust({ Action: "sts:*" }), ["/Statement/0/Action enum"]],
    [
      "GR-11 an action of another service",
      trust({ Action: ["sts:AssumeRole", "s3:GetObject"] }),
      ["/Statement/0/Action/1 enum"],
    ],
    [
      "GR-11 everything but some actions",
      trust({ Action: undefined, NotAction: "sts:AssumeRole" }),
      ['/Statement/0 additionalProperties ("NotAction")', '/Statement/0 required ("Action")'],
    ],
    ["GR-12 a sid with a dash", trust({ Sid: "from-hub" }), ["/Statement/0/Sid pattern"]],
    ["GR-12 an empty sid", trust({ Sid: "" }), ["/Statement/0/Sid pattern"]],
    [
      "GR-15 an unknown operator",
      trust({ Condition: { StringEqual: { "sts:ExternalId": "id" } } }),
      ['/Statement/0/Condition pattern ("StringEqual")'],
    ],
    [
      "GR-15 Null with IfExists",
      trust({ Condition: { NullIfExists: { "sts:ExternalId": "true" } } }),
      ['/Statement/0/Condition pattern ("NullIfExists")'],
    ],
    [
      "GR-15 Null with a prefix",
      trust({ Condition: { "ForAnyValue:Null": { "aws:TagKeys": "true" } } }),
      ['/Statement/0/Condition pattern ("ForAnyValue:Null")'],
    ],
    [
      "GR-15 an unknown set operator",
      trust({ Condition: { "ForSomeValues:StringEquals": { "aws:TagKeys": "a" } } }),
      ['/Statement/0/Condition pattern ("ForSomeValues:StringEquals")'],
    ],
    [
      "GR-24 two truths",
      trust({ Condition: { Bool: { "aws:MultiFactorAuthPresent": ["true", "false"] } } }),
      ["/Statement/0/Condition/Bool/aws:MultiFactorAuthPresent enum"],
    ],
    [
      "GR-24 a truth without quotes",
      trust({ Condition: { Null: { "aws:TokenIssueTime": true } } }),
      ["/Statement/0/Condition/Null/aws:TokenIssueTime enum"],
    ],
    [
      "ID-22 a dash of typography in an id",
      { ...trust(), Id: "hub \u2014 spoke" },
      ["/Id pattern"],
    ],
    [
      "ID-22 a character beyond Latin-1 in a value",
      trust({ Condition: { StringEquals: { "sts:ExternalId": "\u20ac5" } } }),
      ["/Statement/0/Condition/StringEquals/sts:ExternalId pattern"],
    ],
    [
      "a number where a string belongs",
      trust({ Condition: { NumericLessThan: { "aws:MultiFactorAuthAge": 3600 } } }),
      ["/Statement/0/Condition/NumericLessThan/aws:MultiFactorAuthAge type"],
    ],
    [
      "a condition key without a prefix",
      trust({ Condition: { StringEquals: { PrincipalOrgID: "o-exampleorg1" } } }),
      ['/Statement/0/Condition/StringEquals pattern ("PrincipalOrgID")'],
    ],
    ["a list instead of a document", [trusting], ["/ type"]],
    [
      "a statement that is a string",
      { Version: "2012-10-17", Statement: "Allow" },
      ["/Statement type"],
    ],
  ])("%s", (_name, document, expected) => {
    expect(failures("trust", document)).toEqual(expected);
  });
});

describe.each(["identity", "boundary"] as const)("a good %s policy passes:", (kind) => {
  test.each<[string, Part]>([
    ["one action on one resource", identity()],
    ["a single statement instead of a list", { Version: "2012-10-17", Statement: permitting }],
    ["everything", identity({ Action: "*", Resource: "*" })],
    [
      "all but some",
      identity({
        Action: undefined,
        NotAction: ["iam:*"],
        Resource: undefined,
        NotResource: ["*"],
      }),
    ],
    [
      "parameters",
      identity({ Resource: ["{{bucket.arn}}", "arn:{{partition}}:s3:::{{bucket}}/*"] }),
    ],
    [
      "variables, one with a colon in the account",
      identity({
        Resource: "arn:aws:s3:eu-central-1:${aws:PrincipalAccount}:accesspoint/${aws:username}",
      }),
    ],
    [
      "an empty string as value of a condition",
      identity({ Condition: { StringEquals: { "s3:prefix": ["", "home/"] } } }),
    ],
    ["a resource of any partition", identity({ Resource: "arn:*:kms:*:111111111111:key/*" })],
  ])("%s", (_name, document) => {
    expect(policyProblems(kind, document)).toEqual([]);
  });

  test.each(PARTITIONS)("resources of partition %s", (partition) => {
    const document = identity({ Resource: `arn:${partition}:s3:::bucket` });
    expect(policyProblems(kind, document)).toEqual([]);
  });
});

describe.each(["identity", "boundary"] as const)(
  "a bad %s policy fails where it is bad:",
  (kind) => {
    test.each<[string, unknown, string[]]>([
      ["GR-01 another version", { ...identity(), Version: "2012-10-18" }, ["/Version const"]],
      ["GR-02 an id", { ...identity(), Id: "reading" }, ['/ additionalProperties ("Id")']],
      ["GR-03 both forms of action", identity({ NotAction: "iam:*" }), ["/Statement/0 oneOf"]],
      ["GR-03 no action", identity({ Action: undefined }), ["/Statement/0 oneOf"]],
      [
        "GR-03 an action without a service",
        identity({ Action: "GetObject" }),
        ["/Statement/0/Action pattern"],
      ],
      [
        "GR-03 an unknown element",
        identity({ Actions: "s3:*" }),
        ['/Statement/0 additionalProperties ("Actions")'],
      ],
      ["GR-04 both forms of resource", identity({ NotResource: "*" }), ["/Statement/0 oneOf"]],
      ["GR-04 no resource", identity({ Resource: undefined }), ["/Statement/0 oneOf"]],
      [
        "GR-04 a principal",
        identity({ Principal: { AWS: "*" } }),
        ['/Statement/0 additionalProperties ("Principal")'],
      ],
      [
        "GR-04 a not-principal",
        identity({ NotPrincipal: { AWS: "*" } }),
        ['/Statement/0 additionalProperties ("NotPrincipal")'],
      ],
      [
        "GR-09 an empty list of actions",
        identity({ Action: [] }),
        ["/Statement/0/Action minItems"],
      ],
      [
        "GR-09 an empty list of resources",
        identity({ Resource: [] }),
        ["/Statement/0/Resource minItems"],
      ],
      ["GR-12 a sid with a space", identity({ Sid: "read bucket" }), ["/Statement/0/Sid pattern"]],
      [
        "GR-15 an operator in lower case",
        identity({ Condition: { stringequals: { "aws:username": "a" } } }),
        ['/Statement/0/Condition pattern ("stringequals")'],
      ],
      [
        "GR-24 a truth that is none",
        identity({ Condition: { BoolIfExists: { "aws:SecureTransport": "yes" } } }),
        ["/Statement/0/Condition/BoolIfExists/aws:SecureTransport enum"],
      ],
      [
        "ID-22 a character beyond Latin-1",
        identity({ Resource: "arn:aws:s3:::\u0142adunek" }),
        ["/Statement/0/Resource pattern"],
      ],
      [
        "a resource that is no ARN",
        identity({ Resource: ["*", "bucket/*"] }),
        ["/Statement/0/Resource/1 pattern"],
      ],
      [
        "a resource with five fields",
        identity({ Resource: "arn:aws:s3::bucket" }),
        ["/Statement/0/Resource pattern"],
      ],
      [
        "a resource of an unknown partition",
        identity({ Resource: "arn:aws-de:s3:::bucket" }),
        ["/Statement/0/Resource pattern"],
      ],
      [
        "a resource of any service",
        identity({ Resource: "arn:aws:*:::bucket" }),
        ["/Statement/0/Resource pattern"],
      ],
    ])("%s", (_name, document, expected) => {
      expect(failures(kind, document)).toEqual(expected);
    });
  },
);

test("a long string of unfinished variables is refused in no time", () => {
  const document = identity({ Resource: `arn:aws:s3:${"${}".repeat(20_000)}\${` });
  expect(failures("identity", document)).toEqual(["/Statement/0/Resource pattern"]);
});
