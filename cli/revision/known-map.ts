import { readAccountMap } from "../../lib/account-map/read/read-account-map";
import type { AccountMap } from "../../lib/account-map/model/account-map";
import type { ResolvedAccess } from "../../lib/plan/resolved-access";
import { checkProject } from "../../lib/check/check-project";
import type { ProjectTexts } from "../../lib/check/check-project";

/** A map as far as this version of the tool can read it. */
export interface KnownMap {
  /** @default - it cannot be read */
  readonly map?: AccountMap;
  /** @default - a rule of today does not let it pass */
  readonly plan?: ResolvedAccess;
}

/**
 * Reads the map of a project and its plan, or only the map: the rules of today are not those that it was
 * merged under.
 */
export function knownMap(project: ProjectTexts): KnownMap {
  const { map, plan } = checkProject(project);
  if (map !== undefined && plan !== undefined) return { map, plan };
  const { policies, mapFile: file, mapText: text, readFile } = project;
  const read = readAccountMap({ file, text, documents: policies, readFile });
  return read.map === undefined ? {} : { map: read.map };
}
