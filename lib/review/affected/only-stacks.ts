import type { AffectedStacks } from "./affected-stacks";

/** Affected stacks without those that do not count; a wave that is empty then is none. */
export function onlyStacks(
  { waves, removed, crossed }: AffectedStacks,
  counts: (stack: string) => boolean,
): AffectedStacks {
  const kept = new Set(waves.flat().flatMap(({ stack }) => (counts(stack) ? [stack] : [])));
  return {
    waves: waves
      .map((wave) => wave.filter(({ stack }) => kept.has(stack)))
      .filter((wave) => wave.length > 0),
    removed,
    crossed: crossed.filter((pair) => pair.every((stack) => kept.has(stack))),
  };
}
