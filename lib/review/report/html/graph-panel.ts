import { h } from "preact";
import type { ComponentChild } from "preact";
import { counted } from "../../../diagnostics/words";
import type { Drawing } from "./graph-layout";
import { graphSvg, STATES } from "./graph-svg";

/** A part of the graph to choose. */
export interface GraphView {
  readonly name: string;
  readonly title: string;
  readonly drawing: Drawing;
}

/** The graph with its search and buttons, and the details of its nodes next to it. */
export function graphPanel(
  views: readonly GraphView[],
  details: readonly ComponentChild[],
): ComponentChild {
  return h(
    "section",
    { class: "panel", "aria-label": "Access graph" },
    h(
      "div",
      { class: "tools" },
      h("input", {
        id: "search",
        type: "search",
        placeholder: "Search graph and tables ( / )",
        "aria-label": "Search graph and tables",
        autoComplete: "off",
      }),
      h("span", { id: "result", class: "muted", role: "status" }),
      ...(views.length < 2 ? [] : views).map(({ name, title }, index) =>
        h(
          "button",
          { type: "button", "data-show": name, "aria-pressed": String(index === 0) },
          title,
        ),
      ),
      ...ZOOMS.map(([factor, text, label]) =>
        h("button", { type: "button", "data-zoom": factor, "aria-label": label }, text),
      ),
      h(
        "span",
        { class: "legend" },
        ...(["gained", "lost", "changed"] as const).map((state) =>
          h("span", {}, h("b", { class: LEGEND[state] }, STATES[state].sign), STATES[state].word),
        ),
        h("span", {}, "thin: unchanged, named in a trust policy"),
      ),
    ),
    h(
      "div",
      { class: "split" },
      h(
        "div",
        { class: "canvas" },
        views.length === 0 ? h("p", { class: "muted" }, "There are no roles.") : null,
        ...views.map(({ name, drawing }, index) =>
          h(
            "div",
            { class: "view", "data-view": name, hidden: index > 0 },
            drawing.leftOut === 0
              ? null
              : h(
                  "p",
                  { class: "muted" },
                  `${counted(drawing.leftOut, "more node is", "more nodes are")} not drawn; the tables list them.`,
                ),
            graphSvg(drawing, name),
          ),
        ),
      ),
      h(
        "aside",
        { class: "side", id: "side", "aria-label": "Details" },
        h(
          "p",
          { class: "hint muted" },
          "Open a node for its accounts, changes and neighbors. Keys: ",
          ...["Tab", "arrows", "Enter", "Esc", "/"].flatMap((key) => [h("kbd", {}, key), " "]),
        ),
        ...details,
      ),
    ),
  );
}

const LEGEND = { gained: "plus", lost: "minus", changed: "both" } as const;

const ZOOMS: readonly (readonly [string, string, string])[] = [
  ["0.8", "−", "Zoom out"],
  ["0", "1:1", "Original size"],
  ["1.25", "+", "Zoom in"],
];
