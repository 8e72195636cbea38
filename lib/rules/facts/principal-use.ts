import type {
  Account,
  AccountMap,
  ChainStep,
  PrincipalEntry,
} from "../../account-map/model/account-map";
import type { Principal } from "../../account-map/model/principal";
import type { RoleEntry } from "./role-entry";

/** A principal as the map writes it, once, with the accounts of all roles that it can assume. */
export interface PrincipalUse<P extends Principal = Principal> {
  readonly wayIn: PrincipalEntry & { readonly principal: P };
  /** Never none. */
  readonly accounts: readonly Account[];
}

/** Every principal of a role in the map: those of hubs and spokes, and the starts of chains. */
export function entrances(map: AccountMap, entries: readonly RoleEntry[]): readonly PrincipalUse[] {
  const direct = entries.flatMap(({ waysIn, accounts }) =>
    waysIn.map((wayIn) => ({ wayIn, accounts })),
  );
  const chained = [...map.chains.values()].flatMap(({ start, steps: [first] }) => {
    if (start.kind !== "principal" || first === undefined) return [];
    return [{ wayIn: start.wayIn, accounts: accountsOfStep(first) }];
  });
  return [...direct, ...chained].filter(({ accounts }) => accounts.length > 0);
}

/** The principals of one kind of principal. */
export function entrancesOf<K extends Principal["kind"]>(
  all: readonly PrincipalUse[],
  kind: K,
): readonly PrincipalUse<Extract<Principal, { readonly kind: K }>>[] {
  return all.filter(
    (entrance): entrance is PrincipalUse<Extract<Principal, { readonly kind: K }>> =>
      entrance.wayIn.principal.kind === kind,
  );
}

function accountsOfStep(step: ChainStep): readonly Account[] {
  switch (step.kind) {
    case "hub":
      return [step.hub.account];
    case "spoke":
      return step.spoke.accounts;
    case "roles":
      return step.roles.map(({ account }) => account);
  }
}
