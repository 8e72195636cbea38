import type { CatalogueEntry } from "../rule";

/** Section H: instance profiles and RDS. */
export const SECTION_H: readonly CatalogueEntry[] = [];
