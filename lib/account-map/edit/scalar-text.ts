import type { NewValue } from "./change";

/** How texts are written. */
export interface Quoting {
  /** Whether texts stand without quotes where they need none. */
  readonly plain: boolean;
  /** The quotes of all others. */
  readonly quotes: "single" | "double";
}

/** Texts that mean themselves without quotes, in any place and for any version of YAML. */
const PLAIN = /^[A-Za-z/](?:[\w ./@+*=~-]*[\w./@+*=~-])?$/;
/** Texts that some version of YAML takes for something else. */
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

/** A text or truth value as YAML, quoted as its neighbours are where that is possible. */
export function scalarText(value: string | boolean, { plain, quotes }: Quoting): string {
  if (typeof value === "boolean") return String(value);
  if (plain && PLAIN.test(value) && !WORDS.test(value)) return value;
  // Single quotes know no escapes, and a line break within them would be folded.
  const single = quotes === "single" && /^[\x20-\x7E\u00A0-\u2027\u202A-\uD7FF]*$/.test(value);
  return single ? `'${value.replaceAll("'", "''")}'` : doubleQuoted(value);
}

/** A value on one line, as YAML writes it within braces; `padding` stands within them. */
export function flowText(value: NewValue, quoting: Quoting, padding: string): string {
  if (typeof value === "string" || typeof value === "boolean") return scalarText(value, quoting);
  if (Array.isArray(value)) {
    const items = (value as readonly NewValue[]).map((each) => flowText(each, quoting, padding));
    return `[${items.join(", ")}]`;
  }
  const pairs = Object.entries(value).map(
    ([key, each]) => `${scalarText(key, quoting)}: ${flowText(each, quoting, padding)}`,
  );
  return pairs.length === 0 ? "{}" : `{${padding}${pairs.join(", ")}${padding}}`;
}

function doubleQuoted(value: string): string {
  // Beyond what JSON escapes: what a YAML file must not hold, and what ends a line in some version of it.
  return JSON.stringify(value).replace(
    /[\u007F-\u009F\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
