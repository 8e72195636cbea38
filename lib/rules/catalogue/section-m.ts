import type { CatalogueEntry } from "../rule";

/** Section M: AWS configuration files. */
export const SECTION_M: readonly CatalogueEntry[] = [];
