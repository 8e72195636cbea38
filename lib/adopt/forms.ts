import type { DraftedEntry } from "./entries/draft-entries";
import type { RoleNode } from "./entries/role-node";

/** In which form each role is tried. */
export interface Forms {
  /** Roles that may still be adopted, by ARN. */
  readonly nodes: ReadonlyMap<string, RoleNode>;
  /** ARNs of roles that no chain begins with. */
  readonly unchained: ReadonlySet<string>;
  /** ARNs of hubs whose permission to assume others stays as it is: the map says that it exists. */
  readonly declared: ReadonlySet<string>;
  /** Why the map cannot express a role, by ARN. */
  readonly refused: ReadonlyMap<string, string>;
}

/** A role that an entry does not express. */
export interface Failure {
  readonly entry: DraftedEntry;
  readonly arn: string;
  readonly reason: string;
  readonly part: "trust" | "permissions" | "settings";
}

/**
 * The rule by which a form gives way to the next: a chain to roles of their own, a hub whose permissions are
 * others to one whose permission to assume is declared. `undefined` where there is no form left.
 */
export function nextForm(forms: Forms, { entry, arn, part }: Failure): Forms | undefined {
  const { unchained, declared } = forms;
  if (entry.section === "chains") {
    const [start = ""] = entry.roles;
    return unchained.has(start) ? undefined : { ...forms, unchained: added(unchained, start) };
  }
  return entry.section !== "hubs" || part !== "permissions" || declared.has(arn)
    ? undefined
    : { ...forms, declared: added(declared, arn) };
}

/** Other forms first; only where there is none for any of the failures, all of their roles are refused. */
export function giveWay(forms: Forms, failures: readonly Failure[]): Forms {
  const others = failures.reduce((reached, each) => nextForm(reached, each) ?? reached, forms);
  return others === forms ? refuse(forms, failures) : others;
}

/** Leaves roles out of the map. */
export function refuse(forms: Forms, roles: readonly Pick<Failure, "arn" | "reason">[]): Forms {
  const nodes = new Map(forms.nodes);
  const refused = new Map(forms.refused);
  for (const { arn, reason } of roles) {
    nodes.delete(arn);
    refused.set(arn, reason);
  }
  return { ...forms, nodes, refused };
}

function added(arns: ReadonlySet<string>, arn: string): ReadonlySet<string> {
  return new Set([...arns, arn]);
}
