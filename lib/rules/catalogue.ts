import { PROJECT_RULES } from "./catalogue/project-rules";
import { SECTION_A } from "./catalogue/section-a";
import { SECTION_B } from "./catalogue/section-b";
import { SECTION_C } from "./catalogue/section-c";
import { SECTION_D } from "./catalogue/section-d";
import { SECTION_E } from "./catalogue/section-e";
import { SECTION_F } from "./catalogue/section-f";
import { SECTION_G } from "./catalogue/section-g";
import { SECTION_H } from "./catalogue/section-h";
import { SECTION_I } from "./catalogue/section-i";
import { SECTION_J } from "./catalogue/section-j";
import { SECTION_K } from "./catalogue/section-k";
import { SECTION_L } from "./catalogue/section-l";
import { SECTION_M } from "./catalogue/section-m";
import { SECTION_N } from "./catalogue/section-n";
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
