import { isMultiValued, keyPresence, neverTrue } from "../../../../lib/access/decide/condition-key";

const GITHUB = "arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com";
const EKS = "arn:aws:iam::222222222222:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC123";

describe("whether a caller's requests carry a key", () => {
  test.each([
    ["aws:PrincipalOrgID", "sometimes", "sometimes", "never", "never", "never"],
    ["AWS:principalorgid", "sometimes", "sometimes", "never", "never", "never"],
    ["aws:PrincipalArn", "always", "always", "never", "never", "never"],
    ["aws:MultiFactorAuthPresent", "sometimes", "sometimes", "never", "never", "never"],
    ["aws:MultiFactorAuthAge", "sometimes", "never", "never", "never", "never"],
    ["aws:TokenIssueTime", "sometimes", "always", "never", "never", "never"],
    ["aws:SourceArn", "never", "never", "sometimes", "never", "never"],
    ["aws:CurrentTime", "always", "always", "always", "always", "always"],
    ["sts:ExternalId", "sometimes", "sometimes", "sometimes", "never", "never"],
    ["sts:DurationSeconds", "never", "never", "never", "never", "never"],
    ["sts:SourceIdentity", "sometimes", "sometimes", "sometimes", "sometimes", "sometimes"],
    [
      "aws:PrincipalTag/x509Subject/CN",
      "sometimes",
      "sometimes",
      "sometimes",
      "sometimes",
      "sometimes",
    ],
    ["ec2:RoleDelivery", "never", "sometimes", "never", "never", "never"],
    ["SAML:aud", "never", "never", "never", "never", "always"],
    ["saml:sub", "never", "never", "never", "never", "sometimes"],
    ["token.actions.githubusercontent.com:sub", "never", "never", "never", "always", "never"],
    ["token.actions.githubusercontent.com:ref", "never", "never", "never", "sometimes", "never"],
    ["gitlab.com:sub", "never", "never", "never", "never", "never"],
    ["custom:key", "sometimes", "sometimes", "sometimes", "sometimes", "sometimes"],
  ])("%s", (key, ...expected) => {
    const kinds = ["user", "role-session", "service", "web-identity", "saml"] as const;
    expect(kinds.map((kind) => keyPresence(key, kind, GITHUB))).toEqual(expected);
  });

  test("an issuer with a path, and one without a provider resource (OI-01, OI-02)", () => {
    const key = "oidc.eks.eu-west-1.amazonaws.com/id/ABC123:sub";
    expect(keyPresence(key, "web-identity", EKS)).toBe("always");
    expect(keyPresence(key, "web-identity", EKS.replace("ABC", "DEF"))).toBe("never");
    expect(keyPresence("accounts.google.com:aud", "web-identity", "accounts.google.com")).toBe(
      "always",
    );
  });

  test.each(["www.amazon.com", "graph.facebook.com"])("%s has no claim that is certain", (host) => {
    for (const claim of ["sub", "aud", "app_id"]) {
      expect(keyPresence(`${host}:${claim}`, "web-identity", host)).toBe("sometimes");
    }
  });
});

test("only MFA of a session is never true (CK-15)", () => {
  expect(neverTrue("AWS:MultiFactorAuthPresent", "role-session")).toBe(true);
  expect(neverTrue("aws:MultiFactorAuthPresent", "user")).toBe(false);
  expect(neverTrue("aws:SecureTransport", "role-session")).toBe(false);
});

test.each([
  ["aws:TagKeys", true],
  ["aws:PrincipalOrgPaths", true],
  ["token.actions.githubusercontent.com:amr", true],
  ["token.actions.githubusercontent.com:sub", false],
  ["aws:PrincipalTag/team", false],
  ["aws:SourceVpce", false],
  ["custom:key", undefined],
])("%s has several values: %s (GR-18)", (key, expected) => {
  expect(isMultiValued(key)).toBe(expected);
});
