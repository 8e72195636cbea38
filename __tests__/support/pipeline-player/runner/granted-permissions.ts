import type { Level, Permissions } from "../forge/forge-model";
import { textOf } from "../workflow/expression";
import type { Json } from "../workflow/expression";
import { mappingOf } from "../workflow/template";

/** What a repository gives to jobs that ask for nothing: to read contents. */
const DEFAULT: Permissions = { contents: "read" };

const RANK: Readonly<Record<Level, number>> = { none: 0, read: 1, write: 2 };

/** The permissions that a job names, or else its workflow. */
export function namedPermissions(value: Json | undefined): Permissions {
  if (value === undefined) return DEFAULT;
  return Object.fromEntries(
    Object.entries(mappingOf(value)).map(([name, level]) => {
      const text = textOf(level);
      if (text !== "none" && text !== "read" && text !== "write") {
        throw new Error(`permissions: ${name}: ${text} is not played`);
      }
      return [name, text];
    }),
  );
}

/** Permissions of a run of a fork: nothing is written, and there is no token for AWS. */
export function forkPermissions(permissions: Permissions): Permissions {
  return Object.fromEntries(
    Object.entries(permissions).map(([name, level]) => [
      name,
      name === "id-token" ? "none" : level === "write" ? "read" : level,
    ]),
  );
}

/** What a called workflow asks for beyond what its caller has: GitHub does not start it. */
export function excessOf(asked: Permissions, given: Permissions): string[] {
  return Object.entries(asked)
    .filter(([name, level]) => RANK[level] > RANK[given[name] ?? "none"])
    .map(([name, level]) => `${name}: ${level}`);
}
