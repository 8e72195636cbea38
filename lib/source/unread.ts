/**
 * Entries that are in the file but could not be read. They have findings of their own, so what
 * refers to them is not reported once more.
 */
export class Unread {
  readonly #sections = new Set<string>();
  readonly #entries = new Map<string, Set<string>>();

  /** Notes an entry, or without a key all entries of a section. */
  add(section: string, key?: string): void {
    if (key === undefined) this.#sections.add(section);
    else this.#entries.set(section, (this.#entries.get(section) ?? new Set()).add(key));
  }

  /** Whether an entry could not be read. */
  has(section: string, key: string): boolean {
    return this.#sections.has(section) || this.#entries.get(section)?.has(key) === true;
  }

  /** A section without the entries that could not be read; nothing where that is all of it. */
  readableOf(section: string, entries: unknown): unknown {
    if (this.#sections.has(section)) return undefined;
    const broken = this.#entries.get(section);
    if (broken === undefined) return entries;
    return Object.fromEntries(
      Object.entries(entries as object).filter(([key]) => !broken.has(key)),
    );
  }

  /** The entries of a section that could not be read, as far as their keys are known. */
  keysOf(section: string): ReadonlySet<string> {
    return this.#entries.get(section) ?? new Set();
  }

  /** Whether any entry of a section could not be read. */
  hasAny(section: string): boolean {
    return this.#sections.has(section) || this.#entries.has(section);
  }
}
