import type { RawAccountMap } from "./raw-account-map";
import type { Unread } from "../../source/unread";
import type { Path } from "../../source/source";

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
