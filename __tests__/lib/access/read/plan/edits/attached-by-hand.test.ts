import {
  ADMIN,
  ATTACHED_LIST,
  DEPLOYER,
  INLINE_LIST,
  act,
  applyList,
  attachArnByHand,
  attachByHand,
  testEdits,
  valuesOf,
} from "../../../../../support/mutations/edited-plans";
import { changeOf, replan } from "../../../../../support/plans/standing-plan";
import type { Values } from "../../../../../support/plans/standing-plan";

testEdits([
  [
    "a list that is applied takes away an inline policy made by hand",
    "proved",
    "",
    (shop) => {
      attachByHand(shop);
      applyList(shop, INLINE_LIST, "policy_names", "by-hand");
    },
  ],
  [
    "a list that is applied takes away an ARN attached by hand",
    "proved",
    "",
    (shop) => {
      attachArnByHand(shop);
      applyList(shop, ATTACHED_LIST, "policy_arns", ADMIN);
    },
  ],
  [
    "a list that is not applied takes away nothing",
    "refuted",
    `error: ${INLINE_LIST} leaves out \`by-hand\`, which ${DEPLOYER} has attached`,
    attachByHand,
  ],
  [
    "the list of the other kind is applied",
    "refuted",
    `error: ${ATTACHED_LIST} leaves out \`${ADMIN}\`, which ${DEPLOYER} has attached`,
    (shop) => {
      attachArnByHand(shop);
      act(shop, INLINE_LIST, "update");
    },
  ],
  [
    "a list of another account with a role of the same name is applied",
    "refuted",
    `error: ${INLINE_LIST} leaves out \`by-hand\`, which ${DEPLOYER} has attached`,
    (shop, tools) => {
      attachByHand(shop);
      const other = structuredClone(changeOf(shop, INLINE_LIST));
      shop.resource_changes.push({
        ...other,
        address: "aws_iam_role_policies_exclusive.other",
        change: { ...other.change, actions: ["create"], before: null },
      });
      const { provider_config: providers } = shop.configuration as unknown as {
        provider_config: Values;
      };
      providers["aws.tools"] = (
        tools.configuration as unknown as { provider_config: Values }
      ).provider_config.aws;
      shop.configuration.root_module.resources.push({
        address: "aws_iam_role_policies_exclusive.other",
        ...{ provider_config_key: "aws.tools" },
        expressions: {},
      });
    },
  ],
  [
    "a list that is applied keeps what it names, also where it was made by hand",
    "refuted",
    "its policies permit what the map does not declare",
    (shop) => {
      attachByHand(shop);
      act(shop, INLINE_LIST, "update");
      const values = valuesOf(shop, INLINE_LIST);
      replan(shop, INLINE_LIST, {
        ...values,
        policy_names: [...(values.policy_names as string[]), "by-hand"],
      });
    },
  ],
  [
    "a list is forgotten",
    "refuted",
    `warning: ${INLINE_LIST} is forgotten: what is attached by hand is no longer taken away`,
    (shop) => {
      act(shop, INLINE_LIST, "forget");
      replan(shop, INLINE_LIST, null);
    },
  ],
  [
    "a list is destroyed",
    "refuted",
    "what is attached to it by hand",
    (shop) => {
      act(shop, ATTACHED_LIST, "delete");
      replan(shop, ATTACHED_LIST, null);
    },
  ],
  [
    "a policy made by hand is not forgotten because the provider will look again",
    "refuted",
    "by-hand",
    (shop) => {
      attachByHand(shop);
      const { change } = changeOf(shop, DEPLOYER);
      change.actions = ["update"];
      change.after_unknown = { inline_policy: true };
      const { inline_policy: _, ...rest } = valuesOf(shop, DEPLOYER);
      replan(shop, DEPLOYER, rest);
    },
  ],
]);
