import { visible } from "../../../diagnostics/display-width";
import { shorten } from "../../../diagnostics/quote";
import type { Sentence } from "../../words/text";

/** Longest name or message that is repeated, characters. */
const MOST_CHARACTERS = 400;

/**
 * A sentence as GitHub-flavoured Markdown on one line. What comes from elsewhere stands in code spans that it
 * cannot leave, where neither Markdown nor HTML, mentions, references and links mean anything.
 */
export function markdownOf(sentence: Sentence): string {
  return sentence
    .map(({ style, text }) => (style === "code" ? codeSpan(text) : plainWords(text)))
    .join("");
}

/** A text in a code span: in more backticks than stand together in it. */
export function codeSpan(text: string): string {
  const shown = visible(shorten(text, MOST_CHARACTERS)).replaceAll("\t", " ");
  const runs = shown.match(/`+/g) ?? [];
  const fence = "`".repeat(1 + Math.max(0, ...runs.map(({ length }) => length)));
  // GitHub takes one space off each end where both have one and not all is space.
  const edge = /^[ `]|[ `]$/.test(shown) || shown === "" ? " " : "";
  return `${fence}${edge}${shown}${edge}${fence}`;
}

/** Our own words: they have none of these characters, and if they had, they would mean nothing. */
function plainWords(text: string): string {
  return visible(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\`*_[\]|~#]/g, String.raw`\$&`)
    .replaceAll("@", "@\u200B");
}
