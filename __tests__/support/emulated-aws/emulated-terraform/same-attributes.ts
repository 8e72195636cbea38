import type { Attributes } from "./resource-kind";

/**
 * Names of the attributes that are not as they are wanted. Policies are compared as the provider does: order
 * and the difference between a value and a list of one value mean nothing.
 */
export function differences(wanted: Attributes, actual: Attributes): string[] {
  return Object.keys(wanted).filter(
    (name) => comparable(wanted[name]) !== comparable(actual[name]),
  );
}

function comparable(value: unknown): string {
  return JSON.stringify(typeof value === "string" ? policyOr(value) : sorted(value));
}

function policyOr(text: string): unknown {
  if (!text.startsWith("{")) return text;
  try {
    return unordered(JSON.parse(text));
  } catch {
    return text;
  }
}

/** A document in which no list has an order, and a list of one value is that value. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = (value as readonly unknown[]).map(unordered);
    if (items.length === 1) return items[0];
    return items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return typeof value === "object" && value !== null ? byKey(value, unordered) : value;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  return typeof value === "object" && value !== null ? byKey(value, sorted) : value;
}

function byKey(value: object, each: (value: unknown) => unknown): object {
  const entries = Object.entries(value).map(([key, item]) => [key, each(item)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
