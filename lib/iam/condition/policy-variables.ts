import { MANY, globOf, literalGlob } from "./glob";
import type { Glob } from "./glob";

/** A stretch of a policy's value: as written, where `*` and `?` may be wildcards, or inserted, where they are not. */
export interface ValuePart {
  readonly text: string;
  readonly inserted: boolean;
}

/** A value whose variables all have a value, or the name of one that has none. */
export type ResolvedValue =
  { readonly parts: readonly ValuePart[] } | { readonly unresolved: string };

/** The single value of a condition key in the request, or `undefined` where it has none or several. */
export type VariableLookup = (key: string) => string | undefined;

/** A value that is taken as written: `${` has no meaning in it (rule GR-01). */
export function withoutVariables(text: string): { readonly parts: readonly ValuePart[] } {
  return { parts: [{ text, inserted: false }] };
}

/**
 * Replaces the policy variables of a value (rule GR-22): `${key}`, `${key, 'default'}`, and `${*}`,
 * `${?}`, `${$}` for characters that would otherwise mean something.
 *
 * Decision, where AWS documents nothing: wildcards in the inserted value of a key are plain characters.
 * A sequence that is not closed is reported like a key without a value.
 *
 * @param isOpen whether a key without a value may have one all the same: its default is not taken then
 */
export function resolveVariables(
  text: string,
  lookup: VariableLookup,
  isOpen: (key: string) => boolean = () => false,
): ResolvedValue {
  const parts: ValuePart[] = [];
  let from = 0;
  for (let open = text.indexOf("${"); open >= 0; open = text.indexOf("${", from)) {
    const close = text.indexOf("}", open);
    if (close < 0) return { unresolved: text.slice(open) };
    if (open > from) parts.push({ text: text.slice(from, open), inserted: false });
    const name = text.slice(open + 2, close);
    const value = valueOfVariable(name, lookup, isOpen);
    if (value === undefined) return { unresolved: `\${${name}}` };
    parts.push({ text: value, inserted: true });
    from = close + 1;
  }
  if (from < text.length || parts.length === 0) {
    parts.push({ text: text.slice(from), inserted: false });
  }
  return { parts };
}

/** A resolved value as a pattern. */
export function valueGlob(parts: readonly ValuePart[]): Glob {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && !only.inserted) return globOf(only.text);
  return parts
    .flatMap((part) => (part.inserted ? literalGlob(part.text) : globOf(part.text)))
    .filter((each, index, all) => each !== MANY || all[index - 1] !== MANY);
}

/** A resolved value as plain text, for operators without wildcards. */
export function valueText(parts: readonly ValuePart[]): string {
  return parts.map((part) => part.text).join("");
}

const WITH_DEFAULT = /^(?<key>[^,]*),\s*'(?<fallback>[^']*)'$/;

function valueOfVariable(
  name: string,
  lookup: VariableLookup,
  isOpen: (key: string) => boolean,
): string | undefined {
  if (name === "*" || name === "?" || name === "$") return name;
  const { key, fallback } = WITH_DEFAULT.exec(name)?.groups ?? {};
  const wanted = (key ?? name).trim();
  return lookup(wanted) ?? (isOpen(wanted) ? undefined : fallback);
}

/** The key that a variable such as `${aws:username}` stands for. */
export function variableKey(variable: string): string {
  const name = variable.replace(/^\$\{/, "").replace(/\}$/, "");
  return (WITH_DEFAULT.exec(name)?.groups?.key ?? name).trim();
}
