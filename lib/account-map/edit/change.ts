import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { Path } from "../../source/source";

/** What an edit comes down to, in terms of the map's values. */
export type Change =
  /** A value is put where there is one, or where there is none. */
  | {
      readonly kind: "set";
      readonly path: Path;
      readonly value: NewValue;
      /** Keys of the same map behind the last of which a new key is put. @default - at the end */
      readonly after?: readonly string[];
      /** Whether what is long takes lines of its own, whatever its neighbours are like. @default false */
      readonly inLines?: true;
    }
  /** A key vanishes with its value. */
  | { readonly kind: "remove"; readonly path: Path }
  /** A key gets another name and keeps its value. */
  | { readonly kind: "rename-key"; readonly path: Path; readonly to: string };

/** What an edit comes down to, or why it is not made. */
export type EditPlan =
  { readonly changes: readonly Change[] } | { readonly problems: readonly Diagnostic[] };

/** A value that is written into the map. */
export type NewValue =
  string | boolean | readonly NewValue[] | { readonly [key: string]: NewValue };

/** The value that a map has after changes. What is not changed is shared with the value before. */
export function applyChanges(before: unknown, changes: readonly Change[]): unknown {
  // Paths are those before the changes, so keys get their new names last, the innermost first.
  const renames = changes
    .filter((change) => change.kind === "rename-key")
    .sort((a, b) => b.path.length - a.path.length);
  const others = changes.filter((change) => change.kind !== "rename-key");
  const writer = new Writer();
  let value = before;
  for (const change of [...others, ...renames]) {
    value = writer.applyAt(value, change.path, change);
  }
  return value;
}

/** Copies what it changes, once, however many changes there are. */
class Writer {
  readonly #own = new WeakSet<object>();

  applyAt(value: unknown, path: Path, change: Change): unknown {
    const [step, ...rest] = path;
    if (step === undefined) return change.kind === "set" ? change.value : value;
    const copy = this.#copyOf(value);
    const key = String(step);
    if (rest.length > 0 || change.kind === "set") {
      copy[key] = this.applyAt(copy[key], rest, change);
    } else {
      if (change.kind === "rename-key") copy[change.to] = copy[key];
      // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- it is our own copy
      delete copy[key];
    }
    return copy;
  }

  #copyOf(value: unknown): Record<string, unknown> {
    if (typeof value === "object" && value !== null && this.#own.has(value)) {
      return value as Record<string, unknown>;
    }
    const copy = (
      Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }
    ) as Record<string, unknown>;
    this.#own.add(copy);
    return copy;
  }
}
