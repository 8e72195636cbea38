import fc from "fast-check";
import { OPERATOR_NAMES } from "../../../../lib/iam/condition/condition-operator";
import { evaluateCondition } from "../../../../lib/iam/condition/evaluate-condition";
import { requestContext } from "../../../../lib/iam/condition/request-context";
import type { ConditionBlock, OneOrMore } from "../../../../lib/iam/policy-document";
import { anyValue, requestContexts } from "../../../support/arbitrary/arbitrary-policy";

type Keys = Readonly<Record<string, OneOrMore>>;

function outcome(block: ConditionBlock, keys: Keys, variables = true): string {
  return evaluateCondition(block, requestContext(keys), variables).outcome;
}

/** Outcome of one operator on the key `k`, absent when `value` is not given. */
function one(operator: string, policy: OneOrMore, value?: OneOrMore): string {
  return outcome({ [operator]: { k: policy } }, value === undefined ? {} : { k: value });
}

describe("combining (GR-14)", () => {
  test("operators are ANDed", () => {
    const block = { StringEquals: { a: "1" }, StringLike: { b: "2*" } };
    expect(outcome(block, { a: "1", b: "23" })).toBe("match");
    expect(outcome(block, { a: "1", b: "3" })).toBe("no-match");
    expect(outcome(block, { a: "2", b: "23" })).toBe("no-match");
  });

  test("keys of one operator are ANDed", () => {
    const block = { StringEquals: { a: "1", b: "2" } };
    expect(outcome(block, { a: "1", b: "2" })).toBe("match");
    expect(outcome(block, { a: "1" })).toBe("no-match");
  });

  test("values are ORed", () => {
    expect(one("StringEquals", ["1", "2"], "2")).toBe("match");
    expect(one("StringEquals", ["1", "2"], "3")).toBe("no-match");
  });

  test("values of a negated operator are NORed", () => {
    expect(one("StringNotEquals", ["1", "2"], "2")).toBe("no-match");
    expect(one("StringNotEquals", ["1", "2"], "3")).toBe("match");
    expect(one("NotIpAddress", ["203.0.113.0/25", "203.0.113.128/25"], "203.0.113.200")).toBe(
      "no-match",
    );
  });

  test("no condition holds", () => {
    expect(evaluateCondition(undefined, requestContext({}), true).outcome).toBe("match");
    expect(outcome({}, {})).toBe("match");
  });

  test("names of keys match in any case", () => {
    expect(outcome({ StringEquals: { "AWS:sourceip": "x" } }, { "aws:SourceIp": "x" })).toBe(
      "match",
    );
  });
});

describe("operators (GR-15)", () => {
  test.each<[string, string, string, "match" | "no-match"]>([
    ["StringEquals", "a", "a", "match"],
    ["StringEquals", "a", "A", "no-match"],
    ["StringEqualsIgnoreCase", "a", "A", "match"],
    ["StringEqualsIgnoreCase", "a", "b", "no-match"],
    ["StringNotEqualsIgnoreCase", "a", "A", "no-match"],
    ["StringLike", "a*", "abc", "match"],
    ["StringLike", "a*", "Abc", "no-match"],
    ["StringLike", "a?", "a", "no-match"],
    ["StringNotLike", "a*", "abc", "no-match"],
    ["StringNotLike", "a*", "bc", "match"],
    ["NumericEquals", "10", "10.0", "match"],
    ["NumericNotEquals", "10", "11", "match"],
    ["NumericLessThan", "10", "9.5", "match"],
    ["NumericLessThan", "10", "10", "no-match"],
    ["NumericLessThan", "10", "9", "match"],
    ["NumericLessThanEquals", "10", "10", "match"],
    ["NumericGreaterThan", "10", "10", "no-match"],
    ["NumericGreaterThan", "9", "10", "match"],
    ["NumericGreaterThanEquals", "10", "10", "match"],
    ["DateEquals", "2026-12-31T00:00:00Z", "2026-12-31", "match"],
    ["DateEquals", "2026-12-31T01:00:00+01:00", "2026-12-31T00:00:00Z", "match"],
    ["DateNotEquals", "2026-12-31", "2026-12-30", "match"],
    ["DateLessThan", "2026-12-31T23:59:59Z", "2026-12-31T23:59:58Z", "match"],
    ["DateLessThan", "2026-12-31T23:59:59Z", "2026-12-31T23:59:59Z", "no-match"],
    ["DateLessThanEquals", "2026-12-31T23:59:59Z", "1798761599", "match"],
    ["DateGreaterThan", "2026-12-31", "2026-12-31T00:00:01Z", "match"],
    ["DateGreaterThanEquals", "2026-12-31", "2026-12-31T00:00:00Z", "match"],
    ["Bool", "true", "true", "match"],
    ["Bool", "true", "false", "no-match"],
    ["Bool", "false", "false", "match"],
    ["BinaryEquals", "QmluYXJ5", "QmluYXJ5", "match"],
    ["BinaryEquals", "QmluYXJ5", "QmluYXJ6", "no-match"],
    ["IpAddress", "203.0.113.0/24", "203.0.113.9", "match"],
    ["IpAddress", "203.0.113.0/24", "2001:db8::1", "no-match"],
    ["IpAddress", "2001:db8::/32", "2001:db8::1", "match"],
    ["NotIpAddress", "203.0.113.0/24", "198.51.100.1", "match"],
    ["NotIpAddress", "203.0.113.0/24", "203.0.113.9", "no-match"],
    ["ArnLike", "arn:aws:iam::*:role/*", "arn:aws:iam::111111111111:role/a/b", "match"],
    ["ArnNotLike", "arn:aws:iam::*:role/*", "arn:aws:iam::111111111111:user/a", "match"],
  ])("%s `%s` on `%s`: %s", (operator, policy, value, expected) => {
    expect(one(operator, policy, value)).toBe(expected);
  });

  test("an operator that does not exist is unknown, also as a Deny would read it", () => {
    expect(one("StringEqual", "a", "a")).toBe("unknown");
    expect(one("stringEquals", "a", "a")).toBe("unknown");
    expect(one("NullIfExists", "true")).toBe("unknown");
  });

  test.each([
    ["NumericEquals", "ten", "10"],
    ["DateLessThan", "2026-*", "2026-01-01"],
    ["Bool", "True", "true"],
    ["Bool", "yes", "true"],
    ["BinaryEquals", "not base64", "QQ=="],
    ["IpAddress", "203.0.113.*", "203.0.113.1"],
    ["ArnLike", "*", "arn:aws:iam::111111111111:role/app"],
    ["Null", "yes", "x"],
  ])("%s with the malformed value `%s` is unknown", (operator, policy, value) => {
    expect(one(operator, policy, value)).toBe("unknown");
    expect(one(operator, policy)).toBe("unknown");
  });

  test.each([
    ["NumericEquals", "10", "ten"],
    ["DateNotEquals", "2026-12-31", "soon"],
    ["Bool", "true", "TRUE"],
    ["IpAddress", "203.0.113.1", "host"],
  ])("%s on a value of another type is unknown", (operator, policy, value) => {
    expect(one(operator, policy, value)).toBe("unknown");
  });

  test("no values, and one key in two spellings, are unknown (GR-09, GR-13)", () => {
    expect(one("StringEquals", [], "a")).toBe("unknown");
    expect(outcome({ StringEquals: { "aws:a": "1", "AWS:A": "1" } }, { "aws:a": "1" })).toBe(
      "unknown",
    );
  });

  test("a condition that fails decides over one that cannot be told", () => {
    expect(outcome({ StringEqual: { a: "1" }, StringEquals: { b: "2" } }, { b: "3" })).toBe(
      "no-match",
    );
    expect(outcome({ StringEqual: { a: "1" }, StringEquals: { b: "2" } }, { b: "2" })).toBe(
      "unknown",
    );
  });
});

/** A well-formed value of the policy for each operator, and a request's value that is far from it. */
const SAMPLE: Readonly<Record<string, [policy: string, other: string]>> = {
  String: ["a", "b"],
  Numeric: ["10", "11"],
  Date: ["2026-12-31", "2027-12-31"],
  Bool: ["true", "false"],
  Binary: ["QQ==", "Qg=="],
  Ip: ["203.0.113.1", "198.51.100.1"],
  Arn: ["arn:aws:iam::111111111111:role/a", "arn:aws:iam::111111111111:role/b"],
};
const OPERATORS = OPERATOR_NAMES.filter((name) => name !== "Null");

function sampleOf(operator: string): [policy: string, other: string] {
  const family = Object.keys(SAMPLE).find((name) => operator.replace("Not", "").startsWith(name));
  return SAMPLE[family ?? ""] ?? ["", ""];
}

describe("missing keys (GR-16)", () => {
  test.each(OPERATORS)("%s: false, true when negated, true with IfExists", (operator) => {
    const [policy] = sampleOf(operator);
    expect(one(operator, policy)).toBe(operator.includes("Not") ? "match" : "no-match");
    expect(one(`${operator}IfExists`, policy)).toBe("match");
  });

  test("Null asks for absence or presence", () => {
    expect(one("Null", "true")).toBe("match");
    expect(one("Null", "false")).toBe("no-match");
    expect(one("Null", "true", "x")).toBe("no-match");
    expect(one("Null", "false", "x")).toBe("match");
    expect(one("Null", ["true", "false"])).toBe("match");
  });

  test("an empty list of values is an absent key", () => {
    expect(one("StringEquals", "a", [])).toBe("no-match");
    expect(one("Null", "true", [])).toBe("match");
  });

  test.each(OPERATORS)("IfExists equals plain %s where the key is present", (operator) => {
    fc.assert(
      fc.property(anyValue, anyValue, (policy, value) => {
        expect(one(`${operator}IfExists`, policy, value)).toBe(one(operator, policy, value));
      }),
    );
  });
});

describe("set operators (GR-17, GR-18)", () => {
  test("ForAllValues is true when the key is absent, ForAnyValue is false", () => {
    for (const operator of OPERATORS) {
      const [policy] = sampleOf(operator);
      expect(one(`ForAllValues:${operator}`, policy)).toBe("match");
      expect(one(`ForAllValues:${operator}IfExists`, policy)).toBe("match");
      expect(one(`ForAnyValue:${operator}`, policy)).toBe("no-match");
    }
  });

  test("ForAnyValue with IfExists on an absent key is not documented: unknown", () => {
    expect(one("ForAnyValue:StringEqualsIfExists", "a")).toBe("unknown");
    expect(one("ForAnyValue:StringEqualsIfExists", "a", "a")).toBe("match");
  });

  test.each<[string, string[], string[], string]>([
    ["ForAnyValue:StringEquals", ["a", "b"], ["x", "b"], "match"],
    ["ForAnyValue:StringEquals", ["a", "b"], ["x", "y"], "no-match"],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "b"], "match"],
    ["ForAllValues:StringEquals", ["a", "b"], ["a"], "match"],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "x"], "no-match"],
    ["ForAnyValue:StringNotEquals", ["a", "b"], ["a", "b"], "no-match"],
    ["ForAnyValue:StringNotEquals", ["a", "b"], ["a", "x"], "match"],
    ["ForAllValues:StringNotEquals", ["a", "b"], ["x", "y"], "match"],
    ["ForAllValues:StringNotEquals", ["a", "b"], ["x", "b"], "no-match"],
    ["ForAnyValue:StringLike", ["o-1/r-1/ou-1/*"], ["o-1/r-1/ou-1/ou-2/"], "match"],
    ["ForAnyValue:NumericLessThan", ["5"], ["9", "4"], "match"],
    ["ForAllValues:NumericLessThan", ["5"], ["9", "4"], "no-match"],
  ])("%s %s on %s: %s", (operator, policy, values, expected) => {
    expect(one(operator, policy, values)).toBe(expected);
  });

  test("several values without a set operator are unknown unless all values agree", () => {
    expect(one("StringEquals", "a", ["a", "b"])).toBe("unknown");
    expect(one("StringEquals", "a", ["b", "c"])).toBe("no-match");
    expect(one("StringLike", "a*", ["a1", "a2"])).toBe("match");
    expect(one("StringNotEquals", "a", ["a", "b"])).toBe("unknown");
  });
});

describe("wildcards (GR-19 to GR-21)", () => {
  test("StringEquals takes wildcards literally, StringLike does not", () => {
    expect(one("StringEquals", "repo:acme/*", "repo:acme/app")).toBe("no-match");
    expect(one("StringEquals", "repo:acme/*", "repo:acme/*")).toBe("match");
    expect(one("StringLike", "repo:acme/*", "repo:acme/app")).toBe("match");
  });

  test("the evaluator itself does not refuse wildcards in identifiers of accounts", () => {
    expect(one("StringLike", "o-*", "o-exampleorg1")).toBe("match");
  });

  test.each(["ArnEquals", "ArnLike"])(
    "%s matches field by field, StringLike across them",
    (arn) => {
      const pattern = "arn:aws:someservice:*:111111111111:finance/*";
      const value =
        "arn:aws:someservice:us-east-2:222222222222:store/abc:111111111111:finance/document.txt";
      expect(one(arn, pattern, value)).toBe("no-match");
      expect(one("StringLike", pattern, value)).toBe("match");
    },
  );
});

describe("policy variables", () => {
  const block: ConditionBlock = { StringEquals: { "aws:RequestTag/owner": "${aws:username}" } };

  test("are replaced by the caller's values in documents that know them", () => {
    expect(outcome(block, { "aws:RequestTag/owner": "ann", "aws:username": "ann" })).toBe("match");
    expect(outcome(block, { "aws:RequestTag/owner": "bob", "aws:username": "ann" })).toBe(
      "no-match",
    );
    expect(outcome(block, { "aws:RequestTag/owner": "${aws:username}" }, false)).toBe("match");
  });

  test("without a value hold nowhere, and are unknown where that would let something hold", () => {
    expect(outcome(block, { "aws:RequestTag/owner": "ann" })).toBe("no-match");
    expect(outcome({ StringNotEquals: { k: "${aws:username}" } }, { k: "ann" })).toBe("unknown");
    expect(outcome({ StringEquals: { k: ["ann", "${aws:username}"] } }, { k: "ann" })).toBe(
      "unknown",
    );
    expect(outcome({ StringEquals: { k: ["bob", "${aws:username}"] } }, { k: "ann" })).toBe(
      "no-match",
    );
  });

  test("of a key with several values have no value", () => {
    expect(outcome({ StringEquals: { k: "${t}" } }, { k: "a", t: ["a", "b"] })).toBe("no-match");
  });

  test("mean nothing outside strings and ARNs (GR-22)", () => {
    expect(outcome({ NumericEquals: { k: "${n}" } }, { k: "1", n: "1" })).toBe("unknown");
    expect(
      outcome(
        { ArnLike: { k: "arn:aws:iam::111111111111:role/${aws:PrincipalTag/role}" } },
        { k: "arn:aws:iam::111111111111:role/app", "aws:PrincipalTag/role": "app" },
      ),
    ).toBe("match");
  });
});

describe("laws", () => {
  test.each([
    ["StringEquals", "StringNotEquals"],
    ["StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"],
    ["StringLike", "StringNotLike"],
    ["NumericEquals", "NumericNotEquals"],
    ["DateEquals", "DateNotEquals"],
    ["IpAddress", "NotIpAddress"],
    ["ArnEquals", "ArnNotEquals"],
    ["ArnLike", "ArnNotLike"],
  ])("%s and %s are complements where the key is present", (positive, negative) => {
    const complement = { match: "no-match", "no-match": "match", unknown: "unknown" } as const;
    const policies = fc.array(anyValue, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(policies, anyValue, (policy, value) => {
        // Without variables: one that has no value makes both sides unknown or fail.
        const holds = evaluateCondition(
          { [positive]: { k: policy } },
          requestContext({ k: value }),
          false,
        );
        const fails = evaluateCondition(
          { [negative]: { k: policy } },
          requestContext({ k: value }),
          false,
        );
        expect(fails.outcome).toBe(complement[holds.outcome]);
      }),
      { numRuns: 300 },
    );
  });

  test("a condition names the operator and key that decided", () => {
    expect(
      evaluateCondition({ StringEquals: { "sts:ExternalId": "x1" } }, requestContext({}), true),
    ).toEqual({ outcome: "no-match", reason: "StringEquals sts:ExternalId: the key is absent" });
    fc.assert(
      fc.property(requestContexts, (context) => {
        const { reason } = evaluateCondition({ ArnLike: { k: "x" } }, context, true);
        expect(reason).toContain("ArnLike k: ");
      }),
      { numRuns: 20 },
    );
  });
});
