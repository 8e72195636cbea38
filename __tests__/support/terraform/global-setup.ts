import { findProvider } from "./find-provider";
import { SEARCH_VARIABLE } from "./provider-on-hand";

/** Finds the provider once for all files of the suite: their processes inherit what is said here. */
export default function setUp(): void {
  process.env[SEARCH_VARIABLE] = JSON.stringify(findProvider());
}
