import { createColors } from "picocolors";
import { displayWidth, visible } from "../../diagnostics/display-width";
import { shorten } from "../../diagnostics/quote";
import type { GateOutcome, GateResult } from "../gate/gate-result";
import type { Review } from "../review";
import { groupChanges } from "./change-group";
import type { Tone } from "./change-tone";
import { verdictOf } from "./change-tone";
import { gateRuleSentence, gateSentence } from "./gate-text";
import { sectionsOf } from "./change-group";
import { sentence } from "./sentence";
import { stacksSentence } from "./stacks-sentence";
import type { Sentence } from "../words/text";

/** How a review is printed. */
export interface ReviewTextOptions {
  /** Colours are a decoration, never the only signal. */
  readonly color: boolean;
  /** Columns of a line; a longer word stands alone. @default 100 */
  readonly width?: number;
}

type Colors = ReturnType<typeof createColors>;

/** Longest name or message that is repeated, characters. */
const MOST_CHARACTERS = 2000;

/** A review for a terminal: the verdict, the changes by kind, the gate. */
export function renderText(
  review: Review,
  gate: GateResult | undefined,
  { color, width = 100 }: ReviewTextOptions,
): string {
  const colors = createColors(color);
  const { verdict, words } = verdictOf(review);
  const lines = [colors.bold(VERDICTS[verdict](colors)(words))];
  for (const { title, groups } of sectionsOf(groupChanges(review))) {
    lines.push("", colors.bold(title));
    for (const group of groups) {
      const sign = SIGNS[group.tone];
      lines.push(...wrapped(sentence(group, review), `  ${sign.text} `, width, sign.paint(colors)));
    }
  }
  if (gate !== undefined) {
    lines.push("", ...wrapped(gateSentence(gate), "gate: ", width, GATE[gate.outcome](colors)));
    for (const rule of gate.rules) {
      lines.push(...wrapped(gateRuleSentence(rule), "  - ", width, GATE[rule.outcome](colors)));
    }
  }
  if (review.stacks.length > 0) {
    lines.push("", ...wrapped(stacksSentence(review.stacks), "", width, (text) => text));
  } else if (!review.hasChanges) {
    lines.push("nothing differs");
  }
  return `${lines.join("\n")}\n`;
}

type Paint = (colors: Colors) => (text: string) => string;

const VERDICTS: Readonly<Record<"widens" | "unknown" | "narrows" | "none", Paint>> = {
  widens: ({ yellow }) => yellow,
  unknown: ({ red }) => red,
  narrows: ({ green }) => green,
  none: ({ green }) => green,
};

const SIGNS: Readonly<Record<Tone, { readonly text: string; readonly paint: Paint }>> = {
  blocking: { text: "x", paint: ({ red }) => red },
  unknown: { text: "?", paint: ({ red }) => red },
  safeguard: { text: "!", paint: ({ yellow }) => yellow },
  widened: { text: "+", paint: ({ yellow }) => yellow },
  changed: { text: "~", paint: ({ yellow }) => yellow },
  narrowed: { text: "-", paint: ({ green }) => green },
  notice: { text: " ", paint: ({ dim }) => dim },
};

const GATE: Readonly<Record<GateOutcome, Paint>> = {
  merge: ({ green }) => green,
  approval: ({ yellow }) => yellow,
  block: ({ red }) => red,
};

/** A sentence on lines of at most so many columns, behind a sign in its colour. */
function wrapped(
  said: Sentence,
  lead: string,
  width: number,
  paint: (text: string) => string,
): string[] {
  const text = said
    .map((span) => {
      const shown = visible(shorten(span.text, MOST_CHARACTERS));
      return span.style === "code" ? `\`${shown}\`` : shown;
    })
    .join("");
  const indent = " ".repeat(lead.length);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && lead.length + displayWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  lines.push(line);
  return lines.map((each, index) => (index === 0 ? paint(lead) : indent) + each);
}
