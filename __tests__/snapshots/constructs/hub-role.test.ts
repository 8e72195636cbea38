import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { HubRole, githubActions, iamUser, permissionSet } from "trustwheel";
import { READ_LOGS, SHOP, TOOLS } from "../../constructs/library/library-stack";
import { snapshotConstruct } from "../../support/plans/terraform-snapshot";

snapshotConstruct(
  "a hub for people, a job and a user",
  (scope) =>
    new HubRole(scope, "people", {
      account: TOOLS,
      roleName: "people-hub",
      path: "/access/",
      principals: {
        engineers: permissionSet({ name: "Engineer" }),
        release: githubActions({ repository: "example/shop", branch: "main" }),
        bot: iamUser({ name: "bot" }, { mfa: true }),
      },
      spokes: [{ account: SHOP, roleName: "reader", path: "/access/" }],
      policies: { "read-logs": READ_LOGS },
    }),
  (text) => {
    expect(text).toHaveResourceWithProperties(IamRole, { name: "people-hub", path: "/access/" });
  },
);
