import { quoteName } from "../../diagnostics/quote";
import { addAccount, removeAccount, setAccountField } from "./account-changes";
import type { EditPlan } from "./change";
import { editProblem } from "./edit-problem";
import type { AddEntry, MapEdit } from "./map-edit";
import type { MapText } from "./map-text";
import { renameAccount, renameEntry, renameUnit } from "./rename-changes";

/** Resolves an edit into changes of values. */
export function planEdit(map: MapText, edit: MapEdit): EditPlan {
  switch (edit.kind) {
    case "add-account":
      return addAccount(map, edit);
    case "remove-account":
      return removeAccount(map, edit);
    case "set-account-field":
      return setAccountField(map, edit);
    case "rename-account":
      return renameAccount(map, edit);
    case "rename-entry":
      return renameEntry(map, edit);
    case "rename-unit":
      return renameUnit(map, edit);
    case "add-entry":
      return addEntry(map, edit);
  }
}

/** Sections in the order in which maps have them. */
const SECTIONS = ["accounts", "identityProviders", "hubs", "spokes", "chains"];

/** What adding an entry comes down to. */
function addEntry(map: MapText, { section, key, value }: AddEntry): EditPlan {
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
