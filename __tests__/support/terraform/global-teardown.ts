import { rmSync } from "node:fs";
import type { ProviderSearch } from "./find-provider";
import { SEARCH_VARIABLE } from "./provider-on-hand";

/** Removes what the search for the provider wrote. */
export default function tearDown(): void {
  const search = JSON.parse(process.env[SEARCH_VARIABLE] ?? "{}") as Partial<ProviderSearch>;
  if ("found" in search) rmSync(search.found.folder, { recursive: true, force: true });
}
