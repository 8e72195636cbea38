import type { FoundEscalation } from "./escalation";

/** How many ways a message lists. */
const SHOWN = 6;

/** By which actions permissions can be raised, as the end of a sentence: `by A with B`, or `in 3 ways: A; B; C`. */
export function escalationWays(found: readonly FoundEscalation[]): string {
  const ways = found.slice(0, SHOWN).map(({ actions }) => escalationWay(actions));
  if (found.length === 1) return `by ${ways.join()}`;
  const such = found.length > ways.length ? ", such as " : ": ";
  return `in ${found.length} ways${such}${ways.join("; ")}`;
}

/** The actions of one way, the first with the others. */
export function escalationWay([first = "", ...others]: readonly string[]): string {
  const quoted = others.map((action) => `\`${action}\``);
  return others.length === 0 ? `\`${first}\`` : `\`${first}\` with ${quoted.join(" and ")}`;
}
