import type { Node } from "jsonc-parser";
import type { Diagnostic, Span } from "../diagnostics/diagnostic";
import { keyOf, readJson } from "../source/json/json-source";
import type { JsonSource } from "../source/json/json-source";
import { LIMITS } from "./limits";
import type { PolicySource } from "./policy-shape";
import { shapePolicy } from "./shape-policy";
import { shorten } from "../diagnostics/quote";

/**
 * Reads the text of a policy document: JSON, of at most 131,072 characters, all of them in IAM's set
 * (rule ID-22), no key twice in one object (rule GR-13), values of the right types. The rest of the
 * grammar needs to know what the document is for: `policy-grammar.ts`.
 *
 * Findings can come with a source: then it holds what could be read.
 *
 * @param file as the user named it
 */
export function readPolicySource(
  file: string,
  text: string,
): { readonly source?: PolicySource; readonly diagnostics: readonly Diagnostic[] } {
  if (text.length > LIMITS.policyDocumentLength) {
    const message = `the document has ${text.length} characters, IAM reads at most ${LIMITS.policyDocumentLength}`;
    return { diagnostics: [{ severity: "error", rule: "ID-22", file, message }] };
  }
  const { source: json, diagnostics } = readJson(file, text);
  if (json === undefined) return { diagnostics };

  const findings: Diagnostic[] = [...diagnostics];
  collect(json, json.root, [], findings);
  const { source, diagnostics: shapeFindings } = shapePolicy(json.value, json);
  findings.push(...shapeFindings);
  return source === undefined ? { diagnostics: findings } : { source, diagnostics: findings };
}

/** Collects findings about strings and keys below a node; nesting is limited, so it may recurse. */
function collect(json: JsonSource, node: Node, keys: readonly string[], found: Diagnostic[]): void {
  if (node.type === "string") collectForeignCharacter(json, node, found);
  if (node.type === "object") collectDuplicateKeys(json, node, keys, found);
  for (const child of node.children ?? []) {
    collect(json, child, child.type === "property" ? [...keys, keyOf(child)] : keys, found);
  }
}

/** Condition keys ignore case, all others do not (rule GR-13). */
function collectDuplicateKeys(
  json: JsonSource,
  object: Node,
  keys: readonly string[],
  found: Diagnostic[],
): void {
  const ignoresCase = keys.length === 3 && keys[0] === "Statement" && keys[1] === "Condition";
  const first = new Map<string, { readonly key: string; readonly span: Span }>();
  for (const property of object.children ?? []) {
    const node = property.children?.[0];
    if (node === undefined) continue;
    const key = keyOf(property);
    const span = json.spanOf(node.offset, node.length);
    const folded = ignoresCase ? key.toLowerCase() : key;
    const earlier = first.get(folded);
    if (earlier === undefined) {
      first.set(folded, { key, span });
      continue;
    }
    const message =
      earlier.key === key
        ? `the key ${quote(key)} appears twice in the same object`
        : `the condition key ${quote(key)} repeats ${quote(earlier.key)}: case does not count`;
    found.push({
      severity: "error",
      rule: "GR-13",
      file: json.file,
      span,
      message,
      help: `merge the two, or remove one; the first is on line ${earlier.span.start.line}`,
      related: [{ file: json.file, span: earlier.span, message: "first defined here" }],
    });
  }
}

/** The first character of a string that IAM does not accept, at the character itself (rule ID-22). */
function collectForeignCharacter(json: JsonSource, node: Node, found: Diagnostic[]): void {
  if (ACCEPTED.test(String(node.value))) return;
  const raw = json.text.slice(node.offset + 1, node.offset + node.length - 1);
  for (const { 0: written, index } of raw.matchAll(CHARACTERS)) {
    const character = written.startsWith("\\") ? (JSON.parse(`"${written}"`) as string) : written;
    if (ACCEPTED.test(character)) continue;
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    const plain = PLAIN[character];
    found.push({
      severity: "error",
      rule: "ID-22",
      file: json.file,
      span: json.spanOf(node.offset + 1 + index, written.length),
      message: `the character U+${code} is not accepted by IAM, allowed: tab, line breaks and U+0020 to U+00FF`,
      help: plain === undefined ? "write it with plain letters" : `write \`${plain}\``,
    });
    return;
  }
}

const ACCEPTED = /^[\t\n\r\u0020-\u00FF]*$/;
// Characters as they are written in JSON: pairs of surrogates, plain or escaped, stay together.
const CHARACTERS =
  /\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]/gu;

const PLAIN: Readonly<Record<string, string>> = {
  "\u2013": "-",
  "\u2014": "-",
  "\u2018": "'",
  "\u2019": "'",
  "\u201C": "'",
  "\u201D": "'",
  "\u2026": "...",
};

function quote(key: string): string {
  return `\`${shorten(key, 60)}\``;
}
