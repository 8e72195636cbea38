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
import { changeOf, replan, restate } from "../../../../../support/plans/standing-plan";
import type { EditablePlan } from "../../../../../support/plans/standing-plan";

const DEPLOY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';

/** A role that is not in the configuration, as the state had it and as it was read anew, is planned for something. */
function leave(shop: EditablePlan, action: string, start: "stored" | "found" | "other"): void {
  const arn = "arn:aws:iam::222222222222:role/extra";
  const stored = { ...valuesOf(shop, DEPLOYER), name: "extra", arn, inline_policy: [] };
  const found = { ...stored, inline_policy: [{ name: "own", policy: DEPLOY }] };
  const before = { stored, found, other: { ...stored, path: "/other/" } }[start];
  const { change, ...place } = structuredClone(changeOf(shop, DEPLOYER));
  const extra = { ...place, address: "aws_iam_role.extra", name: "extra" };
  const after = action === "delete" ? null : found;
  shop.resource_changes.push({ ...extra, change: { ...change, actions: [action], before, after } });
  shop.resource_drift.push({
    ...extra,
    change: { ...change, actions: ["update"], before: stored, after: found },
  });
  shop.prior_state.values.root_module.resources.push({
    ...{ address: extra.address, mode: "managed", type: "aws_iam_role", name: "extra" },
    values: found,
  });
}

const TWICE =
  "error: aws_iam_role.extra is not the same in `prior_state` and in `resource_changes`";

testEdits([
  [
    "what is destroyed starts from what the state had before it was read anew",
    "proved",
    "",
    (shop) => {
      leave(shop, "delete", "stored");
    },
  ],
  [
    "what is destroyed starts from what the state had, and is planned to stay",
    "unknown",
    "error: aws_iam_role.extra is not the same in `resource_changes` and in `planned_values`",
    (shop) => {
      leave(shop, "delete", "stored");
      const { resources } = shop.prior_state.values.root_module;
      shop.planned_values.root_module.resources.push(...resources.slice(-1));
    },
  ],
  [
    "what is destroyed starts from what was read anew",
    "proved",
    "",
    (shop) => {
      leave(shop, "delete", "found");
    },
  ],
  [
    "what is destroyed starts from something else",
    "unknown",
    TWICE,
    (shop) => {
      leave(shop, "delete", "other");
    },
  ],
  [
    "what is changed starts from what the state had before it was read anew",
    "refuted",
    TWICE,
    (shop) => {
      leave(shop, "update", "stored");
    },
  ],
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
