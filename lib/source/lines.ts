import type { Position, Span } from "../diagnostics/diagnostic";

/** The lines of a text: turns offsets, which count from 0, into positions. */
export class Lines {
  readonly #starts = [0];

  constructor(text: string) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
      this.#starts.push(at + 1);
    }
  }

  positionOf(offset: number): Position {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }

  /** The stretch between two offsets; it ends no earlier than it starts. */
  spanOf(start: number, end: number): Span {
    return { start: this.positionOf(start), end: this.positionOf(Math.max(start, end)) };
  }
}
