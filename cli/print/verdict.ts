import { createColors } from "picocolors";

/** Words that say how something came out, and the colours that they have on a terminal. */
const COLORS = {
  allowed: "green",
  proved: "green",
  denied: "red",
  refuted: "red",
  unknown: "yellow",
} as const;

/** A verdict, coloured by whether it is good, bad or open; colours are never the only signal. */
export function verdictText(verdict: keyof typeof COLORS, color: boolean): string {
  return createColors(color)[COLORS[verdict]](verdict);
}

/** A number with its noun in a colour where it is not zero, such as the errors of a check. */
export function paintedCount(
  text: string,
  number: number,
  paint: "red" | "yellow",
  color: boolean,
): string {
  return number === 0 ? text : createColors(color)[paint](text);
}
