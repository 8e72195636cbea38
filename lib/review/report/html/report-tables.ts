import { h } from "preact";
import type { ComponentChild, ComponentChildren } from "preact";
import { shorten } from "../../../diagnostics/quote";
import type { Review } from "../../review";
import type { ChangeGroup } from "../change-group";
import { accountName } from "../../words/names";
import { sentence } from "../sentence";
import { plainText } from "../../words/text";
import { counted } from "../../../diagnostics/words";
import { STATES } from "./graph-svg";
import type { GraphModel, GraphNode } from "./graph-model";
import { accountsHtml, sentenceHtml } from "./sentence-html";

/** Most rows of a table, and most characters in them: a report stays a file that a browser opens at once. */
export const MOST_ROWS = 1000;
const MOST_CHARACTERS = 1_000_000;

/** All changes, roles and edges as tables. */
export function reportTables(
  review: Review,
  groups: readonly ChangeGroup[],
  { nodes, arrows }: GraphModel,
): ComponentChild[] {
  const roles = nodes.filter(({ what }) => what === "role");
  return [
    table("Changes", ["what", "change", "accounts"], groups, (group) => {
      const said = sentence(group, review);
      const names = group.accountIds.map((id) => accountName(id, review)).sort();
      return {
        cells: [tag(group.tone, group.tone), sentenceHtml(said), accountsHtml(names)],
        size: plainText(said).length + sizeOf(names),
      };
    }),
    table("Roles", ["state", "role", "accounts"], roles, (node) => ({
      cells: [
        tag(node.state, STATES[node.state].word),
        nodeName(node),
        accountsHtml(node.accounts),
      ],
      size: node.name.length + sizeOf(node.accounts),
    })),
    table("Trust relationships", ["state", "from", "to", "number"], arrows, (arrow) => ({
      cells: [
        tag(arrow.state, STATES[arrow.state].word),
        nodeName(arrow.from),
        nodeName(arrow.to),
        String(arrow.count),
      ],
      size: arrow.from.name.length + arrow.to.name.length,
    })),
  ];
}

/** What became of something, in a word with a frame. */
export function tag(state: string, word: string): ComponentChild {
  return h("span", { class: `tag ${state}` }, word);
}

function nodeName({ name, detail, accounts }: GraphNode): ComponentChild {
  const [only] = accounts;
  const which = detail === undefined ? "" : ` (${shorten(detail, 200)})`;
  const place =
    only === undefined
      ? ""
      : accounts.length === 1
        ? ` in ${only}`
        : ` in ${accounts.length} accounts`;
  return h("span", {}, h("code", {}, shorten(name, 200)), which, place);
}

interface Row {
  readonly cells: readonly ComponentChildren[];
  /** About how many characters it takes. */
  readonly size: number;
}

function table<T>(
  title: string,
  columns: readonly string[],
  items: readonly T[],
  rowOf: (item: T) => Row,
): ComponentChild {
  const rows: Row[] = [];
  let size = 0;
  for (const item of items.slice(0, MOST_ROWS)) {
    const row = rowOf(item);
    size += row.size;
    if (size > MOST_CHARACTERS) break;
    rows.push(row);
  }
  const hidden = items.length - rows.length;
  const caption =
    hidden > 0 ? `${counted(hidden, "more row is", "more rows are")} not shown here.` : null;
  return h(
    "details",
    { class: "panel", open: title === "Changes" },
    h("summary", {}, h("h2", {}, title), " ", h("span", { class: "muted" }, items.length)),
    h(
      "table",
      { "aria-label": title },
      caption === null ? null : h("caption", {}, caption),
      h("thead", {}, h("tr", {}, ...columns.map((column) => h("th", { scope: "col" }, column)))),
      h(
        "tbody",
        {},
        ...rows.map(({ cells }) => h("tr", {}, ...cells.map((cell) => h("td", {}, cell)))),
      ),
    ),
  );
}

function sizeOf(names: readonly string[]): number {
  return 20 * Math.min(names.length, 200);
}
