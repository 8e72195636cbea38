import type { AccountDirectory } from "../../../../lib/access/account-directory";
import { PROOF_ASSUMPTIONS, AXIOM_TABLE } from "../../../../lib/access/prove/axioms";
import { proveContained } from "../../../../lib/access/prove/prove-contained";
import type { Verdict } from "../../../../lib/access/prove/prove-contained";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type {
  ConditionBlock,
  PolicyDocument,
  Statement,
} from "../../../../lib/iam/policy-document";

const ORG = "o-exampleorg1";
const UNIT = `${ORG}/r-ab12/ou-ab12-cdefgh34/`;
const MAP: AccountDirectory = new Map([
  ["111111111111", { organizationId: ORG, organizationPath: UNIT }],
  ["222222222222", { organizationId: ORG }],
]);
const ACCOUNT = { AWS: "arn:aws:iam::111111111111:root" };
const STRANGER = { AWS: "arn:aws:iam::444444444444:root" };
const ROLE = { AWS: "arn:aws:iam::111111111111:role/path/hub" };
const USER = { AWS: "arn:aws:iam::111111111111:user/ann" };
const SERVICE = { Service: "cognito-idp.amazonaws.com" };
const PROVIDER = "arn:aws:iam::222222222222:";
const GITHUB = { Federated: `${PROVIDER}oidc-provider/token.actions.githubusercontent.com` };
const SAML = { Federated: `${PROVIDER}saml-provider/corp` };
const AMAZON = { Federated: "www.amazon.com" };
const FACEBOOK = { Federated: "graph.facebook.com" };

type Principal = NonNullable<Statement["Principal"]>;

function trust(
  principal: Principal,
  condition: ConditionBlock,
  action = "sts:AssumeRole*",
): PolicyDocument {
  return policyDocument([
    { Effect: "Allow", Principal: principal, Action: action, Condition: condition },
  ]);
}

function prove(granted: PolicyDocument, declared: PolicyDocument): Verdict["verdict"] {
  const roleArn = "arn:aws:iam::222222222222:role/spoke";
  return proveContained({ roleArn, accounts: MAP, granted, declared }).verdict;
}

/** Whether somebody of a principal can make a request that fulfils a condition. */
function possible(principal: Principal, condition: ConditionBlock, action?: string): boolean {
  const verdict = prove(trust(principal, condition, action), policyDocument([]));
  if (verdict === "unknown") throw new Error("nothing is known");
  return verdict === "refuted";
}

const is = (key: string, ...values: string[]): ConditionBlock => ({
  StringLike: { [key]: values },
});
const flag = (key: string, value: string): ConditionBlock => ({ Bool: { [key]: value } });
const there = (key: string): ConditionBlock => ({ Null: { [key]: "false" } });
const absent = (key: string): ConditionBlock => ({ Null: { [key]: "true" } });

/** What each axiom makes possible and impossible, by its id: a row of the table without an entry fails. */
const CONSEQUENCES: Readonly<Record<string, () => void>> = {
  organization() {
    expect(possible(ACCOUNT, absent("aws:PrincipalOrgID"))).toBe(false);
    expect(possible(ACCOUNT, is("aws:PrincipalOrgID", "o-exampleorg2"))).toBe(false);
    expect(possible(STRANGER, absent("aws:PrincipalOrgID"))).toBe(true);
    expect(possible(STRANGER, is("aws:PrincipalOrgID", ORG))).toBe(true);
  },
  callers() {
    expect(possible(ACCOUNT, is("aws:PrincipalType", "Account"))).toBe(false);
    expect(possible(ACCOUNT, is("aws:PrincipalType", "User", "AssumedRole"))).toBe(true);
    expect(possible(USER, flag("aws:PrincipalIsAWSService", "true"))).toBe(false);
    expect(possible(SERVICE, flag("aws:PrincipalIsAWSService", "false"))).toBe(false);
  },
  partition() {
    expect(possible({ AWS: "arn:aws-cn:iam::111111111111:root" }, {})).toBe(false);
    expect(possible({ AWS: "*" }, is("aws:PrincipalArn", "arn:aws-cn:*"))).toBe(false);
  },
  "principal-arn"() {
    const sessions = { ArnLike: { "aws:PrincipalArn": "arn:aws:sts::*:assumed-role/*" } };
    expect(possible({ AWS: "*" }, sessions)).toBe(false);
    const role = { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/path/hub" } };
    expect(possible({ AWS: "*" }, role)).toBe(true);
    const other = { ...role, ...is("aws:PrincipalAccount", "111111111111") };
    expect(possible(STRANGER, other)).toBe(false);
  },
  "user-id"() {
    expect(possible(ROLE, is("aws:userid", "AROA*:ann@example.com"))).toBe(true);
    expect(possible(ROLE, is("aws:userid", "ann@example.com"))).toBe(false);
    expect(possible(ROLE, is("aws:userid", "AIDA*"))).toBe(false);
    expect(possible(ROLE, is("aws:userid", "*:a b"))).toBe(false);
    expect(possible(USER, is("aws:userid", "AIDA*"))).toBe(true);
    expect(possible(USER, is("aws:userid", "*:*"))).toBe(false);
    expect(possible(USER, absent("aws:userid"))).toBe(false);
  },
  "session-name"() {
    const named = (name: string): Principal => ({
      AWS: `arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/${name}`,
    });
    expect(possible(named("ann@example.com"), {})).toBe(true);
    expect(possible(named("a:b"), {})).toBe(false);
    expect(possible(ROLE, is("sts:RoleSessionName", "a"))).toBe(false);
    expect(possible(ROLE, is("sts:RoleSessionName", "ann@example.com"))).toBe(true);
    expect(possible(ROLE, is("sts:RoleSessionName", "ann/example"))).toBe(false);
  },
  "no-organization"() {
    for (const principal of [SERVICE, GITHUB, SAML]) {
      expect(possible(principal, there("aws:PrincipalOrgID"))).toBe(false);
    }
    for (const principal of [GITHUB, SAML]) {
      expect(possible(principal, there("aws:PrincipalArn"))).toBe(false);
    }
  },
  "external-id"() {
    for (const principal of [ROLE, USER, SERVICE]) {
      expect(possible(principal, is("sts:ExternalId", "pool-1"))).toBe(true);
      expect(possible(principal, is("sts:ExternalId", "pool 1"))).toBe(false);
      expect(possible(principal, is("sts:ExternalId", "p"))).toBe(false);
      expect(possible(principal, absent("sts:ExternalId"))).toBe(true);
    }
    for (const principal of [GITHUB, SAML]) {
      expect(possible(principal, there("sts:ExternalId"))).toBe(false);
    }
  },
  mfa() {
    const key = "aws:MultiFactorAuthPresent";
    expect(possible(ROLE, flag(key, "true"))).toBe(false);
    expect(possible(ROLE, flag(key, "false"))).toBe(true);
    expect(possible(ROLE, absent(key))).toBe(true);
    expect(possible(USER, flag(key, "true"))).toBe(true);
    expect(possible(GITHUB, there(key))).toBe(false);
    expect(possible(SERVICE, there(key))).toBe(false);
    // BoolIfExists and Bool differ for a session only where the key is absent.
    const strict = trust(ROLE, flag(key, "false"));
    expect(prove(strict, trust(ROLE, { BoolIfExists: { [key]: "false" } }))).toBe("proved");
    expect(prove(trust(ROLE, { BoolIfExists: { [key]: "false" } }), strict)).toBe("refuted");
  },
  "mfa-age"() {
    const age = (operator: string, seconds: string): ConditionBlock => ({
      [operator]: { "aws:MultiFactorAuthAge": seconds },
    });
    expect(possible(USER, age("NumericLessThan", "1"))).toBe(true);
    expect(possible(USER, age("NumericLessThan", "0"))).toBe(false);
    expect(possible(USER, age("NumericGreaterThan", "129599"))).toBe(true);
    expect(possible(USER, age("NumericGreaterThan", "129600"))).toBe(false);
    expect(possible(ROLE, there("aws:MultiFactorAuthAge"))).toBe(false);
    const without = {
      ...there("aws:MultiFactorAuthAge"),
      ...flag("aws:MultiFactorAuthPresent", "false"),
    };
    expect(possible(USER, without)).toBe(false);
  },
  "source-address"() {
    const both = { Null: { "aws:SourceIp": "false", "aws:SourceVpce": "false" } };
    const neither = { Null: { "aws:SourceIp": "true", "aws:SourceVpce": "true" } };
    expect(possible(ROLE, both)).toBe(false);
    expect(possible(ROLE, neither)).toBe(false);
    expect(possible(ROLE, there("aws:SourceVpce"))).toBe(true);
  },
  "source-keys"() {
    for (const key of ["aws:SourceArn", "aws:SourceAccount"]) {
      expect(possible(SERVICE, there(key))).toBe(true);
      expect(possible(SERVICE, absent(key))).toBe(true);
      for (const principal of [ROLE, USER, GITHUB, SAML]) {
        expect(possible(principal, there(key))).toBe(false);
      }
    }
  },
  claims() {
    const issuer = "token.actions.githubusercontent.com";
    expect(possible(GITHUB, absent(`${issuer}:sub`))).toBe(false);
    expect(possible(GITHUB, absent(`${issuer}:aud`))).toBe(false);
    expect(possible(GITHUB, absent(`${issuer}:ref`))).toBe(true);
    expect(possible(SAML, there(`${issuer}:sub`))).toBe(false);
    expect(possible(AMAZON, there(`${issuer}:sub`))).toBe(false);
    for (const [principal, host] of [
      [AMAZON, "www.amazon.com"],
      [FACEBOOK, "graph.facebook.com"],
    ] as const) {
      expect(possible(principal, absent(`${host}:sub`))).toBe(true);
      expect(possible(principal, absent(`${host}:aud`))).toBe(true);
      expect(possible(principal, is(`${host}:app_id`, "x"))).toBe(true);
    }
    const google = { Federated: "accounts.google.com" };
    expect(possible(google, absent("accounts.google.com:sub"))).toBe(false);
  },
  time() {
    expect(possible(ROLE, absent("aws:CurrentTime"))).toBe(false);
    const backwards = {
      DateLessThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
      DateGreaterThanEquals: { "aws:TokenIssueTime": "2026-01-01T00:00:00Z" },
    };
    expect(possible(ROLE, backwards)).toBe(false);
  },
  "organization-ids"() {
    const path = (value: string): ConditionBlock => ({
      "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": value },
    });
    expect(possible(STRANGER, is("aws:PrincipalOrgID", "o-abcdefghij"))).toBe(true);
    expect(possible(STRANGER, is("aws:PrincipalOrgID", "o-abcdefghi"))).toBe(false);
    expect(possible(STRANGER, is("aws:PrincipalOrgID", "o-Abcdefghij"))).toBe(false);
    expect(possible(STRANGER, path("o-abcdefghij/r-ab12/ou-ab12-cdefgh34/*"))).toBe(true);
    expect(possible(STRANGER, path("o-abcdefghij/r-ab1/*"))).toBe(false);
    expect(possible(STRANGER, path("o-abcdefghij/r-ab12/ou-ab1-cdefgh34/"))).toBe(false);
    expect(possible(STRANGER, path("o-abcdefghij/r-ab12/ou-ab12-cdefgh3/"))).toBe(false);
    const deep = (count: number): string =>
      `o-abcdefghij/r-ab12/${"ou-ab12-cdefgh34/".repeat(count)}`;
    expect(possible(STRANGER, path(deep(5)))).toBe(true);
    expect(possible(STRANGER, path(deep(6)))).toBe(false);
  },
  "tag-keys"() {
    const hidden = {
      StringEquals: { "aws:RequestTag/team": "red" },
      "ForAllValues:StringNotEqualsIgnoreCase": { "aws:TagKeys": "team" },
    };
    expect(possible(ROLE, hidden, "sts:TagSession")).toBe(false);
  },
  types() {
    expect(possible(ROLE, { NumericLessThan: { "aws:PrincipalTag/level": "3" } })).toBe(true);
    const mixed = {
      NumericLessThan: { "aws:PrincipalTag/level": "3" },
      IpAddress: { "aws:PrincipalTag/level": "10.0.0.0/8" },
    };
    expect(prove(trust(ROLE, mixed), policyDocument([]))).toBe("unknown");
  },
};

test.each(AXIOM_TABLE.map((axiom) => [axiom.id, axiom] as const))("%s", (id, { text, source }) => {
  const consequence = CONSEQUENCES[id];
  if (consequence === undefined) throw new Error(`no test says what follows from: ${text}`);
  consequence();
  expect(source).toMatch(/(?:Guide|Reference), |aws-samples, /);
});

test("every row is printed with its rules and its source", () => {
  expect(Object.keys(CONSEQUENCES)).toEqual(AXIOM_TABLE.map(({ id }) => id));
  expect(PROOF_ASSUMPTIONS).toHaveLength(AXIOM_TABLE.length);
  expect(PROOF_ASSUMPTIONS).toContain(
    "callers and the role are in the same partition [PT-03] (IAM User Guide, reference-arns)",
  );
});
