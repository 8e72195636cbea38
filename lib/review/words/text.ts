/** A piece of a sentence: our own words, or a name, value or message that comes from what is reviewed. */
export interface TextSpan {
  readonly style: "text" | "code";
  readonly text: string;
}

/** A sentence for every form of the report: each writes and escapes it in its own way. */
export type Sentence = readonly TextSpan[];

/**
 * A sentence from a template: what stands in the template are our own words, each string that is put in
 * comes from elsewhere and becomes code, so that it cannot pass for ours.
 */
export function say(
  template: TemplateStringsArray,
  ...values: readonly (string | number | Sentence)[]
): Sentence {
  return joined(
    template.flatMap((word, index): Sentence[] => {
      const value = values[index];
      return value === undefined ? [words(word)] : [words(word), spansOf(value)];
    }),
  );
}

/** Our own words, where they are chosen at run time. */
export function words(text: string): Sentence {
  return [{ style: "text", text }];
}

/** `a`, `b` and `c`. */
export function listed(items: readonly Sentence[], last = "and"): Sentence {
  return joined(
    items.flatMap((item, index) => {
      if (index === 0) return [item];
      return [words(index === items.length - 1 ? ` ${last} ` : ", "), item];
    }),
  );
}

/** Names as a list of at most so many; the others are counted. */
export function listedNames(names: readonly string[], most = 5): Sentence {
  const shown = names.slice(0, most).map((name) => say`${name}`);
  const hidden = names.length - shown.length;
  return listed(hidden > 0 ? [...shown, words(`${hidden} more`)] : shown);
}

/** A sentence as plain text: code in backticks, as findings quote names. */
export function plainText(sentence: Sentence): string {
  return sentence.map(({ style, text }) => (style === "code" ? `\`${text}\`` : text)).join("");
}

function spansOf(value: string | number | Sentence): Sentence {
  if (typeof value === "string") return [{ style: "code", text: value }];
  return typeof value === "number" ? words(String(value)) : value;
}

/** One sentence of several, with neighbouring words in one span. */
function joined(parts: readonly Sentence[]): Sentence {
  const spans: TextSpan[] = [];
  for (const span of parts.flat()) {
    if (span.style === "text" && span.text === "") continue;
    const before = spans.at(-1);
    if (before?.style === "text" && span.style === "text") {
      spans[spans.length - 1] = { style: "text", text: before.text + span.text };
    } else {
      spans.push(span);
    }
  }
  return spans;
}
