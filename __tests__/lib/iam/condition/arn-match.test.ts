import { matchesArn, splitArn } from "../../../../lib/iam/condition/arn-match";
import { globOf } from "../../../../lib/iam/condition/glob";

describe("matchesArn (GR-21)", () => {
  test.each([
    ["arn:aws:iam::111111111111:role/app", "arn:aws:iam::111111111111:role/app", true],
    ["arn:aws:iam::111111111111:role/app", "arn:aws:iam::111111111111:role/App", false],
    ["arn:aws:iam::*:role/app", "arn:aws:iam::111111111111:role/app", true],
    ["arn:aws:iam::*:role/*", "arn:aws:iam::111111111111:role/path/app", true],
    ["arn:aws:iam::111111111111:role/*", "arn:aws:iam::222222222222:role/app", false],
    ["arn:*:role/app", "arn:aws:iam::111111111111:role/app", false],
    ["arn:aws:iam::11111111111?:role/app", "arn:aws:iam::111111111119:role/app", true],
    ["arn:aws:sns:*:111111111111:a*", "arn:aws:sns:eu-west-1:111111111111:a:b:c", true],
    [
      "arn:aws:someservice:*:111111111111:finance/*",
      "arn:aws:someservice:us-east-2:222222222222:store/abc:111111111111:finance/document.txt",
      false,
    ],
    ["*", "arn:aws:iam::111111111111:role/app", false],
    ["arn:aws:iam::*:*", "anonymous", false],
  ])("pattern `%s` on `%s`: %s", (pattern, arn, expected) => {
    expect(matchesArn(globOf(pattern), arn)).toBe(expected);
  });
});

test("an ARN has six fields, and colons behind the fifth belong to the last", () => {
  expect(splitArn("arn:aws:sns:eu-west-1:1:a:b")).toEqual([
    "arn",
    "aws",
    "sns",
    "eu-west-1",
    "1",
    "a:b",
  ]);
  expect(splitArn("arn:aws:iam::1")).toBeUndefined();
});
