import { LIMIT, NONE, solved } from "./solution";
import type { Solution } from "./solution";
import type { StringSolver } from "./string-solver";
import type { StringPattern } from "./string-pattern";

/** A kind of element: in all of some patterns and in none of others. */
export interface ElementKind {
  readonly inside: readonly StringPattern[];
  readonly outside: readonly StringPattern[];
}

/** Ways of avoiding unwanted kinds that are tried for one element before giving up. */
const WAY_LIMIT = 10_000;

/**
 * Finds a set of strings of a language, not empty, that has an element of each of some kinds and no
 * element of others. A set of as many elements as there are kinds is enough.
 */
export function solveSet(
  strings: StringSolver,
  language: StringPattern,
  present: readonly ElementKind[],
  missing: readonly ElementKind[],
): Solution<readonly string[]> {
  const elements = new Set<string>();
  const wanted = present.length === 0 ? [{ inside: [], outside: [] }] : present;
  for (const kind of wanted) {
    const element = solveElement(strings, language, kind, missing, { ways: WAY_LIMIT });
    if (!element.solved) return element;
    elements.add(element.value);
  }
  return solved([...elements].sort());
}

/** Whether an element is of a kind. */
export function isOfKind(strings: StringSolver, kind: ElementKind, element: string): boolean {
  return (
    kind.inside.every((pattern) => strings.matches(pattern, element)) &&
    !kind.outside.some((pattern) => strings.matches(pattern, element))
  );
}

/** An element of one kind that is of none of the others: for each of those, one of its parts must fail. */
function solveElement(
  strings: StringSolver,
  language: StringPattern,
  kind: ElementKind,
  [avoided, ...rest]: readonly ElementKind[],
  left: { ways: number },
): Solution<string> {
  if (avoided === undefined) return strings.solve(language, kind.inside, kind.outside);
  let limited = false;
  const ways: ElementKind[] = [
    ...avoided.inside.map((each) => ({ ...kind, outside: [...kind.outside, each] })),
    ...avoided.outside.map((each) => ({ ...kind, inside: [...kind.inside, each] })),
  ];
  for (const way of ways) {
    if (--left.ways < 0) return LIMIT;
    const element = solveElement(strings, language, way, rest, left);
    if (element.solved) return element;
    limited ||= element.limit;
  }
  return limited ? LIMIT : NONE;
}
