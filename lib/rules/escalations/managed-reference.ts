import type { AccountMap } from "../../account-map/model/account-map";
import type { Path } from "../../source/source";
import { awsManagedName } from "../facts/managed-document";
import { roleEntries } from "../facts/role-entry";

/** An AWS managed policy as the map names it, once for each place. */
export interface ManagedReference {
  /** Its name with the path as written, without the rest of an ARN. */
  readonly name: string;
  readonly at: Path;
}

/** Every AWS managed policy that the map names, as a permission or as a boundary. */
export function managedReferences(map: AccountMap): readonly ManagedReference[] {
  const references = new Map<string, ManagedReference>();
  const add = (reference: string, at: Path): void => {
    const name = awsManagedName(reference);
    if (name !== undefined) references.set(at.join("\n"), { name, at });
  };
  for (const { settings } of roleEntries(map)) {
    for (const { name, at } of settings.permissions.managed) add(name, at);
    const boundary = settings.permissionsBoundary;
    if (boundary?.kind === "managed") add(boundary.arnPath, [...boundary.at, "managed"]);
  }
  return [...references.values()];
}
