import { conditionWithin } from "../../../../lib/review/compare/condition-within";
import { coversAction, coversResource } from "../../../../lib/review/compare/covers";

test.each([
  ["arn:aws:s3:::logs/*", "arn:aws:s3:::logs/a", true],
  ["arn:aws:s3:::logs/?", "arn:aws:s3:::logs/*", false],
  ["arn:aws:s3:::logs/*", "arn:aws:s3:::logs/${aws:username}", false],
  ["arn:aws:s3:::${aws:username}/*", "arn:aws:s3:::${aws:username}/*", true],
])("%s covers %s: %s", (wide, narrow, covered) => {
  expect(coversResource(wide, narrow)).toBe(covered);
});

test("actions are covered in any case", () => {
  expect(coversAction("S3:Get*", "s3:getObject")).toBe(true);
  expect(coversAction("s3:Get*", "s3:*")).toBe(false);
});

test("a condition that tests a key twice under one name is not certain to be within another", () => {
  const wide = { StringEquals: { "aws:PrincipalTag/team": "shop" } };
  expect(conditionWithin({ StringEquals: { "aws:PrincipalTag/team": "shop" } }, wide)).toBe(true);
  expect(
    conditionWithin(
      { StringEquals: { "aws:PrincipalTag/team": "shop", "AWS:PrincipalTag/team": "bikes" } },
      wide,
    ),
  ).toBe(false);
});
