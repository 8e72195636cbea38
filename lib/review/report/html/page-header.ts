import { h } from "preact";
import type { ComponentChild, ComponentChildren } from "preact";
import type { GateResult } from "../../gate/gate-result";
import type { Review } from "../../review";
import { verdictOf } from "../change-tone";
import { gateRuleSentence, gateSentence } from "../gate-text";
import { stacksSentence } from "../stacks-sentence";
import { summaryRows } from "../summary-table";
import { sentenceHtml } from "./sentence-html";

/** How many rules of the gate are listed. */
const MOST_RULES = 50;

/** The verdict, the gate and the numbers. */
export function pageHeader(review: Review, gate: GateResult | undefined): ComponentChild {
  const { verdict, words } = verdictOf(review);
  const { stacks } = review;
  return h(
    "header",
    {},
    h("h1", {}, "Access review: ", h("span", { class: `verdict ${verdict}` }, words)),
    stacks.length === 0
      ? h("p", { class: "muted" }, review.hasChanges ? "" : "Nothing differs.")
      : h("p", { class: "muted" }, sentenceHtml(stacksSentence(stacks)), "."),
    gate === undefined ? null : gatePart(gate),
    h(
      "ul",
      { class: "numbers", "aria-label": "Summary" },
      ...summaryRows(review).map(({ title, gained, lost, other }) =>
        h(
          "li",
          {},
          h("b", {}, title),
          ...numbers([
            [gained, "gained", "plus"],
            [lost, "lost", "minus"],
            [other, "other", "muted"],
          ]),
        ),
      ),
    ),
  );
}

function numbers(parts: readonly (readonly [number, string, string])[]): ComponentChildren[] {
  return parts
    .filter(([number]) => number > 0)
    .flatMap(([number, word, style]) => [h("span", { class: style }, `${number} ${word}`), " "]);
}

function gatePart(gate: GateResult): ComponentChild {
  const hidden = gate.rules.length - MOST_RULES;
  return h(
    "section",
    { "aria-label": "Gate" },
    h(
      "p",
      {},
      h("span", { class: `verdict ${gate.outcome}` }, "Gate: ", sentenceHtml(gateSentence(gate))),
    ),
    h(
      "ul",
      {},
      ...gate.rules
        .slice(0, MOST_RULES)
        .map((rule) => h("li", {}, sentenceHtml(gateRuleSentence(rule)))),
      hidden > 0 ? h("li", {}, `and ${hidden} more rules`) : null,
    ),
  );
}
