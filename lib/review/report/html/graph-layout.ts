import { graphlib, layout } from "@dagrejs/dagre";
import { counted } from "../../../diagnostics/words";
import type { GraphArrow, GraphModel, GraphNode } from "./graph-model";

/** A node with its place; `x` and `y` are its centre, pixels. */
export interface PlacedNode {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Lines of the name, and of where it is or what tells it from others. */
  readonly lines: { readonly name: readonly string[]; readonly place: readonly string[] };
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
/** How many characters before its end a line may be broken. */
const BREAKS = 10;
/** Most lines of a name, so that a whole repository of GitHub is there, and of what stands below it. */
const NAME_LINES = 5;
const PLACE_LINES = 3;
/** Height of a node of two lines, and of each more, pixels. */
const HEIGHT = 46;
const LINE = 16;

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

/** Gives the nodes of a graph their places, left to right from the callers to the roles they assume. */
export function drawGraph({ nodes, arrows }: GraphModel): Drawing {
  const drawn = new Set(nodes.slice(0, MOST_NODES));
  const shown = arrows
    .filter(({ from, to }) => drawn.has(from) && drawn.has(to))
    .slice(0, MOST_ARROWS);
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: "LR", nodesep: 16, ranksep: 110, marginx: 16, marginy: 16 });
  const lines = new Map<GraphNode, PlacedNode["lines"]>();
  for (const node of drawn) {
    const own = {
      name: wrapped(node.name, NAME_LINES),
      place: wrapped(placeOf(node), PLACE_LINES),
    };
    lines.set(node, own);
    const all = [...own.name, ...own.place];
    // Room for the mark of what changed.
    const width = Math.max(110, Math.max(...all.map(({ length }) => length)) * CHARACTER + 44);
    graph.setNode(node.id, { width, height: HEIGHT + (all.length - 2) * LINE });
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
      const { width: wide, height: high } = place;
      const own = lines.get(node) ?? { name: [""], place: [""] };
      return { node, x, y, width: wide, height: high, lines: own };
    }),
    arrows: shown.map((arrow, index) => ({
      arrow,
      points: graph.edge({ v: arrow.from.id, w: arrow.to.id, name: String(index) }).points,
    })),
    leftOut: nodes.length - drawn.size,
  };
}

/** Where a node is: its account, or how many; of a caller of a provider or service, which one it is. */
export function placeOf({ accounts, what, detail }: GraphNode): string {
  const [only] = accounts;
  if (detail !== undefined) {
    return accounts.length > 1 ? `${detail} × ${counted(accounts.length, "account")}` : detail;
  }
  if (only === undefined) return what === "anybody" ? "anyone" : what === "other" ? "" : what;
  if (what === "account" && accounts.length === 1) return "account";
  return accounts.length === 1 ? only : `× ${counted(accounts.length, "account")}`;
}

/** A text on at most so many lines, broken behind what divides names; what is too long loses its middle. */
function wrapped(text: string, most: number): readonly string[] {
  const room = most * MOST_CHARACTERS - BREAKS * most;
  const half = Math.floor((room - 3) / 2);
  const shown = text.length > room ? `${text.slice(0, half)}...${text.slice(-half)}` : text;
  const lines: string[] = [];
  let rest = shown;
  while (rest.length > MOST_CHARACTERS) {
    const line = rest.slice(0, MOST_CHARACTERS);
    const end = Math.max(...[...line.matchAll(/[ /:._-]/g)].map(({ index }) => index + 1), 0);
    const cut = end > MOST_CHARACTERS - BREAKS ? end : MOST_CHARACTERS;
    lines.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...lines, rest];
}

/** An empty graph has no size. */
function finite(size: number): number {
  return Number.isFinite(size) ? size : 0;
}
