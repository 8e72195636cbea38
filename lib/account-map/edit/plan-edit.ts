import type { Diagnostic } from "../../diagnostics/diagnostic";
import { addEntry } from "./add-entry";
import { addAccount, removeAccount, setAccountField } from "./account-changes";
import type { Change } from "./change";
import type { MapEdit } from "./map-edit";
import type { MapText } from "./map-text";
import { renameAccount, renameEntry, renameUnit } from "./rename-changes";

/** What an edit comes down to, or why it is not made. */
export type EditPlan =
  { readonly changes: readonly Change[] } | { readonly problems: readonly Diagnostic[] };

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
