import fc from "fast-check";
import type { Caller } from "../../../../lib/iam/condition/caller";
import { evaluatePolicy } from "../../../../lib/iam/condition/evaluate-policy";
import { requestContext } from "../../../../lib/iam/condition/request-context";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type { PolicyDocument, Statement } from "../../../../lib/iam/policy-document";
import { statementDifference } from "../../../../lib/review/compare/statement-difference";

const ALL: Statement = { Effect: "Allow", Action: "s3:*", Resource: "*" };
const GET: Statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::one/*" };
const DENY_GET: Statement = { Effect: "Deny", Action: "s3:GetObject", Resource: "*" };

function difference(base: readonly Statement[], head: readonly Statement[]): unknown {
  const { same, gained, lost } = statementDifference(
    [policyDocument(base)],
    [policyDocument(head)],
  );
  return { same, gained, lost };
}

describe("of two lists of statements", () => {
  test("the order, the names and the policies in which they stand mean nothing", () => {
    expect(
      statementDifference(
        [policyDocument([ALL, GET])],
        [policyDocument([{ ...GET, Sid: "Get" }]), policyDocument([ALL])],
      ),
    ).toEqual({ same: true, gained: [], lost: [] });
  });

  test("an Allow that comes gives, unless another covers it", () => {
    expect(difference([], [GET])).toEqual({ same: false, gained: ["s3:GetObject"], lost: [] });
    expect(difference([ALL], [ALL, GET])).toEqual({ same: false, gained: [], lost: [] });
  });

  test("an Allow that goes takes, unless another covers it", () => {
    expect(difference([GET], [])).toEqual({ same: false, gained: [], lost: ["s3:GetObject"] });
    expect(difference([ALL, GET], [ALL])).toEqual({ same: false, gained: [], lost: [] });
  });

  test("a Deny that comes takes, one that goes gives", () => {
    expect(difference([ALL], [ALL, DENY_GET])).toEqual({
      same: false,
      gained: [],
      lost: ["s3:GetObject"],
    });
    expect(difference([ALL, DENY_GET], [ALL])).toEqual({
      same: false,
      gained: ["s3:GetObject"],
      lost: [],
    });
  });

  test("a statement that is divided into two is the same", () => {
    const resources = ["arn:aws:s3:::one/*", "arn:aws:s3:::two/*"];
    const whole: Statement = {
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: resources,
    };
    const parts = resources.map((Resource): Statement => ({ ...whole, Resource }));
    expect(difference([whole], parts)).toEqual({ same: false, gained: [], lost: [] });
  });

  test("a condition that comes takes, one value more of it gives", () => {
    const from = (...values: readonly string[]): Statement => ({
      ...GET,
      Condition: { IpAddress: { "aws:SourceIp": values } },
    });
    expect(difference([GET], [from("203.0.113.0/24")])).toMatchObject({
      gained: [],
      lost: ["s3:GetObject"],
    });
    expect(
      difference([from("203.0.113.0/24")], [from("203.0.113.0/24", "198.51.100.0/24")]),
    ).toMatchObject({ gained: ["s3:GetObject"], lost: [] });
    const except = (...values: readonly string[]): Statement => ({
      ...GET,
      Condition: { NotIpAddress: { "aws:SourceIp": values } },
    });
    expect(
      difference([except("203.0.113.0/24")], [except("203.0.113.0/24", "198.51.100.0/24")]),
    ).toMatchObject({ gained: [], lost: ["s3:GetObject"] });
  });

  test("a `?` does not cover a `*`, and an exception covers only its like", () => {
    const one: Statement = { ...GET, Action: "s3:Get?bject" };
    const many: Statement = { ...GET, Action: "s3:Get*bject" };
    expect(difference([one], [many])).toMatchObject({ gained: ["s3:Get*bject"], lost: [] });
    const except: Statement = { Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "*" };
    expect(difference([except], [except, { ...GET }])).toMatchObject({ gained: ["s3:GetObject"] });
    expect(difference([], [except])).toMatchObject({ gained: ["NotAction iam:*, sts:*"] });
  });
});

const some = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const actions = fc.uniqueArray(
  some("s3:GetObject", "s3:Get*", "s3:Get?bject", "s3:*", "*", "S3:getobject", "iam:PassRole"),
  { minLength: 1, maxLength: 2 },
);
const resources = fc.uniqueArray(
  some(
    "*",
    "arn:aws:s3:::one",
    "arn:aws:s3:::one/*",
    "arn:aws:s3:::on?/*",
    "arn:aws:s3:*:*:one/a",
    "arn:aws:s3:::${aws:username}/*",
  ),
  { minLength: 1, maxLength: 2 },
);
const values = fc.uniqueArray(some("a", "b", "a*", "?", "${aws:username}"), {
  minLength: 1,
  maxLength: 2,
});
const conditions = fc.option(
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
      some("aws:PrincipalTag/team", "aws:principaltag/team", "aws:username"),
      values,
    )
    .map(([operator, key, tested]) => ({ [operator]: { [key]: tested } })),
  { nil: undefined },
);
const statements: fc.Arbitrary<Statement> = fc
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
const documents: fc.Arbitrary<PolicyDocument> = fc
  .tuple(
    some("2012-10-17" as const, "2012-10-17" as const, "2008-10-17" as const),
    fc.array(statements, { maxLength: 3 }),
  )
  .map(([Version, Statement]) => ({ Version, Statement }));

const CALLER: Caller = { kind: "user", arn: "arn:aws:iam::111111111111:user/a" };
const requests = ["s3:GetObject", "s3:PutObject", "iam:PassRole"].flatMap((action) =>
  [
    "arn:aws:s3:::one",
    "arn:aws:s3:::one/a",
    "arn:aws:s3:::onx/a",
    "arn:aws:s3:x:x:one/a",
    "arn:aws:s3:::a/x",
  ].flatMap((resource) =>
    [
      {},
      { "aws:username": "a" },
      { "aws:username": "b", "aws:PrincipalTag/team": "a" },
      { "aws:PrincipalTag/team": ["a", "b"] },
      { "aws:username": "a", "aws:PrincipalTag/team": "ab" },
    ].map((keys) => ({ caller: CALLER, action, resource, context: requestContext(keys) })),
  ),
);

test("where nothing is gained, no request is permitted that was not", () => {
  fc.assert(
    fc.property(documents, documents, fc.boolean(), (one, two, beside) => {
      // Half of the time what there was stays, so that statements are covered.
      const head = beside ? { ...two, Statement: [...one.Statement, ...two.Statement] } : two;
      const { gained, lost } = statementDifference([one], [head]);
      for (const request of requests) {
        const before = evaluatePolicy("identity", one, request).decision;
        const after = evaluatePolicy("identity", head, request).decision;
        if (gained.length === 0 && after === "allow") expect(before).not.toMatch(/deny/);
        if (lost.length === 0 && before === "allow") expect(after).not.toMatch(/deny/);
      }
    }),
    { numRuns: 1500 },
  );
});
