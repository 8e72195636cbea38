import { visible } from "../../../diagnostics/display-width";
import { shorten } from "../../../diagnostics/quote";
import type { EdgeChange } from "../../kinds/edge";
import type { ReachChange } from "../../kinds/reach";
import { callerKey } from "../../../access/callers/caller-key";
import type { Review } from "../../review";
import type { ChangeGroup } from "../change-group";
import { callerLabel } from "../../words/callers/caller-label";
import { accountName, callerNames, entityName } from "../../words/names";

/** Most nodes and arrows of a picture: with more, nobody sees anything. */
const MOST_NODES = 40;
const MOST_ARROWS = 80;
/** Longest label, characters. */
const MOST_CHARACTERS = 60;
/** Longest name of a caller, characters: owner and name of a repository of GitHub have at most 140. */
const MOST_OF_CALLER = 140;

/** A picture of what changes, and how much of it did not fit. */
export interface Picture {
  /** Text of a Mermaid flowchart. */
  readonly text: string;
  /** Groups of changed ways that are not in it. */
  readonly leftOut: number;
}

type Way = "gained" | "lost" | "kept";

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly way: Way;
}

/**
 * The changed ways as a flowchart, the most important first, until it is full; `undefined` where no way
 * changes. What is gained is thick, what is lost is dashed, and what leads there without a change is thin.
 */
export function mermaidPicture(
  groups: readonly ChangeGroup[],
  review: Review,
): Picture | undefined {
  const ways = groups.filter(({ example: { kind } }) => kind === "reach" || kind === "edge");
  const changed = new Map<string, Way>();
  for (const { example } of ways) {
    if (example.kind === "edge") {
      changed.set(`${callerKey(example.from, example.caller)} ${example.to}`, example.direction);
    }
  }
  const nodes = new Map<string, string>();
  const arrows = new Map<string, Arrow>();
  let leftOut = 0;
  for (const group of ways) {
    const drawn = arrowsOf(group, changed, review);
    const added = new Set(
      drawn.flatMap(({ from, to }) => [from, to]).filter((label) => !nodes.has(label)),
    );
    if (nodes.size + added.size > MOST_NODES || arrows.size + drawn.length > MOST_ARROWS) {
      leftOut += 1;
      continue;
    }
    for (const label of added) nodes.set(label, `n${nodes.size}`);
    for (const arrow of drawn) arrows.set(`${arrow.from}\n${arrow.to}\n${arrow.way}`, arrow);
  }
  if (arrows.size === 0) return undefined;
  return { text: flowchart(nodes, [...arrows.values()]), leftOut };
}

function arrowsOf(group: ChangeGroup, changed: ReadonlyMap<string, Way>, review: Review): Arrow[] {
  const { example } = group;
  if (example.kind !== "reach" && example.kind !== "edge") return [];
  const caller = callerKey(example.from, example.caller);
  const stops = [caller, ...(example.kind === "reach" ? example.via : []), example.to];
  return stops.slice(1).map((to, index): Arrow => {
    const from = stops[index] ?? to;
    const way = changed.get(`${from} ${to}`) ?? hopWay(example, stops, changed);
    const first = index === 0 ? callerText(example, group, review) : label(from, group, review);
    return { from: first, to: label(to, group, review), way };
  });
}

/** A hop that is no change by itself is kept, unless no hop of the way is: then the way is what changed. */
function hopWay(
  example: ReachChange | EdgeChange,
  stops: readonly string[],
  changed: ReadonlyMap<string, Way>,
): Way {
  const shown = stops.some(
    (to, index) => index > 0 && changed.has(`${stops[index - 1] ?? ""} ${to}`),
  );
  return shown ? "kept" : example.direction;
}

/** A caller with what tells it from others of its provider or service. */
function callerText(
  { from, caller }: ReachChange | EdgeChange,
  group: ChangeGroup,
  review: Review,
): string {
  const told = callerLabel(caller, callerNames(group, review));
  return told === undefined
    ? label(from, group, review)
    : `${encoded(told.name, MOST_OF_CALLER)}<br/>${encoded(told.detail)}`;
}

/** Name and account, or of a group the number of accounts. */
function label(name: string, group: ChangeGroup, review: Review): string {
  const { name: short, what, accountId } = entityName(name);
  if (what === "anybody") return encoded("anyone");
  if (accountId === undefined) return encoded(short);
  const many = group.accountIds.length > 1 && group.accountIds.includes(accountId);
  if (many)
    return `${encoded(what === "account" ? "account" : short)} × ${group.accountIds.length}<br/>${encoded(spread(group, review))}`;
  if (what === "account") return `account<br/>${encoded(accountName(accountId, review))}`;
  return `${encoded(short)}<br/>${encoded(accountName(accountId, review))}`;
}

/** What tells apart two groups of as many accounts. */
function spread({ accountIds }: ChangeGroup, review: Review): string {
  const [first = ""] = accountIds.map((id) => accountName(id, review)).sort();
  return `${first} and others`;
}

function flowchart(nodes: ReadonlyMap<string, string>, arrows: readonly Arrow[]): string {
  const styles = (["gained", "lost"] as const).flatMap((way) => {
    const indexes = arrows.flatMap((arrow, index) => (arrow.way === way ? [index] : []));
    return indexes.length === 0 ? [] : [`  linkStyle ${indexes.join(",")} ${STYLES[way]}`];
  });
  return [
    "flowchart LR",
    ...[...nodes].map(([text, id]) => `  ${id}["${text}"]`),
    ...arrows.map(
      ({ from, to, way }) => `  ${nodes.get(from) ?? ""} ${ARROWS[way]} ${nodes.get(to) ?? ""}`,
    ),
    ...styles,
  ].join("\n");
}

const ARROWS: Readonly<Record<Way, string>> = {
  gained: "==>|gained|",
  lost: "-.->|lost|",
  kept: "-->",
};
const STYLES: Readonly<Record<Exclude<Way, "kept">, string>> = {
  gained: "stroke:#1a7f37,stroke-width:3px",
  lost: "stroke:#cf222e,stroke-width:2px",
};

/** A text as a label in which nothing means anything to Mermaid: all but plain characters as character codes. */
function encoded(text: string, most = MOST_CHARACTERS): string {
  const shown = visible(shorten(text, most));
  return Array.from(shown === "" ? " " : shown)
    .map((character, index) => {
      const plain = index === 0 ? /[A-Za-z]/ : /[A-Za-z0-9 .-]/;
      return plain.test(character) ? character : `#${character.codePointAt(0) ?? 0};`;
    })
    .join("");
}
