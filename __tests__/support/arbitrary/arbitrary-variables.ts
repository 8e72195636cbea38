import fc from "fast-check";
import type { ConditionBlock, PolicyDocument, Statement } from "../../../lib/iam/policy-document";
import { changed, trustPolicies } from "./arbitrary-trust";

/** Variables as people write them in trust policies, with what stands around them. */
const LINES: readonly (readonly [operator: string, key: string, value: string])[] = [
  ["StringEquals", "sts:RoleSessionName", "${aws:username}"],
  ["StringLike", "sts:RoleSessionName", "${aws:username}-*"],
  ["StringNotEquals", "sts:RoleSessionName", "${aws:username}"],
  ["StringEquals", "sts:ExternalId", "${aws:PrincipalTag/team}"],
  ["StringEqualsIfExists", "sts:ExternalId", "${aws:PrincipalTag/team, 'abc-1'}"],
  ["StringNotLike", "sts:ExternalId", "${aws:PrincipalTag/team, 'abc'}*"],
  ["StringEquals", "aws:RequestTag/team", "${aws:PrincipalTag/team}"],
  ["StringEquals", "aws:PrincipalTag/team", "${aws:username}"],
  ["StringLike", "aws:userid", "*:${sts:RoleSessionName}"],
  ["StringLike", "aws:userid", "*:${aws:PrincipalTag/team, 'ci'}"],
  ["StringEquals", "aws:PrincipalAccount", "${aws:ResourceAccount}"],
  ["StringEquals", "aws:PrincipalTag/team", "${aws:PrincipalAccount}"],
  ["StringEquals", "sts:ExternalId", "${aws:PrincipalOrgID}"],
  ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:user/${aws:username}"],
  ["ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/${aws:PrincipalTag/team}*"],
  ["StringEqualsIgnoreCase", "aws:PrincipalTag/team", "${sts:ExternalId}"],
  ["StringEquals", "sts:SourceIdentity", "${aws:SourceIdentity}"],
  ["StringLike", "aws:userid", "*:${sts:SourceIdentity}"],
];

function withLine(statement: Statement, at: number, more: readonly string[]): Statement {
  const [operator, key, value] = LINES[at % LINES.length] ?? ["", "", ""];
  const Condition: ConditionBlock = {
    ...statement.Condition,
    [operator]: {
      ...statement.Condition?.[operator],
      [key]: more.length === 0 ? value : [value, ...more],
    },
  };
  return { ...statement, Condition };
}

const extra = fc.oneof(
  { weight: 3, arbitrary: fc.constant([] as readonly string[]) },
  { weight: 1, arbitrary: fc.constantFrom<readonly string[]>(["abc-1"], ["ci"], ["${*}x"]) },
);

/** Trust policies with a policy variable or two. */
export const policiesWithVariables: fc.Arbitrary<PolicyDocument> = fc
  .tuple(
    trustPolicies,
    fc.array(fc.tuple(fc.nat(3), fc.nat(99), extra), { minLength: 1, maxLength: 2 }),
  )
  .map(([document, lines]) =>
    lines.reduce(
      (made, [index, at, more]) => ({
        ...made,
        Statement: made.Statement.map((statement, position) =>
          position === index % made.Statement.length ? withLine(statement, at, more) : statement,
        ),
      }),
      document,
    ),
  );

/** A policy with variables and a changed one, in either order. */
export const pairsWithVariables: fc.Arbitrary<readonly [PolicyDocument, PolicyDocument]> =
  policiesWithVariables.chain((document) =>
    fc
      .tuple(fc.oneof(changed(document), withAnotherLine(document)), fc.boolean())
      .map(([other, swapped]) =>
        swapped ? ([other, document] as const) : ([document, other] as const),
      ),
  );

function withAnotherLine(document: PolicyDocument): fc.Arbitrary<PolicyDocument> {
  return fc.tuple(fc.nat(3), fc.nat(99), extra).map(([index, at, more]) => ({
    ...document,
    Statement: document.Statement.map((statement, position) =>
      position === index % document.Statement.length ? withLine(statement, at, more) : statement,
    ),
  }));
}
