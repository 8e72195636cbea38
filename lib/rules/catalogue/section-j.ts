import type { CatalogueEntry } from "../rule";
import { samePartition } from "../same-partition";

/** Section J: partitions. */
export const SECTION_J: readonly CatalogueEntry[] = [{ status: "checked", rule: samePartition }];
