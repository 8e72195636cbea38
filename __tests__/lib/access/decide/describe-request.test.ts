import type { AccessRequest } from "../../../../lib/access/access-request";
import { describeRequest } from "../../../../lib/access/decide/describe-request";
import { requestContext } from "../../../../lib/iam/condition/request-context";

const roleArn = "arn:aws:iam::222222222222:role/spoke";
const accounts = new Map([["111111111111", { organizationId: "o-exampleorg1" }]]);
const request: AccessRequest = {
  caller: {
    kind: "role-session",
    roleArn: "arn:aws:iam::444444444444:role/path/x",
    sessionName: "ci",
  },
  action: "sts:AssumeRole",
  roleArn,
  context: requestContext({
    "aws:PrincipalArn": "arn:aws:iam::444444444444:role/path/x",
    "aws:PrincipalAccount": "444444444444",
    "aws:TagKeys": ["a", "b"],
  }),
};

test("a caller from outside is described with what it lacks", () => {
  expect(describeRequest(request, accounts, ["sts:ExternalId", "aws:PrincipalOrgID"])).toBe(
    "role arn:aws:iam::444444444444:role/path/x (session arn:aws:sts::444444444444:assumed-role/x/ci) in account 444444444444 (not in the map, outside of any organization), with aws:TagKeys `a`, `b`, without sts:ExternalId: sts:AssumeRole on arn:aws:iam::222222222222:role/spoke",
  );
});

test("a caller of the map is described with its organization", () => {
  const caller = { kind: "user" as const, arn: "arn:aws:iam::111111111111:user/ann" };
  const context = requestContext({ "aws:PrincipalOrgID": "o-exampleorg1" });
  expect(describeRequest({ ...request, caller, context }, accounts)).toBe(
    "user arn:aws:iam::111111111111:user/ann in account 111111111111 (in organization o-exampleorg1): sts:AssumeRole on arn:aws:iam::222222222222:role/spoke",
  );
});

test.each([
  [{ kind: "service", service: "ec2.amazonaws.com" }, "service ec2.amazonaws.com"],
  [{ kind: "web-identity", provider: "accounts.google.com" }, "a token of accounts.google.com"],
  [{ kind: "saml", provider: "arn:x" }, "an assertion of arn:x"],
] as const)("callers without an account: %o", (caller, words) => {
  expect(describeRequest({ ...request, caller, context: requestContext({}) }, accounts)).toBe(
    `${words}: sts:AssumeRole on ${roleArn}`,
  );
});
