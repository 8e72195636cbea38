import { conditionWithin } from "../../../../lib/access/permissions/cover";
import { coversAction, coversResource } from "../../../../lib/access/permissions/cover";

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

test("one value more is wider, and one more that is excluded narrower", () => {
  const of = (operator: string, ...values: readonly string[]) => ({
    [operator]: { "aws:PrincipalTag/team": values },
  });
  expect(conditionWithin(of("StringEquals", "a"), of("StringEquals", "a", "b"))).toBe(true);
  expect(conditionWithin(of("StringEquals", "a", "b"), of("StringEquals", "a"))).toBe(false);
  expect(conditionWithin(of("StringNotEquals", "a", "b"), of("StringNotEquals", "a"))).toBe(true);
  expect(conditionWithin(of("StringNotEquals", "a"), of("StringNotEquals", "a", "b"))).toBe(false);
});
