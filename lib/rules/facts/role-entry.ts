import type {
  Account,
  AccountMap,
  RoleSettings,
  PrincipalEntry,
} from "../../account-map/model/account-map";
import type { RoleKind } from "../../plan/resolved-access";

/** An entry in the map that makes a role, in one account or in many. */
export interface RoleEntry {
  readonly kind: RoleKind;
  readonly settings: RoleSettings;
  /** Sorted by key; never none. */
  readonly accounts: readonly Account[];
  /** The principals that are in the entry itself. */
  readonly waysIn: readonly PrincipalEntry[];
  /** Whether instances carry it in a profile. */
  readonly instanceRole: boolean;
  /** The key that it had before. @default - it always had this key */
  readonly formerly?: string;
}

/** Every entry in the map that makes roles: hubs, spokes, the roles of chains and those of the pipeline. */
export function roleEntries(map: AccountMap): readonly RoleEntry[] {
  return [...hubEntries(map), ...spokeEntries(map), ...chainEntries(map), ...pipelineEntries(map)];
}

function hubEntries(map: AccountMap): RoleEntry[] {
  return [...map.hubs.values()].map((hub) => ({
    kind: "hub",
    settings: hub,
    accounts: [hub.account],
    waysIn: hub.principals,
    instanceRole: carriesProfile(hub.principals),
    ...(hub.formerly === undefined ? {} : { formerly: hub.formerly }),
  }));
}

function spokeEntries(map: AccountMap): RoleEntry[] {
  return [...map.spokes.values()].map((spoke) => ({
    kind: "spoke",
    settings: spoke,
    accounts: spoke.accounts,
    waysIn: spoke.principals,
    instanceRole: carriesProfile(spoke.principals),
    ...(spoke.formerly === undefined ? {} : { formerly: spoke.formerly }),
  }));
}

function chainEntries(map: AccountMap): RoleEntry[] {
  return [...map.chains.values()].flatMap(({ start, steps, formerly }) => {
    const made = steps.flatMap((step) => (step.kind === "roles" ? step.roles : []));
    const entries = made.map((role): RoleEntry => entryOf(role, role.account, false));
    if (start.kind !== "instanceProfile") return entries;
    const profiled = entryOf(start.role, start.role.account, true);
    return [formerly === undefined ? profiled : { ...profiled, formerly }, ...entries];
  });
}

function pipelineEntries({ pipeline }: AccountMap): RoleEntry[] {
  if (pipeline === undefined) return [];
  return [pipeline.plan, pipeline.apply].map(({ settings, waysIn }) => ({
    kind: "pipeline",
    settings,
    accounts: [pipeline.account],
    waysIn,
    instanceRole: false,
  }));
}

function entryOf(settings: RoleSettings, account: Account, instanceRole: boolean): RoleEntry {
  return { kind: "chain", settings, accounts: [account], waysIn: [], instanceRole };
}

function carriesProfile(waysIn: readonly PrincipalEntry[]): boolean {
  return waysIn.some(({ principal }) => principal.kind === "instanceProfile");
}
