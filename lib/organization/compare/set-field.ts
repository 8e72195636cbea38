import type { SetAccountField } from "../../account-map/edit/map-edit";

/** The edit that sets a field of an account, or deletes it where there is no value. */
export function setField(
  key: string,
  field: SetAccountField["field"],
  value?: string | boolean,
): SetAccountField {
  return { kind: "set-account-field", key, field, ...(value === undefined ? {} : { value }) };
}
