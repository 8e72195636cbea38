import type { CatalogueEntry } from "../rule";

/** Section N: permissions that escalate. */
export const SECTION_N: readonly CatalogueEntry[] = [];
