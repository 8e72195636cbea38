import type { Chain, Hub, Spoke } from "../model/account-map";

/** What assertions can be about: entries in the map by key. */
export interface AssertionScope {
  readonly accounts: ReadonlyMap<string, unknown>;
  readonly hubs: ReadonlyMap<string, Hub>;
  readonly spokes: ReadonlyMap<string, Spoke>;
  readonly chains: ReadonlyMap<string, Chain>;
}
