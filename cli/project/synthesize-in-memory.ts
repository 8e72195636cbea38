import type { StackText } from "../../lib/access/read/terraform-stack";
import type { AccessPlan } from "../../lib/plan/access-plan";

/** Synthesizes a plan as `trustwheel synth` does, and writes nothing. */
export function synthesizeInMemory(plan: AccessPlan): readonly StackText[] {
  // Loaded here, so that no other command pays for CDKTF.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { synthesize } = require("../../main") as typeof import("../../main");
  return [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text }));
}
