import type { Review } from "../../review";
import type { ChangeGroup } from "../change-group";
import { accountName } from "../../words/names";
import { sectionsOf } from "../change-group";
import { sentence } from "../sentence";
import { counted } from "../../../diagnostics/words";
import { codeSpan, markdownOf } from "./markdown-text";
import type { Room } from "./room";

/** Accounts that are listed below a change. */
const MOST_ACCOUNTS = 200;

/** The changes that there was room for, and how many there was none for. */
export interface FoldedChanges {
  readonly text: string;
  readonly leftOut: number;
}

/** All changes, folded by kind; when room is short, the most important ones are in. */
export function foldedChanges(
  groups: readonly ChangeGroup[],
  review: Review,
  room: Room,
): FoldedChanges {
  const sections = sectionsOf(groups);
  const summaries = new Map(
    sections.map(({ kind, title: name, groups: own }) => [
      kind,
      `<details><summary>${name}: ${counted(changesIn(own), "change")}</summary>`,
    ]),
  );
  const opened = new Set<string>();
  const items = new Map<ChangeGroup, string>();
  for (const group of groups) {
    const { kind } = group.example;
    const opening = opened.has(kind) ? "" : `${summaries.get(kind) ?? ""}\n\n\n\n</details>`;
    const line = `- ${markdownOf(sentence(group, review))}`;
    const full = line + accountList(group, review);
    const fitting = [full, line].find((text) => room.take(opening + text));
    if (fitting === undefined) continue;
    opened.add(kind);
    items.set(group, fitting);
  }
  const text = sections
    .filter(({ kind }) => opened.has(kind))
    .map(({ kind, groups: own }) => {
      const lines = own.flatMap((group) => items.get(group) ?? []);
      return `${summaries.get(kind) ?? ""}\n\n${lines.join("\n")}\n\n</details>`;
    })
    .join("\n\n");
  return { text, leftOut: changesIn(groups.filter((group) => !items.has(group))) };
}

function changesIn(groups: readonly ChangeGroup[]): number {
  return groups.reduce((sum, { changes }) => sum + changes.length, 0);
}

/** The accounts that a sentence only counts. */
function accountList({ accountIds }: ChangeGroup, review: Review): string {
  if (accountIds.length <= 5) return "";
  const names = accountIds.map((id) => accountName(id, review)).sort();
  const shown = names.slice(0, MOST_ACCOUNTS).map(codeSpan);
  const hidden = names.length - shown.length;
  const more = hidden > 0 ? ` and ${hidden} more` : "";
  return `\n  <details><summary>all ${counted(names.length, "account")}</summary>\n\n  ${shown.join(" ")}${more}\n\n  </details>`;
}
