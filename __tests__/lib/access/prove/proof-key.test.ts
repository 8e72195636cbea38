import { proofKey } from "../../../../lib/access/prove/proof-key";
import type { ContainmentQuestion } from "../../../../lib/access/prove/prove-contained";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type { PolicyDocument } from "../../../../lib/iam/policy-document";

const accounts = new Map([
  ["111111111111", { organizationId: "o-exampleorg1" }],
  ["222222222222", { organizationId: "o-exampleorg1" }],
  ["333333333333", { organizationId: "o-exampleorg1" }],
  ["444444444444", { organizationId: "o-exampleorg2" }],
]);

function trust(...principals: readonly string[]): PolicyDocument {
  return policyDocument([
    { Effect: "Allow", Principal: { AWS: principals }, Action: "sts:AssumeRole" },
  ]);
}

function key(
  account: string,
  granted: PolicyDocument,
  declared: PolicyDocument,
  more: Partial<ContainmentQuestion> = {},
): string {
  return proofKey({
    roleArn: `arn:aws:iam::${account}:role/spoke`,
    granted,
    declared,
    accounts,
    ...more,
  });
}

const hub = trust("111111111111");
const own = (account: string): PolicyDocument =>
  trust(`arn:aws:iam::${account}:root`, "111111111111");

test("questions that differ by the role's own account have one key", () => {
  expect(key("222222222222", hub, hub)).toBe(key("333333333333", hub, hub));
  expect(key("222222222222", own("222222222222"), hub)).toBe(
    key("333333333333", own("333333333333"), hub),
  );
  expect(key("222222222222", trust("111111111111", "222222222222"), hub)).toBe(
    key("222222222222", trust("222222222222", "111111111111"), hub),
  );
});

test.each<[string, string, string]>([
  [
    "another document",
    key("222222222222", hub, hub),
    key("222222222222", own("333333333333"), hub),
  ],
  [
    "the role's account and another one",
    key("222222222222", own("222222222222"), hub),
    key("333333333333", own("222222222222"), hub),
  ],
  [
    "the two documents exchanged",
    key("222222222222", own("222222222222"), hub),
    key("222222222222", hub, own("222222222222")),
  ],
  ["another organization", key("222222222222", hub, hub), key("444444444444", hub, hub)],
  ["an account outside of the map", key("222222222222", hub, hub), key("555555555555", hub, hub)],
  ["the hub itself", key("222222222222", hub, hub), key("111111111111", hub, hub)],
  [
    "assumed permission",
    key("222222222222", hub, hub),
    key("222222222222", hub, hub, { assumePermission: true }),
  ],
])("a difference that can matter makes another key: %s", (_name, one, other) => {
  expect(one).not.toBe(other);
});

test("an id within a longer number is not the account", () => {
  const external = (id: string): PolicyDocument =>
    policyDocument([
      {
        Effect: "Allow",
        Principal: "*",
        Action: "sts:*",
        Condition: { StringEquals: { "sts:ExternalId": id } },
      },
    ]);
  expect(key("222222222222", external("9222222222222"), hub)).not.toBe(
    key("333333333333", external("9333333333333"), hub),
  );
});

test("patterns for account ids keep the role's account in the key", () => {
  const pattern = policyDocument([
    {
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "sts:*",
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::2*:role/x" } },
    },
  ]);
  expect(key("222222222222", pattern, pattern)).not.toBe(key("333333333333", pattern, pattern));
});
