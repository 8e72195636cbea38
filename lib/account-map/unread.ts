import type { RawAccountMap } from "./raw-account-map";
import type { Path } from "./yaml-source";

/** The sections of a map whose entries are referred to by key. */
export type Section =
  "organizations" | "accounts" | "parameters" | "identityProviders" | "hubs" | "spokes";

/**
 * Entries that stand in the file but could not be read. They have findings of their own, so what
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

/**
 * The part of a map that fits the schema, so that what is wrong in one entry does not hide what is
 * wrong in another: the map without the entries in which something stands at one of the paths. Nothing
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
  const part: Record<string, unknown> = { ...raw };
  const broken = new Map<string, Set<string>>();
  for (const [section, key] of misfits) {
    const name = String(section);
    if (key === undefined || Array.isArray(part[name])) {
      unread.add(name);
      part[name] = name === "accounts" ? {} : undefined;
    } else {
      unread.add(name, String(key));
      broken.set(name, (broken.get(name) ?? new Set()).add(String(key)));
    }
  }
  for (const [section, keys] of broken) {
    const entries = Object.entries(part[section] ?? {});
    part[section] = Object.fromEntries(entries.filter(([key]) => !keys.has(key)));
  }
  return part as unknown as RawAccountMap;
}
