import fc from "fast-check";
import type { Statement } from "../../../lib/iam/policy-document";

const some = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const list = (each: fc.Arbitrary<string>) => fc.uniqueArray(each, { minLength: 1, maxLength: 2 });

const actions = list(
  some("s3:GetObject", "s3:Get*", "s3:Get?bject", "s3:*", "*", "S3:getobject", "iam:PassRole"),
);
const resources = list(
  some(
    "*",
    "arn:aws:s3:::one",
    "arn:aws:s3:::one/*",
    "arn:aws:s3:::on?/*",
    "arn:aws:s3:::one/a",
    "arn:aws:s3:::${aws:PrincipalTag/name}/*",
  ),
);
const conditions = fc.option(
  fc.oneof(
    fc
      .tuple(
        some(
          "StringEquals",
          "StringLike",
          "StringNotEquals",
          "StringNotLikeIfExists",
          "StringEqualsIfExists",
          "ForAllValues:StringLike",
          "ForAnyValue:StringNotLike",
        ),
        some("aws:PrincipalTag/team", "aws:principaltag/team", "aws:PrincipalTag/name"),
        list(some("a", "b", "a*", "?")),
      )
      .map(([operator, key, tested]) => ({ [operator]: { [key]: tested } })),
    some(
      { Null: { "aws:PrincipalTag/team": "true" } },
      { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
      { NotIpAddress: { "aws:SourceIp": ["203.0.113.0/25"] } },
      { NumericLessThan: { "s3:max-keys": "10" } },
      { NumericGreaterThanEqualsIfExists: { "s3:max-keys": "9" } },
      {},
    ),
  ),
  { nil: undefined },
);

/** Statements of identity policies that often cover, exclude or share something with one another. */
export const permissionStatements: fc.Arbitrary<Statement> = fc
  .tuple(
    some("Allow" as const, "Allow" as const, "Deny" as const),
    actions,
    resources,
    conditions,
    fc.nat(11),
  )
  .map(([Effect, action, resource, Condition, choice]) => ({
    Effect,
    ...(choice === 0 ? { NotAction: action } : { Action: action }),
    ...(choice === 1 ? { NotResource: resource } : { Resource: resource }),
    ...(Condition === undefined ? {} : { Condition }),
  }));
