import { parseOperator } from "./condition/condition-operator";
import { valuesOf } from "./policy-document";
import type { OneOrMore, PolicyDocument, PrincipalElement, Statement } from "./policy-document";

/**
 * The one text of a policy document: minimal JSON, elements in IAM's customary order, every list
 * that IAM treats as a set sorted and without repetitions, a list of one as a plain string
 * (rule GR-28: IAM reorders lists, which would show as drift for ever).
 */
export function policyText(document: PolicyDocument): string {
  return JSON.stringify(canonicalDocument(document));
}

/**
 * The text of a policy document as a Terraform string: `${` and `%{` are template sequences there
 * and are escaped (rule GR-23).
 */
export function terraformPolicyText(document: PolicyDocument): string {
  return escapeTerraform(policyText(document));
}

/** Escapes what Terraform would read as a template, so that the string arrives as it is (rule GR-23). */
export function escapeTerraform(text: string): string {
  return text.split("${").join("$${").split("%{").join("%%{");
}

/** Undoes {@link escapeTerraform}: the string that Terraform hands to AWS. */
export function unescapeTerraform(text: string): string {
  return text.split("$${").join("${").split("%%{").join("%{");
}

/** Size of a document as IAM counts it against a quota: characters other than white space (rules ID-19 to ID-21). */
export function policySize(document: PolicyDocument): number {
  return nonWhitespaceSize(policyText(document));
}

/** Characters of a text that are not white space. */
export function nonWhitespaceSize(text: string): number {
  return text.replace(/\s/gu, "").length;
}

/** A document with its lists sorted and its elements in the customary order: equal documents become equal values. */
export function canonicalDocument(document: PolicyDocument): PolicyDocument {
  return {
    ...(document.Version === undefined ? {} : { Version: document.Version }),
    ...(document.Id === undefined ? {} : { Id: document.Id }),
    Statement: document.Statement.map(canonicalStatement),
  };
}

function canonicalStatement(statement: Statement): Statement {
  const canonical: Record<string, unknown> = {};
  if (statement.Sid !== undefined) canonical.Sid = statement.Sid;
  canonical.Effect = statement.Effect;
  for (const element of ["Principal", "NotPrincipal"] as const) {
    const value = statement[element];
    if (value !== undefined) canonical[element] = value === "*" ? value : canonicalRecord(value);
  }
  for (const element of ["Action", "NotAction", "Resource", "NotResource"] as const) {
    const value = statement[element];
    if (value !== undefined) canonical[element] = canonicalValues(value);
  }
  const tests = Object.entries(statement.Condition ?? {}).filter(
    ([operator, keys]) => Object.keys(keys).length > 0 || parseOperator(operator) === undefined,
  );
  // An empty condition tests nothing (rule GR-09); an operator that does not exist stays unknown.
  if (tests.length > 0) {
    canonical.Condition = sortedEntries(Object.fromEntries(tests), canonicalRecord);
  }
  return canonical as unknown as Statement;
}

function canonicalRecord(record: PrincipalElement | Readonly<Record<string, OneOrMore>>): object {
  return sortedEntries(record as Readonly<Record<string, OneOrMore>>, canonicalValues);
}

function sortedEntries<T>(
  record: Readonly<Record<string, T>>,
  write: (value: T) => unknown,
): object {
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((key) => [key, write(record[key] as T)]),
  );
}

function canonicalValues(values: OneOrMore): OneOrMore {
  const sorted = [...new Set(valuesOf(values))].sort();
  const [only] = sorted;
  return sorted.length === 1 && only !== undefined ? only : sorted;
}
