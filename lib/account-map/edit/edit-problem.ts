import type { Node } from "yaml";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { Path } from "../../source/yaml/yaml-source";
import { lineStart } from "./layout";
import type { MapText, Place } from "./map-text";

/** Why an edit is not made, and what to do instead. */
export function editProblem(map: MapText, path: Path, message: string, help?: string): Diagnostic {
  const place = nearestOwn(map, path);
  const node = (place?.pair?.key ?? place?.node) as Node | null | undefined;
  const [start, end = start] = node?.range ?? [];
  const { file, text } = map;
  const found = { severity: "error", rule: "edit", file, message } as const;
  const helped = help === undefined ? found : { ...found, help };
  if (start === undefined || end === undefined) return helped;
  const at = (offset: number): { line: number; column: number } => ({
    line: map.lineOf(offset),
    column: offset - lineStart(text, offset) + 1,
  });
  return { ...helped, span: { start: at(start), end: at(end) } };
}

/** The place of a path, or of what holds it, that nothing else shares. */
function nearestOwn(map: MapText, path: Path): Place | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const place = map.find(path.slice(0, length));
    if (place !== undefined && !place.shared) return place;
  }
  return undefined;
}
