import type { Span } from "../diagnostics/diagnostic";

/** The way from the top of a file to one of its values. */
export type Path = readonly (string | number)[];

/** A text as a plain value, with the place of each part of it. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  /** Where a value is; where it is missing, the nearest value above it. */
  locate(path: Path): Span;
  /** Where the key of a value is; for list items and the top, the value itself. */
  locateKey(path: Path): Span;
}
