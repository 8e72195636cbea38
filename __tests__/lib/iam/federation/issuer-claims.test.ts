import {
  BUILT_IN_PROVIDERS,
  builtInProvider,
} from "../../../../lib/iam/federation/built-in-provider";
import {
  alwaysClaimed,
  audienceKey,
  claimKey,
  isMultiValuedClaim,
  mappedClaims,
  subjectKey,
} from "../../../../lib/iam/federation/issuer-claims";
import { usualAudience } from "../../../../lib/iam/federation/usual-audience";

const CIRCLECI = "oidc.circleci.com/org/01234567-89ab-4cde-8f01-23456789abcd";

test.each([
  ["accounts.google.com", "sub", "oaud"],
  ["cognito-identity.amazonaws.com", "sub", "aud"],
  ["graph.facebook.com", "id", "app_id"],
  ["www.amazon.com", "user_id", "app_id"],
  ["gitlab.com", "sub", "aud"],
  [CIRCLECI, "sub", "aud"],
])("of %s, the keys of subject and audience are %s and %s", (issuer, subject, audience) => {
  expect(subjectKey(issuer)).toBe(`${issuer}:${subject}`);
  expect(audienceKey(issuer)).toBe(`${issuer}:${audience}`);
});

test("beside `azp`, which is the key `aud`, the audience is `oaud`", () => {
  expect(claimKey("example.okta.com", "azp")).toBe("example.okta.com:aud");
  expect(audienceKey("example.okta.com", ["azp"])).toBe("example.okta.com:oaud");
  expect(audienceKey("accounts.google.com", ["azp"])).toBe("accounts.google.com:oaud");
});

test("a claim keeps its slashes", () => {
  expect(claimKey(CIRCLECI, "oidc.circleci.com/project-id")).toBe(
    `${CIRCLECI}:oidc.circleci.com/project-id`,
  );
  expect(mappedClaims(CIRCLECI)).toContain("oidc.circleci.com/project-id");
  expect(mappedClaims("oidc.circleci.com/org/a/b")).not.toContain("oidc.circleci.com/project-id");
});

test("a host that only begins or ends like a built-in one is none", () => {
  expect(BUILT_IN_PROVIDERS.map(({ host }) => builtInProvider(host)?.host)).toEqual(
    BUILT_IN_PROVIDERS.map(({ host }) => host),
  );
  expect(builtInProvider("Accounts.Google.com")?.host).toBe("accounts.google.com");
  for (const issuer of [
    "accounts.google.com/x",
    "x.accounts.google.com",
    "google.com",
    "toString",
  ]) {
    expect(builtInProvider(issuer)).toBeUndefined();
  }
});

test("sub and aud are certain, except where tokens have neither", () => {
  expect(alwaysClaimed("gitlab.com", "sub")).toBe(true);
  expect(alwaysClaimed("gitlab.com", "oaud")).toBe(false);
  expect(alwaysClaimed("accounts.google.com", "aud")).toBe(true);
  expect(alwaysClaimed("www.amazon.com", "sub")).toBe(false);
  expect(alwaysClaimed("graph.facebook.com", "app_id")).toBe(false);
});

test.each([
  ["cognito-identity.amazonaws.com:amr", true],
  ["example.okta.com:AMR", true],
  ["aws:amr", false],
  ["example.okta.com:sub", false],
])("%s has several values: %s", (key, expected) => {
  expect(isMultiValuedClaim(key)).toBe(expected);
});

test.each([
  ["app.terraform.io", { audience: "aws.workload.identity", isForm: false }],
  [CIRCLECI, { audience: "01234567-89ab-4cde-8f01-23456789abcd", isForm: false }],
  [
    "api.bitbucket.org/2.0/workspaces/example/pipelines-config/identity/oidc",
    { audience: "ari:cloud:bitbucket::workspace/WORKSPACE-UUID", isForm: true },
  ],
  ["gitlab.com", undefined],
  ["xapp.terraform.io", undefined],
])("the usual audience of %s", (issuer, expected) => {
  expect(usualAudience(issuer)).toEqual(expected);
});
