import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { InstanceProfileChain } from "trustwheel";
import { DATA, READ_LOGS, SHOP } from "../../constructs/library/library-stack";
import { snapshotConstruct } from "../../support/plans/terraform-snapshot";

const REPORTING = {
  account: DATA,
  roleName: "reporting-instance",
  profileName: "reporting",
  steps: [
    {
      collector: {
        account: DATA,
        roleName: "reporting-collector",
        policies: { "read-logs": READ_LOGS },
      },
    },
    { orders: { account: SHOP, roleName: "reporting-orders", externalIds: ["orders-id"] } },
  ],
};

snapshotConstruct(
  "a chain in the account of its instance",
  (scope) => new InstanceProfileChain(scope, "reporting", REPORTING),
  (text) => {
    expect(text).toHaveResourceWithProperties(IamInstanceProfile, { name: "reporting" });
  },
);

snapshotConstruct(
  "the part of a chain in another account",
  (scope) => new InstanceProfileChain(scope, "reporting", { ...REPORTING, inAccount: SHOP }),
  (text) => {
    expect(text).not.toHaveResource(IamInstanceProfile);
  },
);
