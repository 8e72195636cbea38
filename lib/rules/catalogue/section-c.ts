import type { CatalogueEntry } from "../rule";
import { stackOrder } from "../stack-order";

/** Section C: trust semantics. */
export const SECTION_C: readonly CatalogueEntry[] = [{ status: "checked", rule: stackOrder }];
