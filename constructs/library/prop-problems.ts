import { checkIdentifier } from "../../lib/account-map/read/reading";
import { Reporter } from "../../lib/source/reporter";
import type { IdentifierKind } from "../../lib/iam/identifier";

/**
 * What the checks of the account map find in props, as sentences that end with the rule's id. Props
 * have no line in a file: the caller says which prop it is.
 */
export function problemsOf(check: (reporter: Reporter) => void): string[] {
  const position = { line: 1, column: 1 };
  const nowhere = { start: position, end: position };
  const reporter = new Reporter({ file: "", locate: () => nowhere, locateKey: () => nowhere });
  check(reporter);
  return reporter.diagnostics.map(({ message, rule }) => `${message} [${rule}]`);
}

/** Problems with the prop that they are about in front. */
export function prefixed(prop: string, problems: readonly string[]): string[] {
  return problems.map((problem) => `${prop}: ${problem}`);
}

/** Whether a prop is what IAM takes as an identifier of a kind. */
export function identifierProblems(
  prop: string,
  kind: IdentifierKind,
  what: string,
  text: string,
): string[] {
  return prefixed(
    prop,
    problemsOf((reporter) => checkIdentifier(reporter, [], kind, what, text)),
  );
}

/** Whether a key can be part of statement ids and Terraform addresses. */
export function keyProblems(prop: string, key: string): string[] {
  if (/^[a-z][a-z0-9-]{0,63}$/.test(key)) return [];
  return [
    `${prop}: a key must be up to 64 lower-case letters, digits or hyphens and start with a letter, got ${JSON.stringify(key)} [key-name]`,
  ];
}
