import { assertedName } from "../caller";
import type { IndexEntry } from "../index/access-index";
import type { Reason } from "../refusal";
import type { HopState } from "./hop-state";
import { validName } from "./valid-name";

/** The source identity that a call sets: where the index says it comes from. */
export function identityFor(
  { sourceIdentity, statements }: IndexEntry,
  { caller, carried, wishes }: HopState,
): { readonly value?: string; readonly reasons: readonly Reason[] } {
  if (carried !== undefined) {
    // What a session has cannot be changed (rule TR-17); asking for another is denied.
    const text = `the session has the source identity ${carried} already, and it cannot be changed to ${wishes.as ?? ""}`;
    const differs = wishes.as !== undefined && wishes.as !== carried && caller !== undefined;
    return {
      reasons: differs
        ? [
            {
              side: "session",
              key: "sts:SourceIdentity",
              certain: true,
              wanted: carried,
              got: wishes.as,
              text,
            },
          ]
        : [],
    };
  }
  if (sourceIdentity === undefined || caller === undefined) return { reasons: [] };
  const asked = (what: string): { value?: string; reasons: readonly Reason[] } => {
    if (wishes.as !== undefined) return { value: wishes.as, reasons: [] };
    const [statement] = statements;
    const text = `sts:SourceIdentity must be ${what}, which this machine cannot know`;
    return {
      reasons: [
        {
          side: "call",
          key: "sts:SourceIdentity",
          certain: true,
          text,
          ...(statement === undefined ? {} : { statement }),
        },
      ],
    };
  };
  const asserted = (name: string | undefined): { value?: string; reasons: readonly Reason[] } => {
    if (name === undefined || (wishes.as !== undefined && wishes.as !== name)) {
      const text = `sts:SourceIdentity must be the caller's own name${name === undefined ? "" : ` ${name}`}, got ${wishes.as ?? "none"}`;
      return {
        reasons: [{ side: "trust policy", key: "sts:SourceIdentity", certain: true, text }],
      };
    }
    return { value: name, reasons: [] };
  };
  switch (sourceIdentity.from.kind) {
    case "literal":
      return { value: wishes.as ?? sourceIdentity.from.value, reasons: [] };
    case "userName":
      return asserted(caller.kind === "user" ? caller.name : undefined);
    case "sessionName":
      return asserted(caller.kind === "role-session" ? caller.sessionName : undefined);
    case "principalTag":
      return asked(`the value of the tag ${sourceIdentity.from.key} of the caller`);
    case "choice": {
      if (wishes.as !== undefined) return { value: wishes.as, reasons: [] };
      if (!sourceIdentity.required) return { reasons: [] };
      return { value: validName(assertedName(caller)), reasons: [] };
    }
    case "carried":
    case "assertion":
      return { reasons: [] };
  }
}
