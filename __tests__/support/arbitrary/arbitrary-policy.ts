import fc from "fast-check";
import { OPERATOR_NAMES } from "../../../lib/iam/condition/condition-operator";
import { requestContext } from "../../../lib/iam/condition/request-context";
import type { Caller } from "../../../lib/iam/condition/caller";
import type { RequestContext } from "../../../lib/iam/condition/request-context";
import type { ConditionBlock, PolicyDocument, Statement } from "../../../lib/iam/policy-document";

/** Keys that arbitrary documents test and arbitrary requests carry, in several spellings. */
const KEYS = [
  "aws:PrincipalOrgID",
  "aws:principalorgid",
  "aws:PrincipalArn",
  "sts:ExternalId",
  "aws:SourceIp",
  "aws:CurrentTime",
  "aws:MultiFactorAuthAge",
  "aws:MultiFactorAuthPresent",
  "aws:TagKeys",
  "aws:PrincipalTag/team name",
];

/** Values near each other, well-formed and not, of every type. */
const VALUES = [
  "",
  "a",
  "A",
  "ab",
  "*",
  "a*",
  "?b",
  "*a*b*",
  "true",
  "false",
  "10",
  "3600.5",
  "-1",
  "2026-12-31T23:59:59Z",
  "2026-12-31",
  "1767225599",
  "203.0.113.7",
  "203.0.113.0/24",
  "2001:db8::/32",
  "2001:db8::1",
  "10.0.0.0/33",
  "QQ==",
  "o-exampleorg1",
  "${aws:username}",
  "${aws:PrincipalOrgID}",
  "${aws:PrincipalTag/team name, 'none'}",
  "${*}",
  "${unclosed",
  "${}",
  "arn:aws:iam::111111111111:role/app",
  "arn:aws:iam::*:role/*",
  "arn:aws:iam::1111*:role/a?p",
  "arn:aws:sts::111111111111:assumed-role/app/session",
];

const PRINCIPALS = [
  "*",
  "111111111111",
  "arn:aws:iam::111111111111:root",
  "arn:aws:iam::111111111111:role/app",
  "arn:aws:iam::111111111111:role/path/app",
  "arn:aws:iam::222222222222:user/ann",
  "arn:aws:sts::111111111111:assumed-role/app/session",
  "arn:aws:iam::111111111111:role/*",
  "AROAEXAMPLEEXAMPLE11",
  "ec2.amazonaws.com",
  "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com",
];

const ACTIONS = [
  "sts:AssumeRole",
  "STS:assumerole",
  "sts:*",
  "*",
  "sts:TagSession",
  "sts:Assume??le",
];

const operatorName = fc
  .tuple(
    fc.constantFrom("", "", "ForAnyValue:", "ForAllValues:"),
    fc.constantFrom(...OPERATOR_NAMES, "StringEqual", "stringEquals"),
    fc.constantFrom("", "", "IfExists"),
  )
  .map((parts) => parts.join(""));

const value = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...VALUES) },
  fc.string({ maxLength: 8 }),
);

function oneOrMore(each: fc.Arbitrary<string>): fc.Arbitrary<string | string[]> {
  return fc.oneof(each, fc.array(each, { maxLength: 3 }));
}

const conditionBlock: fc.Arbitrary<ConditionBlock> = fc.dictionary(
  operatorName,
  fc.dictionary(fc.constantFrom(...KEYS), oneOrMore(value), { maxKeys: 2 }),
  { maxKeys: 3 },
);

const principal = fc.oneof(
  fc.constant("*" as const),
  fc.record(
    {
      AWS: oneOrMore(fc.constantFrom(...PRINCIPALS)),
      Service: oneOrMore(fc.constantFrom(...PRINCIPALS)),
      Federated: oneOrMore(fc.constantFrom(...PRINCIPALS)),
    },
    { requiredKeys: [] },
  ),
);

const statement: fc.Arbitrary<Statement> = fc.record(
  {
    Effect: fc.constantFrom("Allow" as const, "Deny" as const),
    Principal: principal,
    NotPrincipal: principal,
    Action: oneOrMore(fc.constantFrom(...ACTIONS)),
    NotAction: oneOrMore(fc.constantFrom(...ACTIONS)),
    Resource: oneOrMore(value),
    NotResource: oneOrMore(value),
    Condition: conditionBlock,
  },
  { requiredKeys: ["Effect"] },
);

/** Documents that pass the grammar of one kind of policy or another, sensible or not. */
export const policyDocuments: fc.Arbitrary<PolicyDocument> = fc.record(
  {
    Version: fc.constantFrom("2012-10-17" as const, "2008-10-17" as const),
    Statement: fc.array(statement, { maxLength: 4 }),
  },
  { requiredKeys: ["Statement"] },
);

/** Requests that carry any of the keys with any of the values. */
export const requestContexts: fc.Arbitrary<RequestContext> = fc
  .dictionary(fc.constantFrom(...KEYS), oneOrMore(value))
  .map(requestContext);

/** Callers of every kind. */
export const callers: fc.Arbitrary<Caller> = fc.constantFrom(
  { kind: "user", arn: "arn:aws:iam::222222222222:user/ann" },
  { kind: "role-session", roleArn: "arn:aws:iam::111111111111:role/app", sessionName: "session" },
  { kind: "role-session", roleArn: "arn:aws:iam::111111111111:role/path/app", sessionName: "s2" },
  { kind: "service", service: "ec2.amazonaws.com" },
  { kind: "web-identity", provider: PRINCIPALS.at(-1) ?? "" },
  { kind: "saml", provider: "arn:aws:iam::111111111111:saml-provider/corp" },
);

/** One value of a policy or a request, of any type. */
export const anyValue: fc.Arbitrary<string> = value;
