import fc from "fast-check";
import { parseAddressRange } from "../../../../lib/iam/condition/address-range";
import { evaluateCondition } from "../../../../lib/iam/condition/evaluate-condition";
import { evaluateStatement } from "../../../../lib/iam/condition/evaluate-statement";
import type { OpenKey } from "../../../../lib/iam/condition/open-key";
import { requestContext } from "../../../../lib/iam/condition/request-context";
import type { ConditionBlock, Statement } from "../../../../lib/iam/policy-document";
import { conditionsHold } from "../../../support/naive/naive-evaluator";

const KEY = "aws:RequestedRegion";

const outcome = (block: ConditionBlock, open: OpenKey | undefined): string =>
  evaluateCondition(block, requestContext({}), true, (key) =>
    key.toLowerCase() === KEY.toLowerCase() ? open : undefined,
  ).outcome;

describe("a condition on an open key", () => {
  const LIKE: OpenKey = { presence: "always", within: { like: "eu-*" } };
  const range = parseAddressRange("203.0.113.0/25");
  if (range === undefined) throw new Error("no range");
  const RANGE: OpenKey = { presence: "always", within: { range } };
  test.each<[ConditionBlock, OpenKey | undefined, string]>([
    [{ StringEquals: { [KEY]: "eu-west-1" } }, { presence: "always" }, "unknown"],
    [{ StringLike: { [KEY]: "*" } }, { presence: "always" }, "match"],
    [{ StringLike: { [KEY]: "*" } }, { presence: "possible" }, "unknown"],
    [{ StringNotLikeIfExists: { [KEY]: "*" } }, { presence: "possible" }, "unknown"],
    [{ StringLikeIfExists: { [KEY]: "*" } }, { presence: "possible" }, "match"],
    [{ StringLike: { [KEY]: ["us-*", "eu-*"] } }, LIKE, "match"],
    [{ StringNotLike: { [KEY]: "eu-west-*" } }, LIKE, "unknown"],
    [{ StringNotLike: { [KEY]: "us-*" } }, LIKE, "match"],
    [{ StringEquals: { [KEY]: "us-east-1" } }, LIKE, "no-match"],
    [{ StringEquals: { [KEY]: "eu-*" } }, LIKE, "unknown"],
    [{ StringEqualsIgnoreCase: { [KEY]: "us-east-1" } }, LIKE, "unknown"],
    [{ "ForAnyValue:StringLike": { [KEY]: "eu-*" } }, LIKE, "match"],
    [{ "ForAllValues:StringLike": { [KEY]: "us-*" } }, LIKE, "no-match"],
    [{ Null: { [KEY]: "true" } }, { presence: "always" }, "no-match"],
    [{ Null: { [KEY]: "false" } }, { presence: "possible" }, "unknown"],
    [{ Null: { [KEY]: ["true", "false"] } }, { presence: "possible" }, "match"],
    [{ Null: { [KEY]: "true" } }, undefined, "match"],
    [{ IpAddress: { [KEY]: "203.0.113.0/24" } }, RANGE, "match"],
    [{ NotIpAddress: { [KEY]: "203.0.113.0/24" } }, RANGE, "no-match"],
    [{ IpAddress: { [KEY]: "203.0.113.64/26" } }, RANGE, "unknown"],
    [{ IpAddress: { [KEY]: "198.51.100.0/24" } }, RANGE, "no-match"],
    [{ IpAddress: { [KEY]: "2001:db8::/32" } }, RANGE, "no-match"],
    [{ Bool: { [KEY]: "true" } }, { presence: "possible", within: { like: "false" } }, "no-match"],
    [{ Bool: { [KEY]: "false" } }, { presence: "possible", within: { like: "false" } }, "unknown"],
    [{ NumericLessThan: { [KEY]: "5" } }, { presence: "always" }, "unknown"],
    // AWS would not have stored it.
    [{ Bool: { [KEY]: "yes" } }, { presence: "always" }, "unknown"],
  ])("%j with %j: %s", (block, open, expected) => {
    expect(outcome(block, open)).toBe(expected);
  });

  test("decides only what holds whatever its value is, as the naive evaluator finds it", () => {
    const values = ["eu-west-1", "eu-central-1", "us-east-1", "", "x"];
    const tested = fc.uniqueArray(fc.constantFrom("eu-*", "us-east-1", "eu-west-1", "*", "e?-*"), {
      minLength: 1,
      maxLength: 3,
    });
    const operator = fc
      .tuple(
        fc.constantFrom("", "ForAnyValue:", "ForAllValues:"),
        fc.constantFrom("StringEquals", "StringNotEquals", "StringLike", "StringNotLike"),
        fc.constantFrom("", "IfExists"),
      )
      .map((parts) => parts.join(""));
    const like = fc.constantFrom(undefined, "eu-*", "us-east-1", "?*");
    let decided = 0;
    fc.assert(
      fc.property(operator, tested, like, fc.boolean(), (name, policy, within, always) => {
        const block = { [name]: { [KEY]: policy } };
        const open: OpenKey = {
          presence: always ? "always" : "possible",
          ...(within === undefined ? {} : { within: { like: within } }),
        };
        const found = outcome(block, open);
        if (found === "unknown") return;
        decided++;
        const isOne = new RegExp(`^${(within ?? "*").replace(/\*/g, ".*").replace(/\?/g, ".")}$`);
        const possible: string[][] = values
          .filter((each) => isOne.test(each))
          .map((each) => [each]);
        for (const each of [...possible, ...(always ? [] : [[]])]) {
          const truth = conditionsHold(block, { context: requestContext({ [KEY]: each }) });
          // An empty value is none to the context: it stands for one.
          if (truth !== undefined) expect(truth).toBe(found === "match");
        }
      }),
      { numRuns: 500 },
    );
    expect(decided).toBeGreaterThan(100);
  });
});

describe("a variable of an open key", () => {
  const statement = (Resource: string | string[], negated = false): Statement => ({
    Effect: "Deny",
    Action: "sts:AssumeRole",
    ...(negated ? { NotResource: Resource } : { Resource }),
  });
  const applies = (asked: Statement): string =>
    evaluateStatement(
      "identity",
      asked,
      {
        caller: { kind: "user", arn: "arn:aws:iam::111111111111:user/bot" },
        action: "sts:AssumeRole",
        resource: "arn:aws:iam::222222222222:role/reader",
        context: requestContext({ "aws:username": "bot" }),
        open: (key) => (key === "aws:PrincipalTag/team" ? { presence: "possible" } : undefined),
      },
      true,
    ).outcome;
  const ROLE = "arn:aws:iam::222222222222:role/";

  test.each<[string, Statement, string]>([
    ["may name the resource", statement(`${ROLE}\${aws:PrincipalTag/team}`), "unknown"],
    [
      "may be anything but its default",
      statement(`${ROLE}\${aws:PrincipalTag/team, 'reader'}`),
      "unknown",
    ],
    [
      "does not matter beside a name",
      statement([`${ROLE}\${aws:PrincipalTag/team}`, `${ROLE}reader`]),
      "match",
    ],
    [
      "does not matter beside an exception",
      statement([`${ROLE}\${aws:PrincipalTag/team}`, `${ROLE}reader`], true),
      "no-match",
    ],
    ["may be excepted", statement(`${ROLE}\${aws:PrincipalTag/team}`, true), "unknown"],
    [
      "is unknown before the fifth colon, whatever its value",
      statement("arn:aws:iam::${aws:username}:role/*"),
      "unknown",
    ],
    [
      "is text behind the fifth colon",
      statement("arn:aws:iam::222222222222:role/${aws:username}"),
      "no-match",
    ],
  ])("%s", (_what, asked, expected) => {
    expect(applies(asked)).toBe(expected);
  });

  test("in a condition may match, whatever the other values do", () => {
    const evaluate = (block: ConditionBlock): string =>
      evaluateCondition(block, requestContext({ "aws:PrincipalArn": "x" }), true, (key) =>
        key === "aws:PrincipalTag/team" ? { presence: "possible" } : undefined,
      ).outcome;
    expect(
      evaluate({ StringEquals: { "aws:PrincipalArn": ["y", "${aws:PrincipalTag/team}"] } }),
    ).toBe("unknown");
    expect(
      evaluate({ StringEquals: { "aws:PrincipalArn": ["y", "${aws:PrincipalTag/other}"] } }),
    ).toBe("no-match");
  });
});
