import {
  ATTACHED,
  BOUNDARY,
  DEPLOYER,
  INLINE,
  act,
  renameAddress,
  testEdits,
} from "../../../../../support/mutations/edited-plans";
import { changeOf, remake } from "../../../../../support/plans/standing-plan";

testEdits([
  [
    "a role is made before the one of its name is destroyed",
    "unknown",
    `error: ${DEPLOYER} destroys what it makes before under the same name: what there will be is unknown`,
    (shop) => {
      remake(shop, DEPLOYER);
      for (const address of [INLINE, ATTACHED]) remake(shop, address);
      act(shop, DEPLOYER, "create", "delete");
    },
  ],
  [
    "an attachment is made before it is destroyed",
    "unknown",
    `error: ${ATTACHED} destroys what it makes before under the same name: what there will be is unknown`,
    (shop) => {
      act(shop, ATTACHED, "create", "delete");
    },
  ],
  [
    "an attachment is made under another address, and destroyed under its own",
    "unknown",
    `error: ${ATTACHED} destroys what aws_iam_role_policy_attachment.other keeps or makes: what there will be is unknown`,
    (shop) => {
      renameAddress(shop, ATTACHED, "aws_iam_role_policy_attachment.other");
    },
  ],
  [
    "what a failed replacement left of an attachment is destroyed",
    "unknown",
    `error: ${ATTACHED} (deposed 00000001) destroys what ${ATTACHED} keeps or makes`,
    (shop) => {
      const left = structuredClone(changeOf(shop, ATTACHED));
      shop.resource_changes.push({
        ...left,
        deposed: "00000001",
        change: { ...left.change, actions: ["delete"], after: null },
      });
    },
  ],
  [
    "a boundary is made anew while a role has it",
    "unknown",
    `error: ${BOUNDARY} is destroyed while ${DEPLOYER} uses it, which AWS refuses: what there will be is unknown`,
    (shop) => {
      remake(shop, BOUNDARY);
    },
  ],
]);
