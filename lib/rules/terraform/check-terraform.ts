import { isObject } from "../../source/json-object";
import { findNodeAtLocation } from "jsonc-parser";
import { sortDiagnostics } from "../../diagnostics/diagnostic";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic";
import { readJson } from "../../source/json/json-source";
import type { JsonSource } from "../../source/json/json-source";
import type { Path } from "../../source/source";
import { accountGuard } from "./terraform-account-guard";
import { addressNames } from "./terraform-address";
import { defaultProvider } from "./terraform-default-provider";
import { duplicateKeys } from "./terraform-duplicate";
import { providerAlias } from "./terraform-alias";
import { providerReference } from "./terraform-provider";
import { stateBackend } from "./terraform-backend";
import { storedPolicy } from "./terraform-policy";
import { templateEscapes } from "../documents/gr-23-template-escapes";
import { Stack } from "./terraform-rule";
import type { TerraformFinding, TerraformRule } from "./terraform-rule";

/** The rules on synthesized Terraform. */
export const TERRAFORM_RULES: readonly TerraformRule[] = [
  templateEscapes,
  storedPolicy,
  addressNames,
  defaultProvider,
  providerAlias,
  providerReference,
  accountGuard,
  stateBackend,
];

/**
 * Checks a tree of synthesized Terraform: what CDKTF lets through in silence and Terraform or AWS
 * rejects later, or would take for something else.
 *
 * @param texts `cdk.tf.json` by file, as the user named it
 * @param origin texts that were just made by one serializer have no key twice; looking for that takes
 *   most of the time. @default "anywhere"
 * @returns sorted
 */
export function checkTerraform(
  texts: ReadonlyMap<string, string>,
  origin: "anywhere" | "serializer" = "anywhere",
): Diagnostic[] {
  const places = new Places(texts);
  const diagnostics: Diagnostic[] = [];
  const stacks: Stack[] = [];
  for (const [file, text] of texts) {
    const value = parsed(text);
    if (value === undefined) diagnostics.push(...readJson(file, text).diagnostics);
    else if (isObject(value)) stacks.push(new Stack(file, text, value));
    else diagnostics.push({ severity: "error", rule: "value", file, message: NOT_A_STACK });
  }
  for (const rule of TERRAFORM_RULES) {
    for (const finding of rule.check(stacks)) diagnostics.push(diagnosticOf(rule, finding, places));
  }
  if (origin === "anywhere") {
    for (const { file } of stacks) {
      const source = places.source(file);
      if (source !== undefined) diagnostics.push(...duplicateKeys(source));
    }
  }
  return sortDiagnostics(diagnostics);
}

const NOT_A_STACK = "a stack must be an object";

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function diagnosticOf(
  { id, severity }: TerraformRule,
  { file, at, atKey, part, message, help, related }: TerraformFinding,
  places: Places,
): Diagnostic {
  const span = places.span(file, at, atKey, part);
  const second = related && places.span(related.file, related.at, true);
  return {
    severity,
    rule: id,
    file,
    ...(span === undefined ? {} : { span }),
    message,
    ...(help === undefined ? {} : { help }),
    ...(related === undefined || second === undefined
      ? {}
      : { related: [{ file: related.file, span: second, message: related.message }] }),
  };
}

/** The places of the parts of texts, which are read for places only where something was found. */
class Places {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #sources = new Map<string, JsonSource | undefined>();

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  /** `undefined` where the text is nested too deep to be read for places. */
  source(file: string): JsonSource | undefined {
    if (!this.#sources.has(file)) {
      this.#sources.set(file, readJson(file, this.#texts.get(file) ?? "").source);
    }
    return this.#sources.get(file);
  }

  span(file: string, at: Path, atKey = false, part?: string): Span | undefined {
    const source = this.source(file);
    if (source === undefined) return undefined;
    const node = part === undefined ? undefined : findNodeAtLocation(source.root, [...at]);
    if (node !== undefined && part !== undefined) {
      const raw = source.text.slice(node.offset, node.offset + node.length);
      const start = raw.indexOf(part);
      if (start >= 0) return source.spanOf(node.offset + start, part.length);
    }
    return atKey ? source.locateKey(at) : source.locate(at);
  }
}
