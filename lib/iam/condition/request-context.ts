import { valuesOf } from "../policy-document";
import type { OneOrMore } from "../policy-document";

/** A condition key as a request carries it. */
export interface ContextEntry {
  /** The key as it was spelled. */
  readonly name: string;
  /** One value, or several for a multi-valued key (rule GR-18); never none. */
  readonly values: readonly string[];
}

/**
 * The condition keys of one request by their lower-case names: names of keys are not case-sensitive
 * (rule GR-13). A key that is not in it is absent.
 */
export type RequestContext = ReadonlyMap<string, ContextEntry>;

/** A request context of these keys; a key with an empty list of values is absent. */
export function requestContext(keys: Readonly<Record<string, OneOrMore>>): RequestContext {
  const context = new Map<string, ContextEntry>();
  for (const [name, value] of Object.entries(keys)) {
    const values = valuesOf(value);
    if (values.length > 0) context.set(name.toLowerCase(), { name, values });
  }
  return context;
}

/** The values of a key, spelled in any case; none when it is absent. */
export function contextValues(context: RequestContext, key: string): readonly string[] {
  return context.get(key.toLowerCase())?.values ?? [];
}

/** The value of a key that has exactly one. */
export function contextValue(context: RequestContext, key: string): string | undefined {
  const [value, ...more] = contextValues(context, key);
  return more.length === 0 ? value : undefined;
}
