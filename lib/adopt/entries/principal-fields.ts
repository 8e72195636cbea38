import type { NewValue } from "../../account-map/edit/change";
import { freeKey } from "../../account-map/model/free-key";
import type { Fields } from "./role-fields";
import type { ExistingPrincipal } from "../trust/existing-principal";

/** A principal and who adds the caller's permission to assume. */
export interface GrantedWay {
  readonly way: ExistingPrincipal;
  /** Whether the map makes that permission; else it says that it exists. */
  readonly generate: boolean;
}

/**
 * The principals as the map writes them, each under a key. Roles and users of one account with the same
 * conditions share one.
 *
 * @param template - what external IDs become, such as one with a parameter in it
 */
export function principalFields(
  ways: readonly GrantedWay[],
  template: (externalId: string) => string,
): Fields {
  const merged = new Map<
    string,
    { words: string; names: string[]; fields: Fields; kind: string }
  >();
  for (const { way, generate } of ways) {
    const [kind, value] = Object.entries(way.principal)[0] ?? ["", {}];
    const named = (kind === "user" || kind === "role") && isFields(value);
    const { name, ...rest } = named ? value : { name: "" };
    const externalIds = way.externalIds.map(template);
    const fields: Fields = {
      [kind]: named ? rest : value,
      ...way.conditions,
      ...(externalIds.length === 0 ? {} : { externalId: oneOrMore(externalIds) }),
      ...(way.granted && !generate ? { grant: "declared" } : {}),
    };
    const id = named ? JSON.stringify(fields) : JSON.stringify([way.words, fields]);
    const entry = merged.get(id) ?? { words: way.words, names: [], fields, kind };
    if (typeof name === "string" && name !== "" && !entry.names.includes(name))
      entry.names.push(name);
    merged.set(id, entry);
  }
  const principals: Record<string, NewValue> = {};
  for (const { words, names, fields, kind } of merged.values()) {
    const key = freeKey(words, new Set(Object.keys(principals)), "adopted");
    const value = fields[kind];
    principals[key] =
      names.length === 0 || !isFields(value)
        ? fields
        : { ...fields, [kind]: { name: oneOrMore(names), ...value } };
  }
  return principals;
}

/** One value as a text, several as a list. */
export function oneOrMore(values: readonly string[]): NewValue {
  const [only = "", second] = values;
  return second === undefined ? only : values;
}

function isFields(value: NewValue | undefined): value is Fields {
  return typeof value === "object" && !Array.isArray(value);
}
