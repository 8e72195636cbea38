import { BOUNDARIES } from "./boundaries/index";
import { CONDITION_KEYS } from "./condition-keys/index";
import { CONFIGURATION_FILES } from "./configuration-files/index";
import { DEPLOYMENT_ROLES } from "./deployment-roles/index";
import { DOCUMENTS } from "./documents/index";
import { ESCALATIONS } from "./escalations/index";
import { FEDERATION } from "./federation/index";
import { HUB_TARGETS } from "./hub-targets/index";
import { IDENTITY_CENTER } from "./identity-center/index";
import { INSTANCES_AND_DATABASES } from "./instances-and-databases/index";
import { PARTITIONS } from "./partitions/index";
import { PROJECT } from "./project/index";
import { QUOTAS } from "./quotas/index";
import { TIME_WINDOWS } from "./time-windows/index";
import { TRUST } from "./trust/index";
import type { CatalogueEntry, Rule, Section } from "./rule";

/** The sections of the reference, in its order, and what this project asks for itself. */
export const SECTIONS: readonly Section[] = [
  QUOTAS,
  DOCUMENTS,
  TRUST,
  CONDITION_KEYS,
  HUB_TARGETS,
  IDENTITY_CENTER,
  FEDERATION,
  INSTANCES_AND_DATABASES,
  BOUNDARIES,
  PARTITIONS,
  DEPLOYMENT_ROLES,
  TIME_WINDOWS,
  CONFIGURATION_FILES,
  ESCALATIONS,
  PROJECT,
];

/** Every fact that the project keeps, and how it is kept. */
export const CATALOGUE: readonly CatalogueEntry[] = SECTIONS.flatMap(({ entries }) => entries);

/** The rules that are run over a map, its plan and its documents. */
export const RULES: readonly Rule[] = CATALOGUE.flatMap((entry) =>
  entry.status === "checked" ? [entry.rule] : [],
);
