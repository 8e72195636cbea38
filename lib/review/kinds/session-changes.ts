import type { SessionChange } from "./access-change";
import type { CompareContext } from "../compare/compare-context";

/** Roles whose sessions last longer or shorter than before. */
export function sessionChanges({ roles }: CompareContext): readonly SessionChange[] {
  return roles.both.flatMap(({ base, head }): SessionChange[] => {
    const [before, after] = [base.maxSessionDuration, head.maxSessionDuration];
    return before === after ? [] : [{ kind: "session", role: head.arn, before, after }];
  });
}
