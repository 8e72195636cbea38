import type { GateResult } from "../../gate/gate-result";
import type { Review } from "../../review";
import { groupChanges } from "../change-group";
import type { ChangeGroup } from "../change-group";
import { verdictOf } from "../change-tone";
import { gateRuleSentence, gateSentence } from "../gate-text";
import { sentence } from "../sentence";
import { stacksSentence } from "../stacks-sentence";
import { summaryRows } from "../summary-table";
import { counted } from "../../../diagnostics/words";
import { codeSpan, markdownOf } from "./markdown-text";
import { foldedChanges } from "./folded-changes";
import { mermaidPicture } from "./mermaid";
import { Room } from "./room";

/** How a review is written as Markdown. */
export interface MarkdownOptions {
  /**
   * Most characters, counted as UTF-16 code units: GitHub refuses a comment of more than 65,536
   * characters, and counts no more than these. At least {@link LEAST_LIMIT}. @default 65_000
   */
  readonly limit?: number;
  /** Name of the file that has everything, for what did not fit. @default - "the report" */
  readonly reportName?: string;
}

/** The first line, by which a job finds its comment. */
export const MARKER = "<!-- trustwheel-review -->";
/** Least limit: title, table and gate always remain. */
export const LEAST_LIMIT = 8_000;

/** Rules of the gate that are listed, and changes that stand above the fold. */
const MOST_RULES = 8;
const UNFOLDED = 5;
/** Stacks that are listed. */
const MOST_STACKS = 200;

/** A review as a comment on a pull request: the verdict and a table first, the details folded. */
export function renderMarkdown(
  review: Review,
  gate?: GateResult,
  { limit = 65_000, reportName }: MarkdownOptions = {},
): string {
  const most = Math.max(limit, LEAST_LIMIT);
  const groups = groupChanges(review);
  const head = [MARKER, title(review), summary(review)];
  if (gate !== undefined) head.push(`**Gate:** ${markdownOf(gateSentence(gate))}.`);
  const room = new Room(most - length(head) - NOTE_ROOM);
  const rules = gateRules(gate, room);
  const top = unfolded(groups, review, room);
  const picture = pictureText(groups, review, room);
  const { text, leftOut } = foldedChanges(groups, review, room);
  const note = leftOut === 0 ? "" : leftOutNote(leftOut, reportName);
  return `${[...head, rules, top, picture, text, note, stacks(review, room)].filter((part) => part !== "").join("\n\n")}\n`;
}

/** Characters that are kept for saying what did not fit. */
const NOTE_ROOM = 400;

function title(review: Review): string {
  return `### Access review: ${verdictOf(review).words}`;
}

function summary(review: Review): string {
  const rows = summaryRows(review);
  if (rows.length === 0) {
    return review.hasChanges
      ? `${markdownOf(stacksSentence(review.stacks))}. Nobody gains or loses access.`
      : "Nothing differs.";
  }
  const cell = (number: number): string => (number === 0 ? "" : String(number));
  return [
    "| what | gained | lost | other |",
    "| --- | ---: | ---: | ---: |",
    ...rows.map(
      ({ title: what, gained, lost, other }) =>
        `| ${what} | ${cell(gained)} | ${cell(lost)} | ${cell(other)} |`,
    ),
  ].join("\n");
}

/** What the rules of the gate decided, as many as there is room for. */
function gateRules(gate: GateResult | undefined, room: Room): string {
  const rules = gate?.rules ?? [];
  const lines = rules
    .slice(0, MOST_RULES)
    .map((rule) => `- ${markdownOf(gateRuleSentence(rule))}`)
    .filter((line) => room.take(line));
  const hidden = rules.length - lines.length;
  return [...lines, ...(hidden > 0 ? [`- and ${counted(hidden, "more rule")}`] : [])].join("\n");
}

/** The most important changes, in full view. */
function unfolded(groups: readonly ChangeGroup[], review: Review, room: Room): string {
  const lines = groups
    .filter(({ tone }) => tone !== "notice")
    .slice(0, UNFOLDED)
    .map((group) => `- ${markdownOf(sentence(group, review))}`)
    .filter((line) => room.take(line));
  return lines.join("\n");
}

function pictureText(groups: readonly ChangeGroup[], review: Review, room: Room): string {
  const picture = mermaidPicture(groups, review);
  if (picture === undefined) return "";
  const more =
    picture.leftOut === 0
      ? ""
      : `\n\nThe picture shows the most important part; ${counted(picture.leftOut, "more change is", "more changes are")} not in it.`;
  const text = `\`\`\`mermaid\n${picture.text}\n\`\`\`${more}`;
  return room.take(text) ? text : "";
}

function leftOutNote(leftOut: number, reportName: string | undefined): string {
  const where = reportName === undefined ? "the report" : codeSpan(reportName.slice(0, 100));
  return `**${counted(leftOut, "change is", "changes are")} not shown here because comments have a size limit: see ${where}.**`;
}

/** Stacks whose text differs. */
function stacks(review: Review, room: Room): string {
  if (review.stacks.length === 0 || review.changes.length === 0) return "";
  const names = review.stacks.slice(0, MOST_STACKS).map(({ stack, status, sameAccess }) => {
    const notes = [
      ...(status === "changed" ? [] : [status]),
      ...(sameAccess === true ? ["same access"] : []),
    ];
    return notes.length === 0 ? codeSpan(stack) : `${codeSpan(stack)} (${notes.join(", ")})`;
  });
  const hidden = review.stacks.length - names.length;
  const more = hidden > 0 ? ` and ${hidden} more` : "";
  const text = `<details><summary>${counted(review.stacks.length, "stack differs", "stacks differ")}</summary>\n\n${names.join(" ")}${more}\n\n</details>`;
  return room.take(text) ? text : "";
}

function length(parts: readonly string[]): number {
  return parts.reduce((sum, part) => sum + part.length + 2, 1);
}
