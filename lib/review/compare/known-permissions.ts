import type { PermissionPolicy } from "../../access/access-graph";
import type { Permissions } from "../../access/permissions/permission-sides";
import type { Permitted } from "./permitted-identities";

/** What is known of what an identity is permitted, and what is not. */
export interface KnownPermissions {
  readonly permissions: Permissions;
  /** Names of policies, and of the boundary, whose texts are not known. */
  readonly unread: readonly string[];
}

/** The policies and the boundary of an identity, as far as their texts are known. */
export function knownPermissions({ policies, boundary }: Permitted): KnownPermissions {
  const bound = boundary?.document.known === true ? boundary.document.value : undefined;
  const all = boundary === undefined ? policies : [...policies, boundary];
  return {
    permissions: {
      policies: knownDocuments(policies),
      ...(bound === undefined ? {} : { boundary: bound }),
    },
    unread: all.flatMap(({ name, document }) => (document.known ? [] : [name])),
  };
}

function knownDocuments(policies: readonly PermissionPolicy[]): Permissions["policies"] {
  return policies.flatMap(({ document }) => (document.known ? [document.value] : []));
}
