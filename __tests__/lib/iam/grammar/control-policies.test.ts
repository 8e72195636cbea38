import { policyKind } from "../../../../lib/iam/grammar/policy-kind";
import { checkPolicyGrammar } from "../../../../lib/iam/policy-grammar";
import { readPolicySource } from "../../../../lib/iam/policy-source";

/** The findings of a document of one statement, by rule, without their help. */
function findingsOf(
  statement: Readonly<Record<string, unknown>>,
  kind: "service-control" | "resource-control",
): string[] {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const { source } = readPolicySource("policy.json", text);
  if (source === undefined) throw new Error("the document was not read");
  return checkPolicyGrammar(source, kind).map(({ rule, message }) => `${rule}: ${message}`);
}

const DENY = { Effect: "Deny", Action: "sts:AssumeRole", Resource: "*" };
const GUARD = { ...DENY, Principal: "*" };

describe("a service control policy", () => {
  test.each<[string, object]>([
    ["denies", DENY],
    ["allows", { ...DENY, Effect: "Allow" }],
    [
      "excepts actions and resources",
      { Effect: "Allow", NotAction: "iam:*", NotResource: "arn:aws:s3:::a" },
    ],
    ["has conditions", { ...DENY, Condition: { Null: { "aws:SourceIp": "true" } } }],
  ])("%s", (_what, statement) => {
    expect(findingsOf({ ...statement }, "service-control")).toEqual([]);
  });

  test("names no principals", () => {
    expect(findingsOf(GUARD, "service-control")).toEqual([
      "GR-04: `Principal` is not allowed in a service control policy: it is about the users and roles of the accounts below",
    ]);
  });
});

describe("a resource control policy", () => {
  test.each<[string, object]>([
    ["denies everybody", GUARD],
    [
      "excepts resources",
      { Effect: "Deny", Principal: "*", Action: "s3:*", NotResource: "arn:aws:s3:::a" },
    ],
  ])("%s", (_what, statement) => {
    expect(findingsOf({ ...statement }, "resource-control")).toEqual([]);
  });

  test.each<[string, object, readonly string[]]>([
    [
      "allows nothing",
      { ...GUARD, Effect: "Allow" },
      ["PB-07: a resource control policy can only deny, got `Allow`"],
    ],
    [
      "names nobody in particular",
      { ...GUARD, Principal: { AWS: "111111111111" } },
      ['PB-07: `Principal` must be "*" in a resource control policy, got another'],
    ],
    [
      "does not leave its principals out",
      DENY,
      ['PB-07: `Principal` must be "*" in a resource control policy, and is missing'],
    ],
    [
      "excepts no principals",
      { ...DENY, NotPrincipal: { AWS: "111111111111" } },
      ["PB-07: `NotPrincipal` is not allowed in a resource control policy, allowed: `Principal`"],
    ],
    [
      "excepts no actions",
      { Effect: "Deny", Principal: "*", NotAction: "s3:*", Resource: "*" },
      ["PB-07: `NotAction` is not allowed in a resource control policy, allowed: `Action`"],
    ],
  ])("%s", (_what, statement, expected) => {
    expect(findingsOf({ ...statement }, "resource-control")).toEqual(expected);
  });
});

test("a document that denies everybody something, with resources, is taken for a resource control policy", () => {
  expect(policyKind({ Statement: [GUARD] })).toBe("resource-control");
  expect(policyKind({ Statement: [GUARD, DENY] })).toBe("trust");
  expect(policyKind({ Statement: [{ ...GUARD, Effect: "Allow" }] })).toBe("trust");
  expect(policyKind({ Statement: [{ Effect: "Deny", Principal: "*", Action: "sts:*" }] })).toBe(
    "trust",
  );
  expect(policyKind({ Statement: [DENY] })).toBe("identity");
  expect(policyKind({ Statement: [] })).toBe("identity");
});
