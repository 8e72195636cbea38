import { readYaml } from "../../source/yaml/yaml-source";
import type { Diagnostic, Position } from "../../diagnostics/diagnostic";
import type { Draft, DraftedEntry } from "./draft-entries";

/** The drafted entries that errors are about, each with the first of them. */
export function errorsByEntry(
  diagnostics: readonly Diagnostic[],
  { entries, documents }: Draft,
  map: { readonly file: string; readonly text: string },
): ReadonlyMap<DraftedEntry, Diagnostic> {
  const starts = startsOf(map);
  const blamed = new Map<DraftedEntry, Diagnostic>();
  for (const finding of diagnostics) {
    if (finding.severity !== "error" || finding.accepted !== undefined) continue;
    const { file, span } = finding;
    const document = [...documents.keys()].find((name) => file.endsWith(`/${name}.json`));
    const place = file === map.file && span !== undefined ? placeOf(span.start, starts) : undefined;
    for (const entry of entries) {
      const own =
        document === undefined
          ? place === `${entry.section}.${entry.key}`
          : uses(entry.value, document);
      if (own && !blamed.has(entry)) blamed.set(entry, finding);
    }
  }
  return blamed;
}

interface Start {
  readonly at: Position;
  /** Keys that lead there. */
  readonly place: string;
}

/** Where each section of the map and each of its entries begins. */
function startsOf({ file, text }: { readonly file: string; readonly text: string }): Start[] {
  const { source } = readYaml(file, text);
  if (source === undefined) return [];
  return Object.entries(source.value ?? {}).flatMap(([section, entries]) => [
    { at: source.locateKey([section]).start, place: section },
    ...Object.keys((entries ?? {}) as object).map((key) => ({
      at: source.locateKey([section, key]).start,
      place: `${section}.${key}`,
    })),
  ]);
}

/** What begins last before a position. */
function placeOf(position: Position, starts: readonly Start[]): string | undefined {
  let found: Start | undefined;
  for (const start of starts) {
    if (isBehind(start.at, position)) continue;
    if (found === undefined || !isBehind(found.at, start.at)) found = start;
  }
  return found?.place;
}

function isBehind(one: Position, other: Position): boolean {
  return one.line > other.line || (one.line === other.line && one.column > other.column);
}

/** Whether a document is named somewhere under `documents`. */
function uses(value: unknown, document: string): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, each]) => {
    if (key !== "documents" || !Array.isArray(each)) return uses(each, document);
    return each.some((use) =>
      typeof use === "string"
        ? use === document
        : (use as { document?: unknown }).document === document,
    );
  });
}
