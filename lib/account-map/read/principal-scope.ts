import type { Account, Organization } from "../model/account-map";
import type { CallOrigin } from "../model/call-origin";
import type { OidcProvider, SamlProvider } from "../model/principal";

/** What principals refer to. */
export interface PrincipalScope {
  readonly accounts: ReadonlyMap<string, Account>;
  /** Keys of the accounts by their ids. */
  readonly accountKeys: ReadonlyMap<string, string>;
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly providers: ReadonlyMap<string, OidcProvider | SamlProvider>;
  /** Where calls of mapped accounts come from. @default - the map does not say */
  readonly origin?: CallOrigin | undefined;
}
