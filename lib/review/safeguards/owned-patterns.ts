import { IDLE, PROGRAM, PROJECT_DATA } from "./file-role";
import type { ProjectLayout } from "./file-role";

/** Patterns of a CODEOWNERS file, in which the last one that matches decides. */
export interface OwnedPatterns {
  /** Owned, first of all: whatever is not known to be harmless. */
  readonly all: readonly string[];
  /** Without an owner, where the host has that; else to be left out. */
  readonly idle: readonly string[];
  /** Owned, last of all. */
  readonly always: readonly string[];
}

/**
 * Patterns that match every file that can change what is judged or deployed (see `fileRole`). Where a host
 * reads the last match, `all` then `idle` then `always` leaves out what only people read.
 */
export function ownedPatterns({ prefix, ownProgram, named }: ProjectLayout): OwnedPatterns {
  const everything = prefix === "" || !ownProgram;
  return {
    all: [everything ? "*" : `/${prefix}`],
    idle: IDLE,
    always: [
      // A folder may be called like a text.
      ...IDLE.map((pattern) => `${pattern}/`),
      ...PROGRAM,
      ...PROJECT_DATA.map((pattern) => `/${prefix}${pattern.slice(1)}`),
      ...[...(named ?? [])].map((file) => `/${file}`).sort(),
    ],
  };
}
