import type { CatalogueEntry } from "../rule";

/** Section B: grammar of documents. */
export const SECTION_B: readonly CatalogueEntry[] = [];
