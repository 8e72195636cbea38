import { matchesAction } from "../../../lib/iam/condition/action-match";
import { managedPolicyDocument } from "../../../lib/iam/managed-policy";
import { valuesOf } from "../../../lib/iam/policy-document";
import { managedBeyondReading } from "../../../lib/rules/facts/beyond-reading";
import { MANAGED_POLICY_TRAPS } from "../../../lib/rules/escalations/n5-misleading-managed-policy";
import { checkMap } from "../../support/project";

/** Whether AWS's text of a policy allows an action on everything. */
function allows(name: string, action: string): boolean {
  const statements = managedPolicyDocument(name)?.Statement ?? [];
  return statements.some(
    ({ Effect, Action, Resource }) =>
      Effect === "Allow" &&
      valuesOf(Resource).includes("*") &&
      valuesOf(Action).some((pattern) => matchesAction(pattern, action)),
  );
}

describe("the managed policies that are traps (N5)", () => {
  test.each(
    Object.entries(MANAGED_POLICY_TRAPS).flatMap(([name, { actions }]) =>
      actions.map((action) => [name, action] as const),
    ),
  )("%s permits %s on everything, as its finding says", (name, action) => {
    expect(allows(name, action)).toBe(true);
  });

  // What the copy of AWS's policies has and lacks, as rule N5 lists it.
  test.each([
    [
      "ReadOnlyAccess",
      ["s3:GetObject", "ssm:GetParameter", "lambda:GetFunction", "sqs:ReceiveMessage"],
      ["secretsmanager:GetSecretValue", "kms:Decrypt", "sts:AssumeRole", "iam:PassRole"],
    ],
    [
      "ViewOnlyAccess",
      ["ec2:DescribeInstanceAttribute"],
      ["s3:GetObject", "ssm:GetParameter", "secretsmanager:GetSecretValue"],
    ],
    [
      "SecurityAudit",
      ["s3:GetBucketPolicy", "cloudformation:GetTemplate"],
      ["s3:GetObject", "ssm:GetParameter", "secretsmanager:GetSecretValue"],
    ],
    ["IAMFullAccess", ["iam:PassRole", "iam:PutRolePolicy"], ["sts:AssumeRole"]],
  ])("%s has and lacks what the rules say of it", (name, has, lacks) => {
    expect(has.filter((action) => !allows(name, action))).toEqual([]);
    expect(lacks.filter((action) => allows(name, action))).toEqual([]);
  });

  test("only read where AWS publishes them for reading", () => {
    const reading = ["ReadOnlyAccess", "ViewOnlyAccess", "SecurityAudit", "IAMReadOnlyAccess"];
    expect(reading.flatMap((name) => managedBeyondReading(name))).toEqual([]);
    expect(managedBeyondReading("SupportUser")).toContain("support:*");
    expect(managedBeyondReading("AmazonVPCReadOnlyAccess")).toBe("unknown");
  });
});

describe("names of managed policies (NP-01)", () => {
  const found = (permissions: string): string[] =>
    checkMap(`accounts:
  one: { id: "111111111111" }
hubs:
  people:
    account: one
    principals: { engineers: { permissionSet: { name: Engineer } } }
    ${permissions}
spokes:
  reader: { hubs: [people], accounts: { keys: [one] }, permissions: { managed: [SecurityAudit] } }
`)
      .diagnostics.filter(({ rule }) => rule === "NP-01" || rule === "unknown-managed-policy")
      .map(({ rule, help = "" }) => `${rule}: ${help}`);
  const managed = (name: string): string[] => found(`permissions: { managed: ["${name}"] }`);

  test.each([
    "job-function/ViewOnlyAccess",
    "service-role/AWSLambdaBasicExecutionRole",
    "CloudWatchReadOnlyAccess",
    "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    "arn:aws:iam::111111111111:policy/ViewOnlyAccess",
  ])("are right: %s", (name) => {
    expect(managed(name)).toEqual([]);
  });

  test.each([
    ["ViewOnlyAccess", "job-function/ViewOnlyAccess"],
    ["service-role/ViewOnlyAccess", "job-function/ViewOnlyAccess"],
    ["/job-function/ViewOnlyAccess", "job-function/ViewOnlyAccess"],
    ["job-function/ReadOnlyAccess", "ReadOnlyAccess"],
    ["arn:aws:iam::aws:policy/ViewOnlyAccess", "job-function/ViewOnlyAccess"],
  ])("have another path: %s", (name, right) => {
    expect(managed(name)).toEqual([`NP-01: write \`${right}\``]);
  });

  test.each([
    ["viewonlyaccess", "did you mean `job-function/ViewOnlyAccess`?"],
    ["ReadOnly", "did you mean `ReadOnlyAccess`?"],
    [
      "NobodyEverHeardOfThisPolicy",
      "write its exact name, or accept the finding if the policy is new",
    ],
  ])("are not known: %s", (name, help) => {
    expect(managed(name)).toEqual([`unknown-managed-policy: ${help}`]);
  });

  test("are checked in boundaries, and once where a default stands for many roles", () => {
    expect(found("permissionsBoundary: { managed: ViewOnlyAccess }")).toHaveLength(1);
    const { diagnostics } = checkMap(`accounts:
  one: { id: "111111111111" }
defaults: { permissionsBoundary: { managed: ViewOnlyAccess } }
hubs:
  people: { account: one, principals: { engineers: { permissionSet: { name: Engineer } } } }
  others: { account: one, principals: { engineers: { permissionSet: { name: Engineer } } } }
`);
    expect(diagnostics.filter(({ rule }) => rule === "NP-01")).toHaveLength(1);
  });
});
