import { readTrustConditions } from "../../../../lib/adopt/trust/trust-conditions";
import type { TrustConditions } from "../../../../lib/adopt/trust/trust-conditions";
import { trustIdentity } from "../../../../lib/adopt/trust/trust-identity";
import type { ConditionBlock } from "../../../../lib/iam/policy-document";

function read(Condition: ConditionBlock): TrustConditions {
  const conditions = readTrustConditions({ Condition });
  if ("problem" in conditions) throw new Error(conditions.problem);
  return conditions;
}

const USER = { user: { name: "ann" } };
const SET = { permissionSet: { name: "Engineer" } };
const SAML = { saml: { provider: "corporate" } };
const OIDC = { oidc: { provider: "gitlab", subject: "x" } };
const ROLE = { role: { name: "jump" } };

const BY_NAME = { StringEquals: { "sts:SourceIdentity": "${aws:username}" } };
const LIKE_NAME = { StringLike: { "sts:sourceidentity": "${aws:userName}" } };
const BY_SESSION = { StringLike: { "aws:userid": "*:${sts:SourceIdentity}" } };
const BY_TAG = { StringEquals: { "sts:SourceIdentity": "${aws:PrincipalTag/employee}" } };
const ANY = { Null: { "sts:SourceIdentity": "false" } };
const ALICE = { StringEquals: { "sts:SourceIdentity": "alice" } };

describe("a source identity of an existing trust policy", () => {
  test.each([
    ["a user's name", USER, BY_NAME, BY_NAME, "caller"],
    ["a user's name, as the user guide writes it", USER, LIKE_NAME, LIKE_NAME, "caller"],
    ["a user's name, tested on the call alone", USER, BY_NAME, {}, "caller"],
    ["a session's name", SET, BY_SESSION, BY_SESSION, "caller"],
    [
      "a session's name, and that there is one",
      SET,
      { ...BY_SESSION, ...ANY },
      BY_SESSION,
      "caller",
    ],
    ["an attribute", SET, BY_TAG, BY_TAG, { attribute: "employee" }],
    ["what an assertion says", SAML, ANY, {}, "caller"],
    ["what a token says", OIDC, ANY, ANY, "caller"],
    ["some of what an assertion can say", SAML, ALICE, ALICE, { values: ["alice"] }],
    ["a literal", ROLE, ALICE, ALICE, { values: ["alice"] }],
    ["a literal, tested on the call alone", ROLE, ALICE, {}, { values: ["alice"] }],
    ["any", ROLE, ANY, {}, { values: ["*"] }],
    ["none that is required", ROLE, {}, ALICE, { values: ["alice"], required: false }],
  ])("that is %s is read", (_, principal, entering, setting, expected) => {
    expect(trustIdentity(principal, read(entering), read(setting))).toEqual({
      sourceIdentity: expected,
    });
  });

  test.each<[string, object, ConditionBlock, ConditionBlock | undefined]>([
    ["a user's name of sessions", SET, BY_NAME, BY_NAME],
    ["a session's name of a role", ROLE, BY_SESSION, BY_SESSION],
    ["a tag of a user", USER, BY_TAG, BY_TAG],
    ["two comparisons", SET, BY_TAG, BY_SESSION],
    ["a comparison and another value", USER, BY_NAME, ALICE],
    ["a comparison that is not required", USER, {}, BY_NAME],
    ["a comparison of what nobody can set", USER, BY_NAME, undefined],
    ["one that nobody can set", SAML, ANY, undefined],
    ["one that the session must have", ROLE, { Null: { "aws:SourceIdentity": "false" } }, {}],
  ])("that is %s is refused", (_, principal, entering, setting) => {
    const found = trustIdentity(
      principal as Record<string, unknown>,
      read(entering),
      setting === undefined ? undefined : read(setting),
    );
    expect(found).toHaveProperty("problem");
  });

  test.each([
    { StringEquals: { "sts:SourceIdentity": "${aws:PrincipalTag/a}-${aws:username}" } },
    { StringEquals: { "sts:SourceIdentity": ["${aws:username}", "bot"] } },
    { StringLike: { "aws:userid": "*${sts:SourceIdentity}" } },
    { StringEqualsIfExists: { "sts:SourceIdentity": "${aws:username}" } },
    { Null: { "sts:SourceIdentity": "true" } },
  ])("of another form is not taken for one of these: %j", (Condition) => {
    expect(readTrustConditions({ Condition })).toHaveProperty("problem");
  });
});
