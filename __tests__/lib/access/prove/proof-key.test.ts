import { proofKey } from "../../../../lib/access/prove/proof-key";
import type { ContainmentQuestion } from "../../../../lib/access/prove/prove-contained";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type { PolicyDocument, Statement } from "../../../../lib/iam/policy-document";

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

function tested(...conditions: readonly NonNullable<Statement["Condition"]>[]): PolicyDocument {
  return policyDocument(
    conditions.map((Condition) => ({
      Effect: "Allow",
      Principal: "*",
      Action: "sts:*",
      Condition,
    })),
  );
}

test("an id within a longer number is not the account", () => {
  const named = (name: string): PolicyDocument =>
    tested({ StringEquals: { "sts:RoleSessionName": name } });
  expect(key("222222222222", named("9222222222222"), hub)).not.toBe(
    key("333333333333", named("9333333333333"), hub),
  );
});

describe("external ids", () => {
  const equal = (...ids: readonly string[]): PolicyDocument =>
    tested(...ids.map((id) => ({ StringEquals: { "sts:ExternalId": id } })));
  const both = (granted: PolicyDocument, declared: PolicyDocument): string =>
    key("222222222222", granted, declared);

  test("are one as good as another where they are compared for equality", () => {
    expect(both(equal("shop"), equal("shop"))).toBe(both(equal("data"), equal("data")));
    expect(both(equal("shop", "risk"), equal("risk", "shop"))).toBe(
      both(equal("a1", "b2"), equal("b2", "a1")),
    );
    expect(both(equal("222222222222"), hub)).toBe(both(equal("shop"), hub));
  });

  test.each<[string, PolicyDocument, PolicyDocument, PolicyDocument, PolicyDocument]>([
    ["the same and another one", equal("shop"), equal("shop"), equal("shop"), equal("data")],
    [
      "two that are exchanged",
      equal("a1", "b2"),
      equal("a1", "b2"),
      equal("a1", "b2"),
      equal("b2", "a1"),
    ],
    ["one that occurs twice", equal("a1", "a1"), hub, equal("a1", "b2"), hub],
    ["no external id at all", equal("a1"), hub, hub, hub],
    ["one that nobody can have", equal("a1"), hub, equal("a"), hub],
    ["a character that no external id has", equal("a1"), hub, equal("\u00010"), hub],
  ])("differ where it matters which they are: %s", (_name, granted, declared, other, wanted) => {
    expect(both(granted, declared)).not.toBe(both(other, wanted));
  });

  test.each<[string, (id: string) => PolicyDocument]>([
    ["a pattern", (id) => tested({ StringLike: { "sts:ExternalId": `${id}-*` } })],
    [
      "a pattern elsewhere",
      (id) =>
        tested(
          { StringEquals: { "sts:ExternalId": id } },
          { StringNotLike: { "sts:externalid": "s*" } },
        ),
    ],
    ["equality in any case", (id) => tested({ StringEqualsIgnoreCase: { "sts:ExternalId": id } })],
    ["a set", (id) => tested({ "ForAnyValue:StringEquals": { "sts:ExternalId": id } })],
    [
      "a variable",
      (id) =>
        tested({
          StringEquals: { "sts:ExternalId": id, "sts:RoleSessionName": "${sts:ExternalId}" },
        }),
    ],
  ])("are kept under %s", (_name, document) => {
    expect(both(document("shop"), hub)).not.toBe(both(document("data"), hub));
  });
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
