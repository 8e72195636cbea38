import { h } from "preact";
import type { ComponentChild, ComponentChildren } from "preact";
import { shorten } from "../../../diagnostics/quote";
import type { Review } from "../../review";
import { callerWords } from "../../words/callers/caller-words";
import type { ChangeGroup } from "../change-group";
import { namesIn } from "../../words/names";
import { sentence } from "../sentence";
import { placeOf } from "./graph-layout";
import type { GraphArrow, GraphModel, GraphNode } from "./graph-model";
import { STATES } from "./graph-svg";
import { tag } from "./report-tables";
import { accountsHtml, sentenceHtml } from "./sentence-html";

/** How many changes and neighbours of a node are listed; the others are counted. */
const MOST = 30;

/** What is known of each drawn node: shown one at a time beside the graph. */
export function nodeDetails(
  drawn: ReadonlySet<GraphNode>,
  review: Review,
  groups: readonly ChangeGroup[],
  { arrows }: GraphModel,
): ComponentChild[] {
  return [...drawn].map((node) => {
    const said = node.groups.flatMap((index) => groups[index] ?? []);
    const into = arrows.filter(({ to }) => to === node);
    const onward = arrows.filter(({ from }) => from === node);
    return h(
      "article",
      { class: "detail", id: `detail-${node.id}` },
      h("h3", { tabIndex: -1 }, shorten(node.name, 200)),
      h(
        "p",
        {},
        tag(node.state, STATES[node.state].word),
        " ",
        h("span", { class: "muted" }, placeOf(node)),
      ),
      h("p", {}, h("code", {}, shorten(node.arn, 300))),
      node.caller === undefined
        ? null
        : h("p", {}, sentenceHtml(callerWords(node.caller, namesIn(review)))),
      node.accounts.length > 1 ? accountsHtml(node.accounts) : null,
      list(
        "Changes",
        said.map((group) => sentenceHtml(sentence(group, review))),
      ),
      list(
        "Trusts",
        into.map((arrow) => neighbour(arrow, arrow.from, drawn)),
      ),
      list(
        "Assumes",
        onward.map((arrow) => neighbour(arrow, arrow.to, drawn)),
      ),
    );
  });
}

function list(title: string, items: readonly ComponentChildren[]): ComponentChild | null {
  if (items.length === 0) return null;
  const hidden = items.length - MOST;
  return h(
    "section",
    {},
    h("h4", {}, title),
    h(
      "ul",
      {},
      ...items.slice(0, MOST).map((item) => h("li", {}, item)),
      hidden > 0 ? h("li", { class: "muted" }, `and ${hidden} more`) : null,
    ),
  );
}

function neighbour(
  { state }: GraphArrow,
  node: GraphNode,
  drawn: ReadonlySet<GraphNode>,
): ComponentChildren {
  const name = `${shorten(node.name, 120)} (${placeOf(node)})`;
  const shown = drawn.has(node)
    ? h("button", { class: "link", type: "button", "data-open": node.id }, name)
    : h("span", {}, name);
  return [
    shown,
    state === "same" ? null : " ",
    state === "same" ? null : tag(state, STATES[state].word),
  ];
}
