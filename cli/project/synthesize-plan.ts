import type { SynthesizedTree } from "../../constructs/synthesize";
import type { StackText } from "../../lib/access/read/terraform-stack";
import type { ResolvedAccess } from "../../lib/plan/resolved-access";

/** Synthesizes a plan in memory; nothing is written. */
export function synthesizePlan(plan: ResolvedAccess): SynthesizedTree {
  // Loaded here, so that no other command pays for CDKTF.
  /* eslint-disable @typescript-eslint/no-require-imports */
  const { synthesize } =
    require("../../constructs/synthesize") as typeof import("../../constructs/synthesize");
  /* eslint-enable @typescript-eslint/no-require-imports */
  return synthesize(plan);
}

/** The stacks that a plan synthesizes to. */
export function stackTexts(plan: ResolvedAccess): readonly StackText[] {
  return [...synthesizePlan(plan).stacks].map(([stack, text]) => ({ stack, text }));
}
