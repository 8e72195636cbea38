import type { UnknownChange } from "../access-change";
import type { CompareContext, ComparedSide } from "./compare-context";

/** What could not be read on either side, once each. Of it nothing is said, also not that it is the same. */
export function unknownChanges({ base, head }: CompareContext): readonly UnknownChange[] {
  const found = new Map<string, UnknownChange>();
  for (const change of [...unread(base), ...unread(head)]) {
    found.set(JSON.stringify([change.subject, change.reason]), change);
  }
  return [...found.values()];
}

function unread({ tree, graph }: ComparedSide): readonly UnknownChange[] {
  const all = tree.unread.map(({ subject, reason }): UnknownChange => ({
    kind: "unknown",
    subject,
    reason,
  }));
  const trusts = [...graph.roles.values()].flatMap(({ arn, trust }): UnknownChange[] =>
    trust.known
      ? []
      : [{ kind: "unknown", subject: arn, reason: `its trust policy: ${trust.reason}` }],
  );
  return [...all, ...trusts];
}
