import {
  ANYBODY,
  ATTACHED,
  ATTACHED_LIST,
  DEPLOYER,
  HUB,
  HUB_INLINE,
  INLINE,
  INLINE_LIST,
  PROFILE,
  STARTS,
  USER,
  USER_INLINE,
  act,
  testEdits,
  valuesOf,
} from "../../../../../support/mutations/edited-plans";
import { remake, replan, restate, untarget } from "../../../../../support/plans/standing-plan";

testEdits([
  ["nothing is planned", "proved", "", () => undefined],
  [
    "a role is made anew, and its attachment stays as it is",
    "refuted",
    `warning: ${ATTACHED} stays as it is in the plan, and is lost with ${DEPLOYER}, which is made anew`,
    (shop) => {
      remake(shop, DEPLOYER);
    },
  ],
  [
    "a role is made anew, and its inline policy was left out of the plan",
    "refuted",
    `warning: ${INLINE} stays as it is in the plan, and is lost with ${DEPLOYER}, which is made anew`,
    (shop) => {
      remake(shop, DEPLOYER);
      for (const address of [INLINE, ATTACHED, INLINE_LIST, ATTACHED_LIST]) untarget(shop, address);
    },
  ],
  [
    "a role is made anew, and its inline policy is forgotten",
    "refuted",
    `warning: ${INLINE} stays as it is in the plan, and is lost with ${DEPLOYER}, which is made anew`,
    (shop) => {
      remake(shop, DEPLOYER);
      act(shop, INLINE, "forget");
      replan(shop, INLINE, null);
    },
  ],
  [
    "a role is made anew, and its instance profile stays as it is",
    "refuted",
    `warning: ${PROFILE} stays as it is in the plan, and is lost with ${STARTS}, which is made anew`,
    (shop) => {
      remake(shop, STARTS);
      remake(shop, "aws_iam_role_policy.chain-reports_policy-assume-roles");
    },
  ],
  [
    "a role is made anew, and only the tags of its instance profile change",
    "refuted",
    "the Terraform does not make this instance profile",
    (shop) => {
      remake(shop, STARTS);
      remake(shop, "aws_iam_role_policy.chain-reports_policy-assume-roles");
      act(shop, PROFILE, "update");
      replan(shop, PROFILE, { ...valuesOf(shop, PROFILE), tags: { a: "b" } });
    },
  ],
  [
    "a user is made anew, and its policy stays as it is",
    "refuted",
    `warning: ${USER_INLINE} stays as it is in the plan, and is lost with ${USER}, which is made anew`,
    (_, tools) => {
      remake(tools, USER);
    },
  ],
  [
    "a role is made anew, and all that belongs to it follows",
    "proved",
    "",
    (shop) => {
      remake(shop, DEPLOYER);
      for (const address of [INLINE, ATTACHED]) remake(shop, address);
    },
  ],
  [
    "a role is made anew, its inline policy is written again, and a list attaches the rest",
    "proved",
    "",
    (shop) => {
      remake(shop, DEPLOYER);
      act(shop, INLINE, "update");
      act(shop, ATTACHED_LIST, "update");
    },
  ],
  [
    "a role is made anew, and its inline policy does not wait for it",
    "unknown",
    `error: ${INLINE} does not wait for ${DEPLOYER}, which is made anew: whether it is lost with it is unknown`,
    (shop) => {
      remake(shop, DEPLOYER);
      for (const address of [INLINE, ATTACHED]) remake(shop, address);
      for (const each of shop.configuration.root_module.resources) {
        if (each.address === INLINE) each.expressions = {};
      }
    },
  ],
  [
    "a role is made anew, and its inline policy waits by depends_on",
    "proved",
    "",
    (shop) => {
      remake(shop, DEPLOYER);
      for (const address of [INLINE, ATTACHED]) remake(shop, address);
      for (const each of shop.configuration.root_module.resources) {
        if (each.address !== INLINE) continue;
        each.expressions = {};
        each.depends_on = [DEPLOYER];
      }
    },
  ],
  [
    "a hub is made anew, and the trust of its spoke in another plan stays as it was saved",
    "unknown",
    `error: ${DEPLOYER} names arn:aws:iam::111111111111:role/bots-hub in a trust policy that was saved before`,
    (_, tools) => {
      remake(tools, HUB);
      remake(tools, HUB_INLINE);
    },
  ],
  [
    "a hub is made anew, and the trust of its spoke is saved again",
    "proved",
    "",
    (shop, tools) => {
      remake(tools, HUB);
      remake(tools, HUB_INLINE);
      act(shop, DEPLOYER, "update");
      restate(shop, DEPLOYER, { ...valuesOf(shop, DEPLOYER), assume_role_policy: ANYBODY });
    },
  ],
  [
    "a user is renamed, and its policy names it as before",
    "refuted",
    `error: ${USER_INLINE} names ${USER}, which is renamed, by its old name: whom it belongs to is unknown`,
    (_, tools) => {
      act(tools, USER, "update");
      replan(tools, USER, { ...valuesOf(tools, USER), name: "robot" });
    },
  ],
]);
