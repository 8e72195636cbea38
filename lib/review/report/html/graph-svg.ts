import { h } from "preact";
import type { ComponentChild } from "preact";
import { shorten } from "../../../diagnostics/quote";
import { counted } from "../../../diagnostics/words";
import type { Drawing, PlacedArrow, PlacedNode } from "./graph-layout";
import { placeOf } from "./graph-layout";
import type { GraphNode, GraphState } from "./graph-model";

/** What became of something: its sign and its word, so that colour is never alone. */
export const STATES: Readonly<
  Record<GraphState, { readonly sign: string; readonly word: string }>
> = {
  gained: { sign: "+", word: "gained" },
  lost: { sign: "−", word: "lost" },
  changed: { sign: "~", word: "changed" },
  same: { sign: "", word: "unchanged" },
};

/** Longest text by which a node is found, characters. */
const MOST_SEARCHED = 4000;

/** A drawing as SVG: each node is a button that opens its details. */
export function graphSvg(drawing: Drawing, view: string): ComponentChild {
  const { width, height, nodes, arrows } = drawing;
  return h(
    "svg",
    {
      class: "graph",
      viewBox: `0 0 ${Math.max(width, 1)} ${Math.max(height, 1)}`,
      width,
      height,
      role: "group",
      "aria-label": `access graph with ${counted(nodes.length, "node")}`,
    },
    h("defs", {}, ...(["gained", "lost", "same"] as const).map((state) => marker(state, view))),
    h("g", { "aria-hidden": "true" }, ...arrows.map((arrow) => arrowPath(arrow, view))),
    h("g", {}, ...nodes.map((node) => nodeBox(node))),
  );
}

function marker(state: string, view: string): ComponentChild {
  return h(
    "marker",
    {
      id: `${view}-${state}`,
      class: state,
      viewBox: "0 0 8 8",
      refX: 7,
      refY: 4,
      markerWidth: 8,
      markerHeight: 8,
      markerUnits: "userSpaceOnUse",
      orient: "auto",
    },
    h("path", { d: "M0 0.5 L7.5 4 L0 7.5 z" }),
  );
}

function arrowPath({ arrow, points }: PlacedArrow, view: string): ComponentChild {
  const { from, to, state, count } = arrow;
  const middle = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };
  const detail = from.detail === undefined ? "" : ` (${from.detail})`;
  const word = `${from.name}${detail} to ${to.name}: ${STATES[state].word}${count > 1 ? ` (${count})` : ""}`;
  return h(
    "g",
    { class: `arrow ${state}`, "data-from": from.id, "data-to": to.id },
    h("title", {}, word),
    h("path", { d: curve(points), "marker-end": `url(#${view}-${state})` }),
    state === "same"
      ? null
      : h(
          "g",
          {},
          h("circle", { cx: round(middle.x), cy: round(middle.y), r: 8 }),
          h("text", { x: round(middle.x), y: round(middle.y) + 4.5 }, STATES[state].sign),
        ),
  );
}

function nodeBox({ node, x, y, width, height, lines }: PlacedNode): ComponentChild {
  const left = round(x - width / 2);
  const top = round(y - height / 2);
  const { sign, word } = STATES[node.state];
  return h(
    "g",
    {
      class: `node ${node.state} ${node.what}`,
      tabIndex: 0,
      role: "button",
      "aria-label": `${node.name}, ${placeOf(node)}, ${word}`,
      "aria-expanded": "false",
      "data-node": node.id,
      "data-search": searched(node),
      "data-x": round(x),
      "data-y": round(y),
      transform: `translate(${left} ${top})`,
    },
    h("title", {}, `${node.name} (${placeOf(node)}): ${word}`),
    node.accounts.length > 1
      ? h("rect", { class: "behind", x: 4, y: 4, width: round(width), height, rx: 7 })
      : null,
    h("rect", { class: "box", width: round(width), height, rx: 7 }),
    sign === "" ? null : h("circle", { cx: 18, cy: height / 2, r: 9 }),
    sign === "" ? null : h("text", { class: "sign", x: 18, y: height / 2 + 5 }, sign),
    ...[
      ...lines.name.map((text) => ["name", text] as const),
      ...lines.place.map((text) => ["place", text] as const),
    ].map(([kind, text], index) =>
      h("text", { class: kind, x: sign === "" ? 14 : 36, y: 20 + 16 * index }, text),
    ),
  );
}

function searched({ name, detail = "", arn, accounts, state }: GraphNode): string {
  return shorten(
    [name, detail, arn, STATES[state].word, ...accounts].join(" ").toLowerCase(),
    MOST_SEARCHED,
  );
}

/** A line through points, rounded at each. */
function curve(points: PlacedArrow["points"]): string {
  const [first, ...others] = points;
  if (first === undefined) return "";
  const parts = [`M${round(first.x)} ${round(first.y)}`];
  others.forEach((point, index) => {
    const next = others[index + 1];
    if (next === undefined) {
      parts.push(`L${round(point.x)} ${round(point.y)}`);
      return;
    }
    const middle = { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    parts.push(`Q${round(point.x)} ${round(point.y)} ${round(middle.x)} ${round(middle.y)}`);
  });
  return parts.join(" ");
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
