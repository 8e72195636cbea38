import type { CommandUnknownOpts } from "@commander-js/extra-typings";

/** The role among the words after a principal: `ROLE`, or `assume ROLE`. */
export function roleAfterVerb(words: readonly string[], command: CommandUnknownOpts): string {
  const [first = "", second, ...more] = words;
  if (second === undefined) {
    if (first === "assume") command.error("error: missing required argument 'role'");
    return first;
  }
  if (first !== "assume") command.error(`error: expected 'assume', got '${first}'`);
  if (more.length > 0) command.error(`error: one role is asked about, got ${words.length - 1}`);
  return second;
}
