import type { Node } from "jsonc-parser";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import { keyOf } from "../../source/json/json-source";
import type { JsonSource } from "../../source/json/json-source";
import type { FindingFacts } from "../../diagnostics/findings/finding-facts";
import type { RuleId } from "../../diagnostics/findings/finding-id";

/** Facts of the rule that no two things of a stack have one address. It reads the text: parsed, one of the two is gone. */
export const DUPLICATE_ADDRESS: FindingFacts<RuleId> & { readonly severity: "error" } = {
  id: "terraform-duplicate",
  severity: "error",
  summary: "no key appears twice in one object of a stack, so no two resources have one address",
  why: "The later one silently replaces the earlier: only one of two roles is created.",
  source: "measured with CDKTF 0.21 and Terraform 1.11",
};

/** Keys that stand twice in one object of a text. */
export function* duplicateKeys(source: JsonSource): Generator<Diagnostic> {
  const pending: Node[] = [source.root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    pending.push(...(node.children ?? []));
    if (node.type !== "object") continue;
    const first = new Map<string, Node>();
    for (const property of node.children ?? []) {
      const key = keyOf(property);
      const [keyNode] = property.children ?? [];
      const earlier = first.get(key);
      if (keyNode === undefined) continue;
      if (earlier === undefined) first.set(key, keyNode);
      else yield duplicate(source, key, keyNode, earlier);
    }
  }
}

function duplicate(source: JsonSource, key: string, node: Node, earlier: Node): Diagnostic {
  const { file } = source;
  const span = source.spanOf(earlier.offset, earlier.length);
  return {
    severity: DUPLICATE_ADDRESS.severity,
    rule: DUPLICATE_ADDRESS.id,
    file,
    span: source.spanOf(node.offset, node.length),
    message: `the key \`${key}\` appears twice in the same object, and only one of the two counts`,
    help: "give the two constructs IDs that differ in their letters and digits",
    related: [{ file, span, message: "first one here" }],
  };
}
