import { PROJECT_RULES } from "./project/index";
import { SECTION_A } from "./quotas/index";
import { SECTION_B } from "./documents/index";
import { SECTION_C } from "./trust/index";
import { SECTION_D } from "./condition-keys/index";
import { SECTION_E } from "./hub-targets/index";
import { SECTION_F } from "./identity-center/index";
import { SECTION_G } from "./federation/index";
import { SECTION_H } from "./instances-and-databases/index";
import { SECTION_I } from "./boundaries/index";
import { SECTION_J } from "./partitions/index";
import { SECTION_K } from "./deployment-roles/index";
import { SECTION_L } from "./time-windows/index";
import { SECTION_M } from "./configuration-files/index";
import { SECTION_N } from "./escalations/index";
import type { CatalogueEntry, Rule } from "./rule";

/** Every fact that the project keeps, by the sections of its reference, and how it is kept. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  ...SECTION_A,
  ...SECTION_B,
  ...SECTION_C,
  ...SECTION_D,
  ...SECTION_E,
  ...SECTION_F,
  ...SECTION_G,
  ...SECTION_H,
  ...SECTION_I,
  ...SECTION_J,
  ...SECTION_K,
  ...SECTION_L,
  ...SECTION_M,
  ...SECTION_N,
  ...PROJECT_RULES,
];

/** The rules that are run over a map, its plan and its documents. */
export const RULES: readonly Rule[] = CATALOGUE.flatMap((entry) =>
  entry.status === "checked" ? [entry.rule] : [],
);
