import type { PolicyTexts } from "../project";
import { checkMap } from "../project";

/** The messages of one rule about a map given as a value or a text, with documents given as values. */
export function ruleMessages(rule: string, map: unknown, policies: PolicyTexts = {}): string[] {
  const text = typeof map === "string" ? map : JSON.stringify(map);
  return checkMap(text, policies)
    .diagnostics.filter((diagnostic) => diagnostic.rule === rule)
    .map(({ message }) => message);
}

/** A statement on every resource, unless it says otherwise. */
export function statement(
  effect: "Allow" | "Deny",
  action: string | readonly string[],
  more: object = {},
): object {
  return { Effect: effect, Action: action, Resource: "*", ...more };
}

/** A document of these statements. */
export function policy(...statements: readonly object[]): object {
  return { Version: "2012-10-17", Statement: statements };
}
