import type { StackText } from "../../lib/access/read/terraform-stack";
import type { ResolvedAccess } from "../../lib/plan/resolved-access";

/** Synthesizes a plan as `trustwheel synth` does, and writes nothing. */
export function synthesizeInMemory(plan: ResolvedAccess): readonly StackText[] {
  // Loaded here, so that no other command pays for CDKTF.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { synthesize } = require("../../main") as typeof import("../../main");
  return [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text }));
}
