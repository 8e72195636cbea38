import {
  comparePermitted,
  denialDifference,
  permissionDifference,
} from "../../../../lib/access/permissions/difference";
import type { PermissionDifference } from "../../../../lib/access/permissions/difference";
import type { Permissions } from "../../../../lib/access/permissions/permission-sides";
import { managedPolicyDocument } from "../../../../lib/iam/managed-policy";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type { PermissionRequest } from "../../../../lib/access/permissions/requests";
import type {
  ConditionBlock,
  PolicyDocument,
  Statement,
} from "../../../../lib/iam/policy-document";
import { naivelyPermitted } from "../../../support/naive/naive-permissions";

const CALLER = {
  kind: "role-session",
  roleArn: "arn:aws:iam::111111111111:role/hub",
  sessionName: "session",
} as const;

const allow = (Action: Statement["Action"], Resource = "*", Condition?: ConditionBlock) =>
  made("Allow", Action, Resource, Condition);
const deny = (Action: Statement["Action"], Resource = "*", Condition?: ConditionBlock) =>
  made("Deny", Action, Resource, Condition);

function made(
  Effect: Statement["Effect"],
  Action: Statement["Action"],
  Resource: string,
  Condition: ConditionBlock | undefined,
): Statement {
  return {
    Effect,
    ...(Action === undefined ? {} : { Action }),
    Resource,
    ...(Condition === undefined ? {} : { Condition }),
  };
}

function difference(
  granted: readonly Statement[],
  declared: readonly Statement[],
): PermissionDifference {
  return permissionDifference(...sides(granted, declared), CALLER);
}

/** What is granted is what was before, what is declared is what comes after. */
function sides(granted: readonly Statement[], declared: readonly Statement[]) {
  return [
    { policies: [policyDocument(granted)] },
    { policies: [policyDocument(declared)] },
  ] as const;
}

const bucket = "arn:aws:s3:::shop/*";
const teams = { "aws:PrincipalTag/team": "shop" };

describe("permits the same", () => {
  test.each<[string, readonly Statement[], readonly Statement[]]>([
    [
      "in another order",
      [allow(["s3:GetObject", "s3:PutObject"]), deny("iam:*")],
      [deny("iam:*"), allow(["s3:PutObject", "s3:GetObject"])],
    ],
    [
      "with IfExists on an operator that negates",
      [deny("sts:AssumeRole", "*", { StringNotEqualsIfExists: teams })],
      [deny("sts:AssumeRole", "*", { StringNotEquals: teams })],
    ],
    [
      "with a permission that is denied",
      [allow("*"), deny("iam:*"), allow("iam:PutRolePolicy")],
      [allow("*"), deny("iam:*")],
    ],
    [
      "with a permission and a denial within others",
      [allow("s3:*"), deny("s3:Put*"), allow("s3:Get*", bucket), deny("s3:PutObject", bucket)],
      [allow("s3:*"), deny("s3:Put*")],
    ],
  ])("%s", (_name, granted, declared) => {
    expect(difference(granted, declared)).toEqual({ kind: "none" });
    expect(difference(declared, granted)).toEqual({ kind: "none" });
  });
});

describe("a request shows each difference", () => {
  test.each<[string, readonly Statement[], readonly Statement[]]>([
    ["another action of a pattern", [allow("s3:Get*", bucket)], [allow("s3:GetObject", bucket)]],
    ["an action of the same service", [allow("s3:*", bucket)], [allow("s3:Get*", bucket)]],
    ["all actions but one", [{ ...allow(undefined), NotAction: "iam:*" }], [allow("*")]],
    [
      "a resource with one character more",
      [allow("s3:GetObject", "arn:aws:s3:::shop/a*")],
      [allow("s3:GetObject", "arn:aws:s3:::shop/a")],
    ],
    [
      "an absent key",
      [allow("s3:GetObject", bucket, { StringEqualsIfExists: teams })],
      [allow("s3:GetObject", bucket, { StringEquals: teams })],
    ],
    [
      "a value in another case",
      [allow("s3:GetObject", bucket, { StringEqualsIgnoreCase: teams })],
      [allow("s3:GetObject", bucket, { StringEquals: teams })],
    ],
    [
      "a pattern that was a text",
      [allow("s3:GetObject", bucket, { StringLike: { "aws:PrincipalTag/team": "sh*" } })],
      [allow("s3:GetObject", bucket, { StringEquals: { "aws:PrincipalTag/team": "sh*" } })],
    ],
    [
      "a limit that belongs to the range",
      [allow("s3:GetObject", bucket, { NumericLessThanEquals: { "s3:max-keys": "10" } })],
      [allow("s3:GetObject", bucket, { NumericLessThan: { "s3:max-keys": "10" } })],
    ],
    [
      "a second before the end",
      [
        allow("s3:GetObject", bucket, {
          DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:01Z" },
        }),
      ],
      [
        allow("s3:GetObject", bucket, {
          DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" },
        }),
      ],
    ],
    [
      "presence",
      [allow("s3:GetObject", bucket, { Null: { "aws:PrincipalTag/team": "true" } })],
      [allow("s3:GetObject", bucket, { Null: { "aws:PrincipalTag/team": "false" } })],
    ],
    [
      "an empty set",
      [
        allow("s3:GetObject", bucket, {
          "ForAllValues:StringEquals": { "aws:TagKeys": "team" },
        }),
      ],
      [
        allow("s3:GetObject", bucket, {
          "ForAnyValue:StringEquals": { "aws:TagKeys": "team" },
        }),
      ],
    ],
    [
      "a set of which one is named",
      [
        allow("s3:GetObject", bucket, {
          "ForAnyValue:StringEquals": { "aws:TagKeys": "team" },
        }),
      ],
      [
        allow("s3:GetObject", bucket, {
          "ForAllValues:StringEquals": { "aws:TagKeys": "team" },
          Null: { "aws:TagKeys": "false" },
        }),
      ],
    ],
  ])("%s", (_name, granted, declared) => {
    const found = difference(granted, declared);
    if (found.kind === "none" || found.kind === "unknown") throw new Error(JSON.stringify(found));
    const decisions = (request: PermissionRequest) =>
      [granted, declared].map((statements) =>
        naivelyPermitted([policyDocument(statements)], request),
      );
    if ("lost" in found) expect(decisions(found.lost)).toEqual(["allow", "implicit-deny"]);
    if ("gained" in found) expect(decisions(found.gained)).toEqual(["implicit-deny", "allow"]);
  });
});

test("a denial of what nothing permits is a difference of denials alone", () => {
  const declared = [
    allow("sts:AssumeRole"),
    deny("sts:AssumeRole", "*", { StringNotEquals: teams }),
  ];
  const granted = [allow("sts:AssumeRole"), deny("*", "*", { StringNotEquals: teams })];
  expect(difference(granted, declared)).toEqual({ kind: "none" });
  expect(denialDifference(...sides(granted, declared), CALLER)).toMatchObject({
    kind: "narrowed",
    lost: { keys: { "aws:PrincipalTag/team": "other" } },
  });
  expect(denialDifference(...sides(declared, granted), CALLER)).toMatchObject({ kind: "widened" });
});

test("one statement for each of two values is one statement for both", () => {
  const parts = [allow("s3:GetObject", "arn:aws:s3:::a*"), allow("s3:GetObject", "arn:aws:s3:::*")];
  const tag = (...values: readonly string[]) => ({
    StringEquals: { "aws:PrincipalTag/a": values },
  });
  const one = [allow("s3:Get*", "*", tag("x", "y")), ...parts];
  const two = [allow("s3:Get*", "*", tag("x")), allow("s3:Get*", "*", tag("y")), ...parts];
  expect(difference(one, two)).toEqual({ kind: "none" });
  expect(difference(two, one)).toEqual({ kind: "none" });
});

test("what depends on an operator that cannot be decided is not called the same", () => {
  const of = (value: string) =>
    allow("s3:GetObject", bucket, { "ForAnyValue:StringEqualsIfExists": { "aws:TagKeys": value } });
  const home = (name: string) =>
    allow("s3:GetObject", `arn:aws:s3:::home/\${aws:PrincipalTag/${name}}`);
  expect(difference([of("a"), home("a")], [of("a"), home("b")])).toMatchObject({ kind: "changed" });
  const malformed = (value: string) =>
    allow("s3:GetObject", bucket, { NumericLessThan: { "s3:max-keys": value } });
  const found = difference([malformed("ten")], [malformed("eleven")]);
  expect(found).toMatchObject({
    kind: "unknown",
    reasons: ["NumericLessThan s3:max-keys: a value is not of the operator's type"],
  });
});

describe("is not taken for the same", () => {
  test("a denial that is gone, although a permission names all of it", () => {
    const permits = allow("s3:*");
    const without = difference([permits], [permits, deny("s3:GetObject", bucket)]);
    expect(without).toMatchObject({ kind: "narrowed", lost: { action: "s3:GetObject" } });
  });

  test("text that is a variable in one version of the language, and itself in the other", () => {
    const home = allow("s3:GetObject", "arn:aws:s3:::home/${aws:username}");
    const literal = { Version: "2008-10-17", Statement: [home] } as const;
    const variable = policyDocument([home]);
    const of = (document: PolicyDocument) => ({ policies: [document] });
    expect(permissionDifference(of(literal), of(variable), CALLER).kind).not.toBe("none");
    expect(permissionDifference(of(literal), of(literal), CALLER).kind).toBe("none");
  });
});

describe("policies of AWS that name hundreds of actions", () => {
  test.each([
    ["job-function/ViewOnlyAccess", "job-function/SupportUser"],
    ["SecurityAudit", "ReadOnlyAccess"],
  ])("%s and %s are compared action by action, without giving up", (before, after) => {
    const of = (name: string): Permissions => ({
      policies: [managedPolicyDocument(name) ?? policyDocument([])],
    });
    const { difference, gained, lost } = comparePermitted(of(before), of(after), CALLER);
    expect(difference.kind).toBe("changed");
    expect(gained.patterns.length + lost.patterns.length).toBeGreaterThan(300);
    const answers = [gained, lost].flatMap((search) => search.patterns.map(search.ofPattern));
    expect(answers.filter(({ excess }) => excess === "unknown")).toEqual([]);
  });
});
