import type { ResolvedAccess, BoundaryText } from "../../plan/resolved-access";
import { groupBy } from "../../values/group";

/** Most accounts that are listed by key. */
const MOST_ACCOUNTS = 12;

/**
 * What a proof takes for granted of boundaries that are made elsewhere: that each has the text of its
 * document. One sentence for each policy by name and document, sorted.
 */
export function assumedBoundaries({ boundaryTexts }: ResolvedAccess): readonly string[] {
  const groups = groupBy(boundaryTexts?.values() ?? [], (text) => `${nameOf(text)} ${text.source}`);
  return [...groups.values()].map(sentence).sort();
}

function sentence(texts: readonly BoundaryText[]): string {
  const [first, ...others] = texts;
  if (first === undefined) return "";
  const file = `policies/${first.source}.json`;
  if (others.length === 0) return `the boundary ${first.arn} has the text of ${file}`;
  const keys = texts.map(({ account }) => account.key).sort();
  const more = keys.length > MOST_ACCOUNTS ? ` and ${keys.length - MOST_ACCOUNTS} more` : "";
  const accounts = `${keys.slice(0, MOST_ACCOUNTS).join(", ")}${more}`;
  return `the boundary ${nameOf(first)} has the text of ${file}, in each of ${texts.length} accounts: ${accounts}`;
}

/** Path and name, as the map names it, where the account and the partition vary. */
function nameOf({ arn }: BoundaryText): string {
  return arn.slice(arn.indexOf(":policy/") + ":policy/".length);
}
