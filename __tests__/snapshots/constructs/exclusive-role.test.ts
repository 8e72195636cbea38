import { IamRolePoliciesExclusive } from "@cdktf/provider-aws/lib/iam-role-policies-exclusive";
import { ExclusiveRole } from "trustwheel";
import { READ_LOGS } from "../../constructs/library/library-stack";
import { snapshotConstruct } from "../../support/plans/terraform-snapshot";

snapshotConstruct(
  "a role with exactly its policies",
  (scope) =>
    new ExclusiveRole(scope, "runner", {
      roleName: "runner",
      trust: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Lambda",
            Effect: "Allow",
            Principal: { Service: "lambda.amazonaws.com" },
            Action: "sts:AssumeRole",
          },
        ],
      },
      inlinePolicies: [{ name: "read-logs", document: READ_LOGS }],
      managedPolicyArns: { view: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess" },
      instanceProfiles: ["runner"],
    }),
  (text) => {
    expect(text).toHaveResourceWithProperties(IamRolePoliciesExclusive, {
      role_name: "${aws_iam_role.runner.name}",
    });
  },
);
