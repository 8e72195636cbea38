// Characters that terminals draw two columns wide: East Asian scripts, full-width forms, emoji.
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\uFE0F\u3000-\u303E\u30FB\u30FC\uFF01-\uFF60\uFFE0-\uFFE6]/u;
// Characters that are not drawn.
const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

// Made when it is first needed: that takes longer than to load all of this.
let segmenter: Intl.Segmenter | undefined;
const PRINTABLE_ASCII = /^[ -~]*$/;

/** The characters of a text as its reader sees them: an emoji made of several is one. */
export function charactersOf(text: string): string[] {
  if (PRINTABLE_ASCII.test(text)) return text.split("");
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** How many columns a terminal takes for a text; tabs count as one. */
export function displayWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  return charactersOf(text).reduce((width, character) => width + characterWidth(character), 0);
}

function characterWidth(character: string): 0 | 1 | 2 {
  if (WIDE.test(character)) return 2;
  return INVISIBLE.test(character) ? 0 : 1;
}

// What moves the cursor, changes colours or reorders a line must not reach a terminal (a file can hold
// any of it): control characters but the tab, line separators, and the marks of bidirectional text.
const UNSAFE =
  // eslint-disable-next-line no-control-regex -- these are the characters to find
  /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u206F\uFEFF]/g;

/** A text with a visible sign in the place of each character that could mislead a terminal or its reader. */
export function visible(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? "\u2421" : "\uFFFD";
  });
}

/**
 * A value as JSON that can be shown on a terminal: what {@link visible} replaces is escaped, so that programs still
 * read the same value.
 *
 * @param indent spaces of each level @default - all on one line
 */
export function visibleJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replace(UNSAFE, (character) =>
    // Line feeds and the like stand between values; within them they are escaped already.
    character === "\n" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
