import type { OpenKey } from "../../iam/condition/open-key";
import type { OneOrMore } from "../../iam/policy-document";

/** One form of a part of a request: what it says, and what of it is open. */
export interface Facet {
  /** Keys with their values. @default - none */
  readonly keys?: Readonly<Record<string, OneOrMore>>;
  /** Open keys by name in lower case; `undefined` for one that is absent. @default - none */
  readonly open?: ReadonlyMap<string, OpenKey | undefined>;
}

/** A part of a request that has several forms. */
export interface Dimension {
  /** Names of the keys that it is about, in lower case: where no policy tests them, the first form stands for all. */
  readonly keys: readonly string[];
  readonly facets: readonly Facet[];
  /**
   * Whether every form is declared, so that each must be allowed; else the request has one of them, and which
   * is not known.
   */
  readonly declared: boolean;
  /** What is not known, where a form is not declared. */
  readonly unknown?: string;
}

/** An open key that every such request has. */
export const ALWAYS: OpenKey = { presence: "always" };
/** An open key that such a request may have. */
export const POSSIBLE: OpenKey = { presence: "possible" };

/** Declared values of a key, each of which is asked: a pattern as all that matches it. */
export function declaredValues(key: string, values: readonly string[]): Dimension {
  return {
    keys: [key.toLowerCase()],
    facets: values.map((value) => facetOf(key, value)),
    declared: true,
  };
}

/** A key with a value, or with any value that matches a pattern. */
export function facetOf(key: string, value: string): Facet {
  return /[*?]/.test(value)
    ? { open: new Map([[key.toLowerCase(), { presence: "always", within: { like: value } }]]) }
    : { keys: { [key]: value } };
}

/** A single form. */
export function fixed(facet: Facet): Dimension {
  const keys = [...Object.keys(facet.keys ?? {}), ...(facet.open?.keys() ?? [])];
  return { keys: keys.map((key) => key.toLowerCase()), facets: [facet], declared: true };
}

/** Several facets as one. */
export function together(facets: readonly Facet[]): Facet {
  return {
    keys: Object.assign({}, ...facets.map(({ keys = {} }) => keys)) as Record<string, OneOrMore>,
    open: new Map(facets.flatMap(({ open }) => [...(open ?? [])])),
  };
}
