import { graphlib, layout } from "@dagrejs/dagre";
import { shorten } from "../../../diagnostics/quote";
import { counted } from "../text";
import type { GraphArrow, GraphModel, GraphNode } from "./graph-model";

/** A node with its place; `x` and `y` are its centre, pixels. */
export interface PlacedNode {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Two lines: the name, and where it is. */
  readonly lines: readonly [string, string];
}

/** An arrow with the points of its line. */
export interface PlacedArrow {
  readonly arrow: GraphArrow;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** A part of the graph as it is drawn. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly arrows: readonly PlacedArrow[];
  /** Nodes of this part for which there was no room. */
  readonly leftOut: number;
}

/** Most nodes and arrows of a drawing: with more, nobody sees anything. */
export const MOST_NODES = 150;
const MOST_ARROWS = 500;
/** Longest line in a node, characters, and how wide one is, pixels. */
const MOST_CHARACTERS = 30;
const CHARACTER = 7.8;
const HEIGHT = 46;

/** What changed, with what it is connected with. */
export function changedPart({ nodes, arrows }: GraphModel): GraphModel {
  const changed = new Set(nodes.filter(({ state }) => state !== "same"));
  for (const { from, to, state } of arrows) {
    if (state !== "same") changed.add(from).add(to);
  }
  const near = new Set(changed);
  const shown = arrows.filter(({ from, to }) => changed.has(from) || changed.has(to));
  for (const { from, to } of shown) near.add(from).add(to);
  // What changed comes first, so that it is there where not all is drawn.
  return {
    nodes: [...changed, ...nodes.filter((node) => near.has(node) && !changed.has(node))],
    arrows: shown,
  };
}

/** Gives the nodes of a graph their places, left to right from who enters to where they get. */
export function drawGraph({ nodes, arrows }: GraphModel): Drawing {
  const drawn = new Set(nodes.slice(0, MOST_NODES));
  const shown = arrows
    .filter(({ from, to }) => drawn.has(from) && drawn.has(to))
    .slice(0, MOST_ARROWS);
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 16, ranksep: 110, marginx: 16, marginy: 16 });
  const lines = new Map<GraphNode, readonly [string, string]>();
  for (const node of drawn) {
    const own = [short(node.name), short(placeOf(node))] as const;
    lines.set(node, own);
    // Room for the mark of what changed.
    const width = Math.max(110, Math.max(...own.map(({ length }) => length)) * CHARACTER + 44);
    graph.setNode(node.id, { width, height: HEIGHT });
  }
  shown.forEach(({ from, to }, index) => {
    graph.setEdge(from.id, to.id, {}, String(index));
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: Math.ceil(finite(width)),
    height: Math.ceil(finite(height)),
    nodes: [...drawn].map((node) => {
      const place = graph.node(node.id);
      const { x, y } = place;
      return { node, x, y, width: place.width, height: HEIGHT, lines: lines.get(node) ?? ["", ""] };
    }),
    arrows: shown.map((arrow, index) => ({
      arrow,
      points: graph.edge({ v: arrow.from.id, w: arrow.to.id, name: String(index) }).points,
    })),
    leftOut: nodes.length - drawn.size,
  };
}

/** Where a node is: its account, or how many. */
export function placeOf({ accounts, what }: GraphNode): string {
  const [only] = accounts;
  if (only === undefined) return what === "anybody" ? "anybody" : what === "other" ? "" : what;
  if (what === "account" && accounts.length === 1) return "account";
  return accounts.length === 1 ? only : `× ${counted(accounts.length, "account")}`;
}

function short(text: string): string {
  return shorten(text, MOST_CHARACTERS);
}

/** An empty graph has no size. */
function finite(size: number): number {
  return Number.isFinite(size) ? size : 0;
}
