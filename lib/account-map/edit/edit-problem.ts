import type { Node } from "yaml";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { Path } from "../../source/source";
import type { Place } from "../../source/yaml/yaml-tree";
import type { MapText } from "./map-text";

/** Why an edit is not made, and what to do instead. */
export function editProblem(map: MapText, path: Path, message: string, help?: string): Diagnostic {
  const place = nearestOwn(map, path);
  const node = (place?.pair?.key ?? place?.node) as Node | null | undefined;
  const [start, end = start] = node?.range ?? [];
  const { file } = map;
  const found = { severity: "error", rule: "edit", file, message } as const;
  const helped = help === undefined ? found : { ...found, help };
  if (start === undefined || end === undefined) return helped;
  return { ...helped, span: map.lines.spanOf(start, end) };
}

/** The place of a path, or of what holds it, that nothing else shares. */
function nearestOwn(map: MapText, path: Path): Place | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const place = map.find(path.slice(0, length));
    if (place !== undefined && !place.shared) return place;
  }
  return undefined;
}
