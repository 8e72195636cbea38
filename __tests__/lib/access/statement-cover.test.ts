import fc from "fast-check";
import { covers } from "../../../lib/access/statement-cover";
import type { Statement } from "../../../lib/iam/policy-document";
import { naivelyPermitted } from "../../support/naive-permissions";
import { permissionRequestsAround } from "../../support/requests-around";

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const actions = fc.uniqueArray(pick("*", "s3:*", "s3:Get*", "s3:Get?", "S3:GetObject", "iam:*"), {
  minLength: 1,
  maxLength: 2,
});
const resources = fc.uniqueArray(pick("*", "arn:aws:s3:::a/*", "arn:aws:s3:::a/b"), {
  minLength: 1,
  maxLength: 2,
});
const conditions = pick<NonNullable<Statement["Condition"]>>(
  {},
  { StringEquals: { "aws:PrincipalTag/a": "x" } },
  { StringEquals: { "aws:PrincipalTag/a": "x" }, Null: { "aws:PrincipalTag/b": "true" } },
);
const statements = fc
  .tuple(actions, fc.boolean(), resources, fc.boolean(), conditions)
  .map(([action, exceptsActions, resource, exceptsResources, Condition]): Statement => ({
    Effect: "Allow",
    ...(exceptsActions ? { NotAction: action } : { Action: action }),
    ...(exceptsResources ? { NotResource: resource } : { Resource: resource }),
    Condition,
  }));

test("a statement that covers another one applies wherever that applies", () => {
  let covering = 0;
  fc.assert(
    fc.property(statements, statements, (wide, narrow) => {
      expect(covers(wide, wide)).toBe(true);
      if (!covers(wide, narrow)) return;
      covering++;
      for (const request of permissionRequestsAround([{ Statement: [wide, narrow] }], 100)) {
        const [outer, inner] = [wide, narrow].map((each) =>
          naivelyPermitted([{ Statement: [each] }], request),
        );
        expect(inner === "allow" && outer !== "allow").toBe(false);
      }
    }),
    { numRuns: 600 },
  );
  expect(covering).toBeGreaterThan(30);
});

test("a pattern is within another one only if all that it matches is", () => {
  const allow = (Action: string): Statement => ({ Effect: "Allow", Action, Resource: "*" });
  expect(covers(allow("s3:Get*"), allow("s3:GetObject*"))).toBe(true);
  expect(covers(allow("S3:*"), allow("s3:Get*"))).toBe(true);
  expect(covers(allow("s3:Get?"), allow("s3:Get*"))).toBe(false);
  expect(covers(allow("s3:GetObject*"), allow("s3:Get*"))).toBe(false);
});

test("what is malformed covers nothing and is not covered", () => {
  const whole: Statement = { Effect: "Allow", Action: "*", Resource: "*" };
  const part: Statement = { Effect: "Allow", Action: "*" };
  expect(covers(whole, part)).toBe(false);
  expect(covers(part, whole)).toBe(false);
});
