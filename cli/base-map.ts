import { readAccountMap } from "../lib/account-map/read-account-map";
import type { AccountMap } from "../lib/account-map/account-map";
import type { AccessPlan } from "../lib/plan/access-plan";
import { checkProject } from "../lib/rules/check-project";
import type { ProjectTexts } from "../lib/rules/check-project";
import type { BaseRevision } from "./base-revision";
import { git } from "./git";
import { MAP_FILE, readNamedFile, readProject } from "./project-files";

/** The map that a change is judged by: as far as this version of the tool can read it. */
export interface BaseMap {
  /** @default - it cannot be read: what judges the change is not known */
  readonly map?: AccountMap;
  /** @default - a rule of today does not let it pass */
  readonly plan?: AccessPlan;
}

/** Reads the map of a project in another folder, and its plan. */
export function readBaseProject(project: string): BaseMap {
  const { files } = readProject(project);
  if (files === undefined) return {};
  return judged({ ...files, readFile: (name) => readNamedFile(project, name) });
}

/** Reads the map of a revision, and its plan, without checking it out: what it judges by, not what it makes. */
export function readBaseMap(root: string, { commit, prefix }: BaseRevision): BaseMap {
  const show = (file: string): string | undefined => {
    const { ok, stdout } = git(root, "show", `${commit}:${prefix}${file}`);
    return ok ? stdout : undefined;
  };
  const mapText = show(MAP_FILE);
  if (mapText === undefined) return {};
  const listed = git(root, "ls-tree", "--name-only", commit, `${prefix}policies/`).stdout;
  const names = listed
    .split("\n")
    .filter((path) => path.endsWith(".json"))
    .map((path) => path.slice(path.lastIndexOf("/") + 1, -".json".length));
  const policies = new Map(
    names.map((name) => {
      const file = `policies/${name}.json`;
      return [name, { file, text: show(file) ?? "" }];
    }),
  );
  return judged({ mapFile: MAP_FILE, mapText, policies, readFile: show });
}

function judged(project: ProjectTexts): BaseMap {
  const { map, plan } = checkProject(project);
  if (map !== undefined && plan !== undefined) return { map, plan };
  // The rules of today are not those that the base was merged under.
  const { policies, mapFile: file, mapText: text, readFile } = project;
  const read = readAccountMap({ file, text, documents: policies, readFile });
  return read.map === undefined ? {} : { map: read.map };
}
