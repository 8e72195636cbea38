import type { Review } from "../review";
import { listedNames, say, words } from "../words/text";
import { counted } from "../../diagnostics/words";
import type { Sentence } from "../words/text";

/** How many stacks are named; the others are counted. */
const NAMED = 10;

/** Which stacks differ in text, and in which of them access stays the same. */
export function stacksSentence(stacks: Review["stacks"]): Sentence {
  const names = (some: Review["stacks"]): Sentence =>
    listedNames(
      some.map(({ stack }) => stack),
      NAMED,
    );
  const differ = say`${words(counted(stacks.length, "stack differs", "stacks differ"))} in text: ${names(stacks)}`;
  const same = stacks.filter(({ sameAccess }) => sameAccess === true);
  if (same.length === 0) return differ;
  if (same.length === stacks.length) return say`${differ}; same access`;
  return say`${differ}; same access in ${names(same)}`;
}
