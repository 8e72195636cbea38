import { warnOfSkipped } from "../skipped";
import { findProvider } from "./find-provider";
import type { FoundProvider, ProviderSearch } from "./find-provider";

/** Where the search that is made once leaves its result. */
export const SEARCH_VARIABLE = "TRUSTWHEEL_FOUND_PROVIDER";

/**
 * The provider to play with. Where there is none, says on standard error that the suite is skipped and what to
 * install; throws where `TRUSTWHEEL_REQUIRE_PROVIDER=1` says that no suite may be skipped for that.
 */
export function providerOnHand(suite: string): FoundProvider | undefined {
  const said = process.env[SEARCH_VARIABLE];
  const search = said === undefined ? findProvider() : (JSON.parse(said) as ProviderSearch);
  if ("found" in search) return search.found;
  const why = `${search.missing}. ${search.help}.`;
  if (process.env.TRUSTWHEEL_REQUIRE_PROVIDER === "1") {
    throw new Error(`TRUSTWHEEL_REQUIRE_PROVIDER=1, and ${why}`);
  }
  warnOfSkipped(suite, why);
  return undefined;
}
