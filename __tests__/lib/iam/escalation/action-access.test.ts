import {
  accessLevelsOf,
  actionsBeyondReading,
  expandAction,
  isKnownAction,
} from "../../../../lib/iam/escalation/action-access";
import { managedPolicyDocument } from "../../../../lib/iam/managed-policy";
import { policyDocument } from "../../../../lib/iam/policy-document";
import type { Statement } from "../../../../lib/iam/policy-document";

describe("the actions that a pattern names", () => {
  test.each([
    ["s3:GetObject", ["s3:GetObject"]],
    ["S3:getobject", ["s3:GetObject"]],
    [
      "sts:AssumeRole*",
      ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"],
    ],
    ["sts:?etSourceIdentity", ["sts:SetSourceIdentity"]],
    ["rds-db:connect", ["rds-db:connect"]],
    ["sts:*Session*", ["sts:GetSessionToken", "sts:TagSession"]],
    [
      "s3-*:GetObjectTagging",
      ["s3-object-lambda:GetObjectTagging", "s3-outposts:GetObjectTagging"],
    ],
  ])("%s", (pattern, actions) => {
    expect(expandAction(pattern)).toEqual(actions);
    expect(isKnownAction(pattern)).toBe(true);
  });

  test.each([
    "s3:GetObjekt",
    "nosuchservice:*",
    "GetObject",
    "s3:",
    ":GetObject",
    "",
    "s3:Nothing*",
  ])("are unknown for %j, never none", (pattern) => {
    expect(expandAction(pattern)).toBe("unknown");
    expect(isKnownAction(pattern)).toBe(false);
  });

  test("are all of them for a star", () => {
    expect(expandAction("*")).toHaveLength(22_091);
    expect(expandAction("*:*")).toEqual(expandAction("*"));
  });

  test("are found in no time for a pattern made to explode", () => {
    expect(expandAction(`s3:${"*a".repeat(60_000)}`)).toBe("unknown");
  });
});

describe("the access levels of a pattern", () => {
  test.each([
    ["s3:ListBucket", ["List"]],
    ["s3:GetObject", ["Read"]],
    ["sts:AssumeRole", ["Write"]],
    ["iam:TagRole", ["Tagging", "Write"]],
    ["iam:AttachRolePolicy", ["Permissions management", "Write"]],
    ["ec2:Describe*", ["List"]],
    ["cloudtrail:Get*", ["Read"]],
    ["s3:*Bucket", ["List", "Write"]],
    ["s3:*", ["List", "Permissions management", "Read", "Tagging", "Write"]],
    ["*", ["List", "Permissions management", "Read", "Tagging", "Write"]],
    ["s3:GetObjekt", ["unknown"]],
    ["nosuchservice:*", ["unknown"]],
  ])("%s: %j", (pattern, levels) => {
    expect([...accessLevelsOf(pattern)].sort()).toEqual(levels);
  });
});

describe("what a document allows beyond reading", () => {
  const beyond = (...statements: Statement[]): readonly string[] =>
    actionsBeyondReading(policyDocument(statements));

  test("is nothing where it only lists and reads", () => {
    const Action = ["ec2:Describe*", "s3:GetObject", "cloudwatch:List*", "logs:filterlogevents"];
    expect(beyond({ Effect: "Allow", Action, Resource: "*" })).toEqual([]);
  });

  test("is each pattern that does more, as written, once, in the document's order", () => {
    const first: Statement = {
      Effect: "Allow",
      Action: ["s3:PutObject", "s3:Get*", "ec2:*"],
      Resource: "*",
    };
    const second: Statement = { Effect: "Allow", Action: ["ec2:*", "*"], Resource: "*" };
    expect(beyond(first, second)).toEqual(["s3:PutObject", "ec2:*", "*"]);
  });

  test("holds tagging, permissions management and what is not known", () => {
    const Action = ["s3:PutBucketTagging", "s3:PutBucketPolicy", "s3:GetObjekt"];
    expect(beyond({ Effect: "Allow", Action, Resource: "*" })).toEqual(Action);
  });

  test("holds everything but some actions", () => {
    const statement: Statement = { Effect: "Allow", NotAction: ["iam:*", "sts:*"], Resource: "*" };
    expect(beyond(statement)).toEqual(["NotAction iam:*, sts:*"]);
  });

  test("does not hold what is denied", () => {
    expect(beyond({ Effect: "Deny", Action: "s3:PutObject", Resource: "*" })).toEqual([]);
    expect(beyond({ Effect: "Deny", NotAction: "s3:Get*", Resource: "*" })).toEqual([]);
  });

  test.each([
    ["AmazonS3ReadOnlyAccess", []],
    ["AmazonEC2ReadOnlyAccess", []],
    ["CloudWatchReadOnlyAccess", []],
    ["AdministratorAccess", ["*"]],
    [
      "PowerUserAccess",
      [
        "NotAction iam:*, organizations:*, account:*",
        "iam:CreateServiceLinkedRole",
        "iam:DeleteServiceLinkedRole",
      ],
    ],
  ])("of %s: %j", (name, expected) => {
    expect(actionsBeyondReading(managedPolicyDocument(name) ?? policyDocument([]))).toEqual(
      expected,
    );
  });
});
