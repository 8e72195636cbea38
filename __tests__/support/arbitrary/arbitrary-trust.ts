import fc from "fast-check";
import type { AccessRequest } from "../../../lib/access/access-request";
import type { AccountDirectory } from "../../../lib/access/account-directory";
import type { Caller } from "../../../lib/iam/condition/caller";
import { requestContext } from "../../../lib/iam/condition/request-context";
import type {
  ConditionBlock,
  OneOrMore,
  PolicyDocument,
  Statement,
} from "../../../lib/iam/policy-document";

/** The role that arbitrary trust policies are about. */
export const ROLE_ARN = "arn:aws:iam::222222222222:role/spoke";

/** Accounts in one organization, in another, in none; 444444444444 and 999999999999 are not in the map. */
export const ACCOUNTS: AccountDirectory = new Map([
  ["111111111111", { organizationId: "o-exampleorg1" }],
  ["222222222222", { organizationId: "o-exampleorg1" }],
  ["333333333333", { organizationId: "o-exampleorg2" }],
  ["555555555555", {}],
]);

const ORGANIZATIONS = ["o-exampleorg1", "o-exampleorg2", "o-exampleorg3"];
const GITHUB = "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com";
const GOOGLE = "accounts.google.com";
const AMAZON = "www.amazon.com";
const SAML = "arn:aws:iam::222222222222:saml-provider/corp";
const ACCOUNT_IDS = [...ACCOUNTS.keys(), "444444444444"];
const ROLE_NAMES = ["hub", "hub-ci", "path/hub", "other"];
const ROLE_ARNS = ACCOUNT_IDS.flatMap((id) =>
  ROLE_NAMES.map((name) => `arn:aws:iam::${id}:role/${name}`),
);

const some = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

function oneOrMore(each: fc.Arbitrary<string>): fc.Arbitrary<OneOrMore> {
  return fc.oneof(each, fc.uniqueArray(each, { minLength: 1, maxLength: 3 }));
}

const awsPrincipal = fc.oneof(
  some("*"),
  some(...ACCOUNT_IDS),
  some(...ACCOUNT_IDS).map((id) => `arn:aws:iam::${id}:root`),
  some(...ROLE_ARNS),
  some("arn:aws:iam::111111111111:user/ann", "arn:aws:iam::222222222222:user/team/bob"),
  some(
    "arn:aws:sts::111111111111:assumed-role/hub/ci",
    "arn:aws:sts::222222222222:assumed-role/hub/ci",
  ),
);

const principal: fc.Arbitrary<NonNullable<Statement["Principal"]>> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ AWS: oneOrMore(awsPrincipal) }) },
  {
    weight: 1,
    arbitrary: fc.record({ Service: oneOrMore(some("ec2.amazonaws.com", "lambda.amazonaws.com")) }),
  },
  { weight: 2, arbitrary: fc.record({ Federated: some(GITHUB, SAML, GOOGLE, AMAZON) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      AWS: oneOrMore(awsPrincipal),
      Service: some("ec2.amazonaws.com"),
      Federated: some(GITHUB),
    }),
  },
  { weight: 1, arbitrary: some("*" as const) },
);

const action = oneOrMore(
  fc.oneof(
    { weight: 4, arbitrary: some("sts:AssumeRole") },
    {
      weight: 3,
      arbitrary: some(
        "sts:*",
        "sts:Assume*",
        "sts:TagSession",
        "sts:AssumeRoleWithWebIdentity",
        "sts:AssumeRoleWithSAML",
      ),
    },
  ),
);

/** The values of each key that policies test and requests carry. */
const STRINGS: Readonly<Record<string, readonly string[]>> = {
  "sts:ExternalId": ["abc-1", "abc-2", "ABC-1", "abc", "x/y:z"],
  "sts:RoleSessionName": ["ci", "ci-1", "other"],
  "aws:PrincipalTag/team": ["red", "Red", "blue", "blue-green", "a:b"],
  "aws:PrincipalAccount": ACCOUNT_IDS,
  "aws:PrincipalOrgID": ORGANIZATIONS,
  "aws:username": ["ann", "bob", "x"],
  "token.actions.githubusercontent.com:sub": [
    "repo:acme/app:ref:refs/heads/main",
    "repo:acme/app:pull_request",
    "repo:acme2/app:ref:refs/heads/main",
  ],
  "token.actions.githubusercontent.com:aud": ["sts.amazonaws.com", "other"],
  "accounts.google.com:oaud": ["deployments", "other"],
  "www.amazon.com:sub": ["x"],
  "www.amazon.com:user_id": ["amzn1.account.A", "amzn1.account.B"],
  "aws:userid": ["AROAEXAMPLE:ci", "AROAEXAMPLE:other", "AIDAEXAMPLE", "ci"],
  "SAML:aud": ["https://signin.aws.amazon.com/saml", "https://example.com"],
  "aws:RequestTag/team": ["red", "blue"],
};
const TAG_KEYS = ["team", "Team", "owner", "cost"];
const TIMES = [
  "2026-01-01T00:00:00Z",
  "2026-06-30T12:00:00Z",
  "2026-12-31T23:59:59Z",
  "2027-01-01T00:00:00Z",
];
const ADDRESSES = ["203.0.113.7", "203.0.113.200", "198.51.100.1", "2001:db8::1", "2001:db8:1::1"];
const RANGES = [
  "203.0.113.0/24",
  "203.0.113.0/25",
  "203.0.113.7",
  "0.0.0.0/0",
  "2001:db8::/32",
  "2001:db8:1::/48",
];
const AGES = ["0", "60", "3599", "3600", "7200"];

function globOf(value: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(value.length), fc.nat(value.length), some("*", "?", "*x", ""))
    .map(
      ([a, b, wildcard]) => value.slice(0, Math.min(a, b)) + wildcard + value.slice(Math.max(a, b)),
    );
}

type Line = readonly [operator: string, key: string, values: OneOrMore];

const suffix = some("", "", "", "IfExists");

function stringLine(key: string, values: readonly string[]): fc.Arbitrary<Line> {
  const value = some(...values);
  return fc
    .oneof(
      fc.tuple(
        some(
          "StringEquals",
          "StringNotEquals",
          "StringEqualsIgnoreCase",
          "StringNotEqualsIgnoreCase",
        ),
        suffix,
        oneOrMore(value),
      ),
      fc.tuple(some("StringLike", "StringNotLike"), suffix, oneOrMore(value.chain(globOf))),
    )
    .map(([operator, ifExists, policy]) => [operator + ifExists, key, policy] as const);
}

const arnValue = fc.oneof(
  some(...ROLE_ARNS),
  some(
    "arn:aws:iam::*:role/hub",
    "arn:aws:iam::111111111111:*",
    "arn:aws:iam::1*:role/hub",
    "arn:*:iam::*:role/*hub*",
    "arn:aws:iam::222222222222:role/*/hub",
    "arn:aws:iam::44444444444?:user/*",
  ),
);

const line: fc.Arbitrary<Line> = fc.oneof(
  ...Object.entries(STRINGS).map(([key, values]) => stringLine(key, values)),
  fc.tuple(
    some(
      "ArnEquals",
      "ArnLike",
      "ArnNotLike",
      "ArnNotEqualsIfExists",
      "StringLike",
      "StringNotLike",
    ),
    some("aws:PrincipalArn"),
    oneOrMore(arnValue),
  ),
  fc.tuple(some("Bool", "BoolIfExists"), some("aws:MultiFactorAuthPresent"), some("true", "false")),
  fc.tuple(
    some(
      "NumericLessThan",
      "NumericGreaterThanEquals",
      "NumericNotEquals",
      "NumericLessThanEqualsIfExists",
    ),
    some("aws:MultiFactorAuthAge"),
    oneOrMore(some(...AGES)),
  ),
  fc.tuple(
    some("DateLessThan", "DateGreaterThan", "DateGreaterThanEquals", "DateNotEquals", "DateEquals"),
    some("aws:CurrentTime"),
    some(...TIMES),
  ),
  fc.tuple(
    some("DateLessThan", "DateGreaterThanEquals", "DateLessThanIfExists"),
    some("aws:TokenIssueTime"),
    some(...TIMES),
  ),
  fc.tuple(
    some("IpAddress", "NotIpAddress", "IpAddressIfExists", "NotIpAddressIfExists"),
    some("aws:SourceIp"),
    oneOrMore(some(...RANGES)),
  ),
  fc.tuple(
    some("StringEquals", "StringNotEqualsIfExists"),
    some("aws:SourceVpce"),
    some("vpce-1", "vpce-2"),
  ),
  fc.tuple(
    some(
      "ForAllValues:StringEquals",
      "ForAnyValue:StringEquals",
      "ForAllValues:StringNotEquals",
      "ForAnyValue:StringNotLike",
      "ForAnyValue:StringLike",
      "ForAllValues:StringLike",
    ),
    some("aws:TagKeys"),
    oneOrMore(some(...TAG_KEYS, "t*", "?eam")),
  ),
  fc.tuple(
    some("Null"),
    some(
      "aws:TagKeys",
      "aws:TokenIssueTime",
      "sts:ExternalId",
      "aws:SourceVpce",
      "aws:PrincipalOrgID",
      "aws:RequestTag/team",
    ),
    some("true", "false"),
  ),
);

function block(lines: readonly Line[]): ConditionBlock {
  const made: Record<string, Record<string, OneOrMore>> = {};
  for (const [operator, key, values] of lines) (made[operator] ??= {})[key] = values;
  return made;
}

/** A statement of a trust policy as people write them; one in ten names its exceptions instead. */
export const trustStatements: fc.Arbitrary<Statement> = fc
  .tuple(
    some("Allow" as const, "Allow" as const, "Allow" as const, "Deny" as const),
    principal,
    fc.nat(9),
    action,
    fc.array(line, { maxLength: 3 }),
  )
  .map(([Effect, element, choice, Action, lines]) => ({
    Effect,
    ...(choice === 0 ? { NotPrincipal: element } : { Principal: element }),
    Action,
    Condition: block(lines),
  }));

/** Trust policies of a few statements. */
export const trustPolicies: fc.Arbitrary<PolicyDocument> = fc
  .array(trustStatements, { minLength: 1, maxLength: 4 })
  .map((Statement) => ({ Version: "2012-10-17", Statement }));

function arnsOf(kind: "role" | "user"): fc.Arbitrary<string> {
  const ids = some(...ACCOUNT_IDS, "999999999999");
  const names = kind === "role" ? ROLE_NAMES : ["ann", "team/bob", "x"];
  return fc.tuple(ids, some(...names)).map(([id, name]) => `arn:aws:iam::${id}:${kind}/${name}`);
}

const callers: fc.Arbitrary<Caller> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(arnsOf("role"), some("ci", "other"))
      .map(([roleArn, sessionName]) => ({ kind: "role-session" as const, roleArn, sessionName })),
  },
  { weight: 3, arbitrary: arnsOf("user").map((arn) => ({ kind: "user" as const, arn })) },
  {
    weight: 1,
    arbitrary: some("ec2.amazonaws.com", "sns.amazonaws.com").map((service) => ({
      kind: "service" as const,
      service,
    })),
  },
  {
    weight: 2,
    arbitrary: some<Caller>(
      { kind: "web-identity", provider: GITHUB },
      { kind: "web-identity", provider: GOOGLE },
      { kind: "web-identity", provider: AMAZON },
      { kind: "saml", provider: SAML },
    ),
  },
);

const optional = (values: readonly string[]): fc.Arbitrary<string | undefined> =>
  fc.option(some(...values), { nil: undefined, freq: 3 });

const choices = fc.record({
  externalId: optional(STRINGS["sts:ExternalId"] ?? []),
  sessionName: some(...(STRINGS["sts:RoleSessionName"] ?? [])),
  tag: optional(STRINGS["aws:PrincipalTag/team"] ?? []),
  organization: optional(ORGANIZATIONS),
  sub: some(...(STRINGS["token.actions.githubusercontent.com:sub"] ?? [])),
  aud: some(...(STRINGS["token.actions.githubusercontent.com:aud"] ?? [])),
  googleAud: some(...(STRINGS["accounts.google.com:oaud"] ?? [])),
  amazonUser: optional(STRINGS["www.amazon.com:user_id"] ?? []),
  samlAud: some(...(STRINGS["SAML:aud"] ?? [])),
  requestTag: some(...(STRINGS["aws:RequestTag/team"] ?? [])),
  tagKeys: fc.subarray(TAG_KEYS),
  now: some(...TIMES),
  issued: optional(TIMES),
  age: some(...AGES),
  mfa: some("none", "true", "false"),
  address: optional(ADDRESSES),
  endpoint: some("vpce-1", "vpce-2", "vpce-3"),
  action: some("assume" as const, "assume" as const, "assume" as const, "sts:TagSession" as const),
});

/** Requests that keep to the axioms of the prover, with values that policies may ask for. */
export const trustRequests: fc.Arbitrary<AccessRequest> = fc
  .tuple(callers, choices)
  .map(([caller, choice]) => {
    const keys: Record<string, string | string[] | undefined> = {
      "aws:CurrentTime": choice.now,
      "aws:SourceIp": choice.address,
      "aws:SourceVpce": choice.address === undefined ? choice.endpoint : undefined,
      "aws:PrincipalTag/team": choice.tag,
      "sts:RoleSessionName": choice.sessionName,
      "aws:TagKeys": choice.tagKeys,
      "aws:RequestTag/team": choice.tagKeys.some((key) => key.toLowerCase() === "team")
        ? choice.requestTag
        : undefined,
    };
    if (caller.kind === "user" || caller.kind === "role-session") {
      const arn = caller.kind === "user" ? caller.arn : caller.roleArn;
      const account = arn.split(":")[4] ?? "";
      const facts = ACCOUNTS.get(account);
      keys["aws:PrincipalArn"] = arn;
      keys["aws:PrincipalAccount"] = account;
      keys["aws:PrincipalOrgID"] = facts === undefined ? choice.organization : facts.organizationId;
      keys["sts:ExternalId"] = choice.externalId;
      const issued = [choice.issued ?? choice.now, choice.now].sort()[0];
      if (caller.kind === "user") {
        keys["aws:username"] = arn.split("/").at(-1);
        const mfa = choice.mfa === "none" ? undefined : choice.mfa;
        keys["aws:MultiFactorAuthPresent"] = mfa;
        keys["aws:MultiFactorAuthAge"] = mfa === "true" ? choice.age : undefined;
        keys["aws:TokenIssueTime"] =
          mfa === undefined && choice.issued === undefined ? undefined : issued;
        keys["aws:userid"] = "AIDAEXAMPLE";
      } else {
        keys["aws:TokenIssueTime"] = issued;
        keys["aws:MultiFactorAuthPresent"] = choice.mfa === "false" ? "false" : undefined;
        keys["aws:userid"] = `AROAEXAMPLE:${caller.sessionName}`;
      }
    }
    if (caller.kind === "service") keys["sts:ExternalId"] = choice.externalId;
    if (caller.kind === "web-identity" && caller.provider === GOOGLE) {
      keys["accounts.google.com:oaud"] = choice.googleAud;
    }
    if (caller.kind === "web-identity" && caller.provider === AMAZON) {
      keys["www.amazon.com:user_id"] = choice.amazonUser;
    }
    if (caller.kind === "web-identity" && caller.provider === GITHUB) {
      keys["token.actions.githubusercontent.com:sub"] = choice.sub;
      keys["token.actions.githubusercontent.com:aud"] = choice.aud;
    }
    if (caller.kind === "saml") keys["SAML:aud"] = choice.samlAud;
    const assume = {
      user: "sts:AssumeRole",
      "role-session": "sts:AssumeRole",
      service: "sts:AssumeRole",
      "web-identity": "sts:AssumeRoleWithWebIdentity",
      saml: "sts:AssumeRoleWithSAML",
    } as const;
    const present = Object.entries(keys).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value] as const],
    );
    return {
      caller,
      action: choice.action === "assume" ? assume[caller.kind] : choice.action,
      roleArn: ROLE_ARN,
      context: requestContext(Object.fromEntries(present)),
    };
  });

/** A document and one that was changed in a way that tools and people change them. */
export function changed(document: PolicyDocument): fc.Arbitrary<PolicyDocument> {
  const statements = document.Statement;
  const at = fc.nat(Math.max(0, statements.length - 1));
  const replace = (index: number, ...by: Statement[]): PolicyDocument => ({
    ...document,
    Statement: [...statements.slice(0, index), ...by, ...statements.slice(index + 1)],
  });
  return fc.oneof(
    fc.constant(document),
    fc.constant({ ...document, Statement: [...statements].reverse() }),
    at.map((index) => replace(index)),
    trustStatements.map((added) => ({ ...document, Statement: [...statements, added] })),
    fc.tuple(at, line).map(([index, added]) => {
      const statement = statements[index];
      if (statement === undefined) return document;
      const lines = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
        Object.entries(keys).map(([key, values]) => [operator, key, values] as const),
      );
      return replace(index, { ...statement, Condition: block([...lines, added]) });
    }),
    fc.tuple(at, fc.nat(2)).map(([index, dropped]) => {
      const statement = statements[index];
      if (statement === undefined) return document;
      const operators = Object.entries(statement.Condition ?? {});
      return replace(index, {
        ...statement,
        Condition: Object.fromEntries(operators.filter((_, position) => position !== dropped)),
      });
    }),
    fc.tuple(at, principal).map(([index, Principal]) => {
      const statement = statements[index];
      if (statement === undefined) return document;
      const { NotPrincipal: _, ...rest } = statement;
      return replace(index, { ...rest, Principal });
    }),
  );
}
