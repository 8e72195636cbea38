import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CAUSES, causeOf } from "../../../../lib/session/why/causes";
import { readError } from "../../../../lib/session/why/read-error";
import { ROOT } from "../../../support/project";

const DENIED =
  "User: arn:aws:sts::111111111111:assumed-role/a/b is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role/c";

describe("the cause of an answer of AWS", () => {
  test.each([
    ["denied", `An error occurred (AccessDenied) when calling the AssumeRole operation: ${DENIED}`],
    [
      "denied",
      `botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the AssumeRole operation: ${DENIED}`,
    ],
    ["denied", `AccessDenied: ${DENIED}\n    at something`],
    [
      "service-control-policy",
      `An error occurred (AccessDenied) when calling the AssumeRole operation: ${DENIED} with an explicit deny in a service control policy`,
    ],
    [
      "resource-control-policy",
      `An error occurred (AccessDenied) when calling the AssumeRole operation: ${DENIED} with an explicit deny in a resource control policy`,
    ],
    [
      "permissions-boundary",
      `AccessDenied: ${DENIED} because no permissions boundary allows the sts:AssumeRole action`,
    ],
    [
      "session-policy",
      `AccessDenied: ${DENIED} because no session policy allows the sts:AssumeRole action`,
    ],
    [
      "identity-policy",
      `AccessDenied: ${DENIED} because no identity-based policy allows the sts:AssumeRole action`,
    ],
    [
      "trust-policy",
      `AccessDenied: ${DENIED} because no resource-based policy allows the sts:AssumeRole action`,
    ],
    ["set-source-identity", `AccessDenied: ${DENIED.replace("AssumeRole", "SetSourceIdentity")}`],
    ["tag-session", `AccessDenied: ${DENIED.replace("AssumeRole", "TagSession")}`],
    [
      "mfa-code",
      "An error occurred (AccessDenied) when calling the AssumeRole operation: MultiFactorAuthentication failed with invalid MFA one time pass code.",
    ],
    [
      "web-identity-denied",
      "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity",
    ],
    [
      "expired",
      "An error occurred (ExpiredToken) when calling the GetCallerIdentity operation: The security token included in the request is expired",
    ],
    ["expired", "ExpiredTokenException: The security token included in the request is expired"],
    [
      "clock",
      "An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operation: Signature expired: 20270101T000000Z is now earlier than 20270101T001000Z",
    ],
    [
      "signature",
      "An error occurred (SignatureDoesNotMatch) when calling the GetCallerIdentity operation: The request signature we calculated does not match",
    ],
    [
      "unknown-key",
      "An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid",
    ],
    [
      "unknown-key",
      "An error occurred (InvalidAccessKeyId) when calling the ListObjects operation: The AWS Access Key Id you provided does not exist in our records.",
    ],
    [
      "chain-hour",
      "An error occurred (ValidationError) when calling the AssumeRole operation: The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    ],
    [
      "max-session",
      "An error occurred (ValidationError) when calling the AssumeRole operation: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    ],
    [
      "region-disabled",
      "An error occurred (RegionDisabledException) when calling the AssumeRole operation: STS is not activated in this region for account:111111111111.",
    ],
    [
      "throttled",
      "An error occurred (Throttling) when calling the AssumeRole operation (reached max retries: 4): Rate exceeded",
    ],
    ["no-profile", "The config profile (deployer) could not be found"],
    [
      "no-credentials",
      'Unable to locate credentials. You can configure credentials by running "aws configure".',
    ],
    ["network", 'Could not connect to the endpoint URL: "https://sts.eu-west-1.amazonaws.com/"'],
  ])("%s: %s", (id, text) => {
    expect(causeOf(readError(text))?.id).toBe(id);
  });

  test("of what is not known is not guessed", () => {
    expect(causeOf(readError("something else went wrong"))).toBeUndefined();
  });

  test("the caller and the role are read from the message", () => {
    expect(
      readError(
        `An error occurred (AccessDenied) when calling the AssumeRole operation: ${DENIED}.`,
      ),
    ).toMatchObject({
      code: "AccessDenied",
      caller: "arn:aws:sts::111111111111:assumed-role/a/b",
      action: "sts:AssumeRole",
      resource: "arn:aws:iam::222222222222:role/c",
    });
  });

  test("every cause is on the page of causes", () => {
    const page = readFileSync(join(ROOT, "docs", "using-access.md"), "utf8");
    expect(CAUSES.map(({ id }) => id).filter((id) => !page.includes(`\`${id}\``))).toEqual([]);
  });
});
