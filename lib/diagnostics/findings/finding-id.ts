import { ACCESS_FINDINGS } from "./access-findings";
import { ENTRY_FINDINGS } from "./entry-findings";
import { ORGANIZATION_FINDINGS } from "./organization-findings";
import type { REVIEW_FINDINGS } from "./review-findings";
import type { RULE_IDS } from "./rule-ids";
import { TEXT_FINDINGS } from "./text-findings";

/** Every finding of `check`, `synth`, `prove`, `sync` and `adopt` that no rule stands for. */
export const LOOSE_FINDINGS = [
  ...TEXT_FINDINGS,
  ...ENTRY_FINDINGS,
  ...ACCESS_FINDINGS,
  ...ORGANIZATION_FINDINGS,
] as const;

/** The id of a fact of the reference, or of a rule of ours. */
export type RuleId = (typeof RULE_IDS)[number];

/** The id of a finding of a review. */
export type ReviewFindingId = (typeof REVIEW_FINDINGS)[number]["id"];

/** The id of any finding: there are no others, and each has its text on the page of findings. */
export type FindingId = RuleId | ReviewFindingId | (typeof LOOSE_FINDINGS)[number]["id"];
