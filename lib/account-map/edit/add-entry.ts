import { quoteName } from "../../diagnostics/quote";
import type { AddEntry } from "./map-edit";
import { editProblem } from "./edit-problem";
import type { MapText } from "./map-text";
import type { EditPlan } from "./plan-edit";

/** Sections in the order in which maps have them. */
const SECTIONS = ["accounts", "identityProviders", "hubs", "spokes", "chains"];

/** What adding an entry comes down to. */
export function addEntry(map: MapText, { section, key, value }: AddEntry): EditPlan {
  if (map.find([section, key]) !== undefined) {
    const message = `\`${section}\` has ${quoteName(key)} already`;
    return { problems: [editProblem(map, [section, key], message, "choose another key")] };
  }
  if (map.find([section]) !== undefined) {
    return { changes: [{ kind: "set", path: [section, key], value, inLines: true }] };
  }
  const after = SECTIONS.slice(0, SECTIONS.indexOf(section));
  const path = [section];
  return { changes: [{ kind: "set", path, value: { [key]: value }, after, inLines: true }] };
}
