import { h } from "preact";
import type { ComponentChild } from "preact";
import { visible } from "../../../diagnostics/display-width";
import { shorten } from "../../../diagnostics/quote";
import type { Sentence } from "../../words/text";

/** Longest name or message that is repeated, characters. */
const MOST_CHARACTERS = 600;

/** A sentence as HTML. */
export function sentenceHtml(sentence: Sentence): ComponentChild {
  return h(
    "span",
    {},
    ...sentence.map(({ style, text }) => {
      const shown = visible(shorten(text, MOST_CHARACTERS));
      return style === "code" ? h("code", {}, shown) : shown;
    }),
  );
}

/** How many accounts are listed; the others are counted. */
const MOST_ACCOUNTS = 200;

/** Accounts behind their number, or the only one by itself. */
export function accountsHtml(names: readonly string[]): ComponentChild | null {
  const [only] = names;
  if (only === undefined) return null;
  if (names.length === 1) return h("code", {}, visible(shorten(only, MOST_CHARACTERS)));
  const hidden = names.length - MOST_ACCOUNTS;
  return h(
    "details",
    {},
    h("summary", {}, `${names.length} accounts`),
    ...names
      .slice(0, MOST_ACCOUNTS)
      .flatMap((name) => [h("code", {}, visible(shorten(name, 80))), " "]),
    hidden > 0 ? `and ${hidden} more` : null,
  );
}
