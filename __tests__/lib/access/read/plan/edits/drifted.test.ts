import {
  ANYBODY,
  DEPLOYER,
  INLINE,
  act,
  drift,
  make,
  testEdits,
  valuesOf,
} from "../../../../../support/mutations/edited-plans";
import { replan, restate } from "../../../../../support/plans/standing-plan";

testEdits([
  [
    "what drifted is corrected",
    "proved",
    "",
    (shop) => {
      const found = { ...valuesOf(shop, DEPLOYER), assume_role_policy: ANYBODY };
      act(shop, DEPLOYER, "update");
      restate(shop, DEPLOYER, found);
      drift(shop, DEPLOYER, found);
    },
  ],
  [
    "what drifted is not corrected",
    "refuted",
    "its trust policy lets in whom the map does not declare",
    (shop) => {
      const found = { ...valuesOf(shop, DEPLOYER), assume_role_policy: ANYBODY };
      drift(shop, DEPLOYER, found);
      restate(shop, DEPLOYER, found);
      replan(shop, DEPLOYER, found);
    },
  ],
  [
    "a change starts from something else than what drifted",
    "unknown",
    `error: ${DEPLOYER} is not the same in \`resource_drift\` and in \`prior_state\``,
    (shop) => {
      drift(shop, DEPLOYER, { ...valuesOf(shop, DEPLOYER), assume_role_policy: ANYBODY });
    },
  ],
  [
    "something was destroyed, and nothing makes it again",
    "unknown",
    `error: ${INLINE} is not the same in \`resource_drift\` and in \`prior_state\``,
    (shop) => {
      drift(shop, INLINE, null);
    },
  ],
  [
    "something was destroyed, and is made again",
    "proved",
    "",
    (shop) => {
      drift(shop, INLINE, null);
      make(shop, INLINE);
    },
  ],
  [
    "only the drift tells of a role",
    "refuted",
    "the Terraform makes this role, which the map does not declare",
    (shop) => {
      const role = { ...valuesOf(shop, DEPLOYER), name: "extra", inline_policy: [], arn: null };
      drift(shop, DEPLOYER, role);
      for (const each of shop.resource_drift) each.address = "aws_iam_role.extra";
    },
  ],
]);
