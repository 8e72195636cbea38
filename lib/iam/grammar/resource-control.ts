import type { PolicyPath, StatementShape } from "../policy-shape";
import { valuesOf } from "../policy-document";
import { quoted } from "./finding";
import type { GrammarFinding } from "./finding";
import type { PolicyKind } from "./policy-kind";

/** A resource control policy denies, and everyone: whom it means, its conditions say (rule PB-07). */
export function* resourceControl(
  { Effect, Principal, NotPrincipal, Action }: StatementShape,
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
  const actions = valuesOf(Action);
  for (const [index, action] of actions.entries()) {
    if (Effect === "Allow" || (action !== "*" && action !== "*:*")) continue;
    yield {
      rule: "PB-07",
      at: [...at, "Action", index],
      message: `the actions of a resource control policy name a service, got ${quoted(action)}`,
      help: 'write the services that are meant, such as "sts:*"',
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
