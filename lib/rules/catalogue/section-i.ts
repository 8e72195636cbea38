import type { CatalogueEntry } from "../rule";

/** Section I: boundaries and control policies. */
export const SECTION_I: readonly CatalogueEntry[] = [];
