import { listNames, nearest } from "../diagnostics/nearest";
import { IDENTIFIER_RULES } from "../iam/identifier";
import type { IdentifierKind } from "../iam/identifier";
import type { Reporter } from "./reporter";
import type { RawValue } from "./raw-account-map";
import type { Path } from "./yaml-source";

/** The values of a key that may hold one or several. */
export function listOf(value: RawValue | undefined): readonly string[] {
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

/** The thing that a name refers to, or a finding that lists what there is. */
export function lookUp<T>(
  reporter: Reporter,
  path: Path,
  kind: string,
  name: string,
  known: ReadonlyMap<string, T>,
): T | undefined {
  const found = known.get(name);
  if (found !== undefined) return found;
  const meant = nearest(name, known.keys());
  reporter.report(path, {
    rule: `unknown-${kind.replaceAll(" ", "-")}`,
    message: `there is no ${kind} \`${name}\`, known: ${listNames(known.keys())}`,
    ...(meant === undefined ? {} : { help: `did you mean \`${meant}\`?` }),
  });
  return undefined;
}

/** Whether a text is what IAM takes as an identifier of a kind; reports it where it is not. */
export function checkIdentifier(
  reporter: Reporter,
  path: Path,
  kind: IdentifierKind,
  what: string,
  text: string,
  atKey = false,
): boolean {
  const { rule, pattern, allowed } = IDENTIFIER_RULES[kind];
  if (pattern.test(text)) return true;
  const got = text.length > 80 ? `${text.slice(0, 77)}... (${text.length} characters)` : text;
  reporter.report(path, {
    rule,
    atKey,
    message: `${what} must be ${allowed}, got ${JSON.stringify(got)}`,
  });
  return false;
}

/** A name as part of a Terraform address: letters, digits and hyphens. Names that become equal must not meet. */
export function addressPart(name: string): string {
  return name.replace(/[^A-Za-z0-9-]/g, "-");
}
