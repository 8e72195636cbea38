import type { PolicyPath, StatementShape } from "../policy-shape";
import type { GrammarFinding } from "./finding";
import type { PolicyKind } from "./policy-kind";

/** A resource control policy denies, and everyone: whom it means, its conditions say (rule PB-07). */
export function* resourceControl(
  { Effect, Principal, NotPrincipal }: StatementShape,
  at: PolicyPath,
  kind: PolicyKind,
): Iterable<GrammarFinding> {
  if (kind !== "resource-control") return;
  if (Effect === "Allow") {
    yield {
      rule: "PB-07",
      at: [...at, "Effect"],
      message: "a resource control policy can only deny, got `Allow`",
      help: "what is not denied is left to the policies of the resource: say here what is never wanted",
    };
  }
  if (Principal === "*" || NotPrincipal !== undefined) return;
  yield {
    rule: "PB-07",
    at: Principal === undefined ? at : [...at, "Principal"],
    message: `\`Principal\` must be "*" in a resource control policy, ${Principal === undefined ? "and is missing" : "got another"}`,
    help: 'write "Principal": "*", and say in a condition who is meant',
  };
}
