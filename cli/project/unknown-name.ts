import { listNames, nearest } from "../../lib/diagnostics/nearest";
import { quoteName } from "../../lib/diagnostics/quote";
import type { UsageProblem } from "../system/usage-problem";

/** A name on the command line that the map does not have, and which was probably meant. */
export function unknownName(what: string, name: string, known: Iterable<string>): UsageProblem {
  const names = [...known];
  const meant = nearest(name, names);
  const help =
    meant === undefined ? `it has ${listNames(names)}` : `did you mean ${quoteName(meant)}?`;
  return { problem: `the map has no ${what} ${quoteName(name)}`, help };
}
