import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { SpokeRole } from "trustwheel";
import { READ_LOGS, SHOP, TOOLS } from "../../constructs/library/library-stack";
import { snapshotConstruct } from "../../support/plans/terraform-snapshot";

snapshotConstruct(
  "a spoke with an external id that is being changed",
  (scope) =>
    new SpokeRole(scope, "reader", {
      account: SHOP,
      roleName: "reader",
      hubs: { people: { account: TOOLS, roleName: "people-hub", path: "/access/" } },
      externalIds: ["current-id", "previous-id"],
      policies: { "read-logs": READ_LOGS },
      managedPolicies: ["job-function/ViewOnlyAccess"],
      permissionsBoundaryArn: "arn:aws:iam::222222222222:policy/boundary",
      maxSessionSeconds: 3600,
      tags: { team: "shop" },
    }),
  (text) => {
    expect(text).toHaveResourceWithProperties(IamRolePolicyAttachment, {
      policy_arn: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
    });
  },
);
