import { Reporter } from "../source/reporter";
import { hasErrors, sortDiagnostics } from "../diagnostics/diagnostic";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { policyKind } from "../iam/grammar/policy-kind";
import type { PolicyKind } from "../iam/grammar/policy-kind";
import { policyDocument } from "../iam/policy-document";
import type { PolicyDocument, Statement } from "../iam/policy-document";
import { checkPolicyGrammar } from "../iam/policy-grammar";
import type { PolicySource } from "../iam/policy-shape";
import { readPolicySource } from "../iam/policy-source";
import { RULES } from "../rules/catalogue";
import { DocumentContext } from "../rules/rule-context";
import { documentEscalations } from "./document-escalations";

/** Documents that were checked without a map. */
export interface CheckedDocuments {
  /** What each document is for, by file; a text that is no document is left out. */
  readonly kinds: ReadonlyMap<string, PolicyKind>;
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Checks policy documents that no map uses: their grammar, then what the rules say of documents on
 * their own. What depends on the role that gets a document, such as its size and its account, is left
 * to the map.
 *
 * @param texts documents by file, as the user named it
 * @param kind what all of them are for. @default - told by the content of each
 * @param now ISO 8601: a condition that ends before it holds no more. @default - not known
 */
export function checkDocuments(
  texts: ReadonlyMap<string, string>,
  kind?: PolicyKind,
  now?: string,
): CheckedDocuments {
  const diagnostics: Diagnostic[] = [];
  const kinds = new Map<string, PolicyKind>();
  const sound = new Map<string, PolicySource>();
  for (const [file, text] of texts) {
    const { source, diagnostics: findings } = readPolicySource(file, text);
    diagnostics.push(...findings);
    if (source === undefined) continue;
    const own = kind ?? policyKind(source.document);
    kinds.set(file, own);
    if (hasErrors(findings)) continue;
    const faults = checkPolicyGrammar(source, own);
    diagnostics.push(...faults);
    // Rules judge what roles have; control policies are none of it.
    const isControl = own === "service-control" || own === "resource-control";
    if (!isControl && !hasErrors(faults)) sound.set(file, source);
    if (own === "identity" && !hasErrors(faults)) diagnostics.push(...escalations(source, now));
  }
  diagnostics.push(...judge(sound, kinds, now));
  return { kinds, diagnostics: sortDiagnostics(diagnostics) };
}

function escalations(source: PolicySource, now: string | undefined): readonly Diagnostic[] {
  const reporter = new Reporter(source);
  for (const { at, rule, ...finding } of documentEscalations(documentOf(source), now)) {
    reporter.report(at, { rule, severity: "warning", ...finding });
  }
  return reporter.diagnostics;
}

/** A document as a value; its grammar was checked. */
function documentOf({ document }: PolicySource): PolicyDocument {
  return policyDocument((document.Statement ?? []) as Statement[]);
}

function judge(
  documents: ReadonlyMap<string, PolicySource>,
  kinds: ReadonlyMap<string, PolicyKind>,
  now: string | undefined,
): Diagnostic[] {
  const context = new DocumentContext({ documents, kinds, now });
  return RULES.flatMap((rule) =>
    [...(rule.inDocuments?.(context) ?? [])].flatMap(({ at, document = "", ...finding }) => {
      const source = documents.get(document);
      if (source === undefined) return [];
      const reporter = new Reporter(source);
      reporter.report(at, { rule: rule.id, severity: rule.severity, ...finding });
      return reporter.diagnostics;
    }),
  );
}
