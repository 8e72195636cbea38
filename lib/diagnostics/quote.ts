/** Longest name that is repeated in a message, characters. */
const NAME_LENGTH = 64;
/** Longest text that is repeated in a message, characters. */
const TEXT_LENGTH = 80;

/** A name as messages show it: in backticks, and cut where it is too long to be one. */
export function quoteName(name: string): string {
  return `\`${shorten(name, NAME_LENGTH)}\``;
}

/** A text as messages show it: as JSON, and cut where it is long. */
export function quoteText(text: string): string {
  return JSON.stringify(shorten(text, TEXT_LENGTH));
}

/** A text of at most so many characters: the end of a longer one gives way to an ellipsis. */
export function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 3)}...` : text;
}
