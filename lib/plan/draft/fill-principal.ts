import type {
  Account,
  ParameterDeclaration,
  PrincipalEntry,
} from "../../account-map/model/account-map";
import { fillIn } from "../parameters";
import type { ParameterScope, ReportFinding } from "../parameters";

/** What the parameters of a principal are filled in with. */
export interface PrincipalScope {
  readonly account: Account;
  readonly declared: ReadonlyMap<string, ParameterDeclaration>;
  readonly report: ReportFinding;
}

/** Parts of a principal that are entries in the map themselves: their texts are not the principal's. */
const ENTRIES = new Set(["account", "provider", "organization"]);

/**
 * A principal with the parameters of its texts filled in for one account, such as
 * `environment: "{{account.key}}"`; external IDs are left, as they are filled in where they are passed. A
 * parameter may not bring a wildcard along: what a principal covers shows where it is written.
 */
export function fillPrincipal(wayIn: PrincipalEntry, scope: PrincipalScope): PrincipalEntry {
  const { principal, conditions, at } = wayIn;
  const { externalIds, ...others } = conditions;
  if (!holds(principal) && !holds(others)) return wayIn;
  const filling: ParameterScope = { ...scope, values: new Map(), at };
  return {
    ...wayIn,
    principal: fill(principal, filling),
    conditions: { ...fill(others, filling), externalIds },
  };
}

function holds(value: unknown): boolean {
  if (typeof value === "string") return value.includes("{{");
  if (value instanceof Map) return [...value.values()].some(holds);
  if (Array.isArray(value)) return value.some(holds);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, item]) => !ENTRIES.has(key) && holds(item));
}

function fill<T>(value: T, scope: ParameterScope): T {
  return filled(value, scope) as T;
}

function filled(value: unknown, scope: ParameterScope): unknown {
  if (!holds(value)) return value;
  if (typeof value === "string") return oneText(value, scope);
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown): readonly unknown[] =>
      typeof item === "string" ? texts(item, scope) : [filled(item, scope)],
    );
  }
  if (value instanceof Map) {
    return new Map([...value].map(([key, item]) => [key, filled(item, scope)]));
  }
  return Object.fromEntries(
    Object.entries(value as object).map(([key, item]) => [
      key,
      ENTRIES.has(key) ? item : filled(item, scope),
    ]),
  );
}

function texts(text: string, scope: ParameterScope): readonly string[] {
  if (!text.includes("{{")) return [text];
  const all: readonly string[] = fillIn([text], scope);
  const wild = all.find((each) => wildcards(each) > wildcards(text));
  if (wild === undefined) return all;
  scope.report(scope.at, {
    rule: "parameter-type",
    message: `a parameter in a principal must not have a wildcard, got ${JSON.stringify(wild)} from ${JSON.stringify(text)}`,
    help: "write the wildcard where the principal is declared",
  });
  return all;
}

function oneText(text: string, scope: ParameterScope): string {
  const [first = text, ...others] = texts(text, scope);
  if (others.length > 0) {
    scope.report(scope.at, {
      rule: "parameter-type",
      message: `the list ${JSON.stringify(text)} is used where one string is needed`,
    });
  }
  return first;
}

function wildcards(text: string): number {
  return text.replace(/[^*?]/g, "").length;
}
