import type { RawAccountMap } from "./raw-account-map";
import type { Path } from "./yaml-source";

/** The sections of a map whose entries are referred to by key. */
export type Section =
  "organizations" | "accounts" | "parameters" | "identityProviders" | "hubs" | "spokes" | "chains";

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
  has(section: Section, key: string): boolean {
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
  keysOf(section: Section): ReadonlySet<string> {
    return this.#entries.get(section) ?? new Set();
  }

  /** Whether any entry of a section could not be read. */
  hasAny(section: Section): boolean {
    return this.#sections.has(section) || this.#entries.has(section);
  }
}

/** Sections that others depend on as a whole: while something is wrong there, nothing else can be judged. */
const FOUNDATIONS: ReadonlySet<string> = new Set(["version", "organizations", "defaults"]);

/** Sections whose keys say nothing without each other. */
const WHOLE: ReadonlySet<string> = new Set(["pipeline"]);

/**
 * The part of a map that fits the schema, so that what is wrong in one entry does not hide what is
 * wrong in another: the map without the entries in which something is at one of the paths. Nothing
 * where a foundation is broken.
 */
export function readablePart(
  raw: RawAccountMap,
  misfits: readonly Path[],
  unread: Unread,
): RawAccountMap | undefined {
  if (misfits.some(([section]) => section === undefined || FOUNDATIONS.has(String(section)))) {
    return undefined;
  }
  const sections: Readonly<Record<string, unknown>> = { ...raw };
  for (const [section, key] of misfits) {
    const name = String(section);
    // The items of a list have no keys to leave them out by.
    if (key === undefined || Array.isArray(sections[name]) || WHOLE.has(name)) unread.add(name);
    else unread.add(name, String(key));
  }
  const part: Record<string, unknown> = { accounts: {} };
  for (const [name, entries] of Object.entries(sections)) {
    const readable = unread.readableOf(name, entries);
    if (readable !== undefined) part[name] = readable;
  }
  return part as unknown as RawAccountMap;
}
