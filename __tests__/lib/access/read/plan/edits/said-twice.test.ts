import {
  ANYBODY,
  DEPLOYER,
  act,
  testEdits,
  valuesOf,
} from "../../../../../support/mutations/edited-plans";
import { changeOf } from "../../../../../support/plans/standing-plan";

testEdits([
  [
    "the state has another trust policy than the change starts from",
    "unknown",
    `error: ${DEPLOYER} is not the same in \`prior_state\` and in \`resource_changes\``,
    (shop) => {
      for (const each of shop.prior_state.values.root_module.resources) {
        if (each.address === DEPLOYER)
          each.values = { ...each.values, assume_role_policy: ANYBODY };
      }
    },
  ],
  [
    "other values are planned than the change ends in",
    "unknown",
    `error: ${DEPLOYER} is not the same in \`resource_changes\` and in \`planned_values\``,
    (shop) => {
      for (const each of shop.planned_values.root_module.resources) {
        if (each.address === DEPLOYER)
          each.values = { ...each.values, assume_role_policy: ANYBODY };
      }
    },
  ],
  [
    "something is said to be moved from an address that the state has beside it",
    "refuted",
    "the Terraform makes this role, which the map does not declare",
    (shop) => {
      const other = { ...valuesOf(shop, DEPLOYER), name: "extra", inline_policy: [] };
      shop.prior_state.values.root_module.resources.push({
        ...{ address: "aws_iam_role.extra", mode: "managed", type: "aws_iam_role", name: "extra" },
        values: { ...other, arn: "arn:aws:iam::222222222222:role/extra" },
      });
      changeOf(shop, DEPLOYER).previous_address = "aws_iam_role.extra";
    },
  ],
  [
    "something was moved",
    "proved",
    "",
    (shop) => {
      changeOf(shop, DEPLOYER).previous_address = "aws_iam_role.was";
    },
  ],
  [
    "actions that nobody knows",
    "unknown",
    `error: ${DEPLOYER} has the actions ["create","forget"], which are not known`,
    (shop) => {
      act(shop, DEPLOYER, "create", "forget");
    },
  ],
]);
