import { chmodSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where sessions are kept for a while; readable by the user only. */
export function cacheFolder(environment: Environment): string {
  const base =
    said(environment, "XDG_CACHE_HOME", "LOCALAPPDATA") ?? join(homeOf(environment), ".cache");
  return join(base, "trustwheel");
}

/** Where the user says which index is theirs. */
export function configurationFile(environment: Environment): string {
  const base =
    said(environment, "XDG_CONFIG_HOME", "APPDATA") ?? join(homeOf(environment), ".config");
  return join(base, "trustwheel", "config.json");
}

/** Makes a folder that only the user can look into. */
export function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
}

/** The user's home folder. */
export function homeOf(environment: Environment): string {
  return said(environment, "HOME", "USERPROFILE") ?? homedir();
}

/** The first of some variables that says something: an empty one says nothing. */
export function said(environment: Environment, ...names: readonly string[]): string | undefined {
  return names
    .map((name) => environment[name])
    .find((value) => value !== undefined && value !== "");
}
