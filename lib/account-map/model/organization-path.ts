import type { Organization } from "./account-map";

/**
 * The path of an OU, `o-.../r-.../ou-.../` with the slash at its end (rule ID-04), or
 * `undefined` where the map lacks the id of the root or of a unit on the way.
 */
export function organizationPath(
  { id, rootId, unitIds }: Pick<Organization, "id" | "rootId" | "unitIds">,
  unit: string,
): string | undefined {
  const names = unit.split("/").filter((name) => name !== "");
  const ids = names.map((_, index) => unitIds.get(`/${names.slice(0, index + 1).join("/")}`));
  if (rootId === undefined || ids.includes(undefined)) return undefined;
  return [id, rootId, ...ids].map((each) => `${String(each)}/`).join("");
}
