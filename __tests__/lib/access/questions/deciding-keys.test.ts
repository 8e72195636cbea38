import { policyDocument } from "../../../../lib/iam/policy-document";
import type { ConditionBlock, Statement } from "../../../../lib/iam/policy-document";
import type { AccessRequest } from "../../../../lib/access/access-request";
import { decidingKeys } from "../../../../lib/access/questions/deciding-keys";

const [ANN, BOB] = ["ann", "bob"].map((name) => `arn:aws:iam::111111111111:role/${name}`);
const ROOT = "arn:aws:iam::111111111111:root";

const request: AccessRequest = {
  caller: { kind: "role-session", roleArn: ANN ?? "", sessionName: "session" },
  action: "sts:AssumeRole",
  roleArn: "arn:aws:iam::222222222222:role/deployer",
  context: new Map(),
};

function trusts(
  role: string | undefined,
  asked: ConditionBlock,
  more: Partial<Statement> = {},
): Statement {
  return {
    Effect: "Allow",
    Principal: { AWS: ROOT },
    Action: "sts:AssumeRole",
    Condition: { ArnLike: { "aws:PrincipalArn": [role ?? ""] }, ...asked },
    ...more,
  };
}
function keys(one: readonly Statement[], other: readonly Statement[]): readonly string[] {
  return decidingKeys(request, [policyDocument([...one]), policyDocument([...other])]);
}
const ID: ConditionBlock = { StringEquals: { "sts:ExternalId": "one" } };
const ORGANIZATION: ConditionBlock = { StringEquals: { "aws:PrincipalOrgID": "o-exampleorg1" } };

test("a key decides that one policy tests and the other does not, or otherwise", () => {
  expect(keys([trusts(ANN, ID)], [trusts(ANN, {})])).toEqual(["sts:ExternalId"]);
  const two: ConditionBlock = { StringEquals: { "sts:ExternalId": ["one", "two"] } };
  expect(keys([trusts(ANN, ID)], [trusts(ANN, two)])).toEqual(["sts:ExternalId"]);
  expect(keys([trusts(ANN, ORGANIZATION)], [trusts(ANN, ID)])).toEqual([
    "aws:PrincipalOrgID",
    "sts:ExternalId",
  ]);
});

test("a key that both test alike decides nothing", () => {
  expect(keys([trusts(ANN, ID)], [trusts(ANN, ID)])).toEqual([]);
  expect(keys([trusts(ANN, ID)], [trusts(ANN, { stringequals: ID.StringEquals ?? {} })])).toEqual([
    "sts:ExternalId",
  ]);
});

test("what is asked of others, or of other actions, decides nothing", () => {
  expect(keys([trusts(ANN, {}), trusts(BOB, ID)], [trusts(ANN, {})])).toEqual([]);
  expect(
    keys([trusts(ANN, {}), trusts(ANN, ID, { Action: "sts:TagSession" })], [trusts(ANN, {})]),
  ).toEqual([]);
  const elsewhere = { Principal: { AWS: "arn:aws:iam::333333333333:root" } };
  expect(keys([trusts(ANN, {}), trusts("*", ID, elsewhere)], [trusts(ANN, {})])).toEqual([]);
});
