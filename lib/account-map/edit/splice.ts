/** Text that takes the place of a stretch of text; offsets count UTF-16 code units. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Whether two splices want the same text. Insertions at one place do not: they follow one another. */
export function overlap(a: Splice, b: Splice): boolean {
  return a.start < b.end && b.start < a.end;
}

/** The text after splices that do not overlap; insertions at one place keep their order. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const ordered = splices
    .map((splice, index) => ({ splice, index }))
    .sort(
      (a, b) => a.splice.start - b.splice.start || a.splice.end - b.splice.end || a.index - b.index,
    );
  const parts: string[] = [];
  let done = 0;
  for (const { splice } of ordered) {
    parts.push(text.slice(done, splice.start), splice.text);
    done = splice.end;
  }
  return parts.join("") + text.slice(done);
}
