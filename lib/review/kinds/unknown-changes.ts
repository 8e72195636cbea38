import type { PolicyNode } from "../../access/access-graph";
import { unattachedReason } from "../../access/read/unattached-policies";
import type { UnknownChange } from "./access-change";
import type { CompareContext, ComparedSide } from "../compare/compare-context";

/** What could not be read on either side, once each. Of it nothing is said, also not that it is the same. */
export function unknownChanges({ base, head }: CompareContext): readonly UnknownChange[] {
  const found = new Map<string, UnknownChange>();
  for (const change of [...unread(base), ...unread(head), ...unattached(base, head)]) {
    found.set(JSON.stringify([change.subject, change.reason]), change);
  }
  return [...found.values()];
}

/** Policies that nothing attaches, if they are added or changed: anyone who has one gets other permissions. */
function unattached(base: ComparedSide, head: ComparedSide): readonly UnknownChange[] {
  const declared = new Set(
    (head.tree.plan?.accounts ?? []).flatMap(({ boundaries }) => boundaries.map(({ arn }) => arn)),
  );
  const before = base.graph.policies ?? new Map<string, PolicyNode>();
  return [...(head.graph.policies?.values() ?? [])].flatMap((policy): UnknownChange[] => {
    const { arn, isUsed, document } = policy;
    const same = JSON.stringify(before.get(arn)?.document) === JSON.stringify(document);
    if (isUsed || same || declared.has(arn)) return [];
    return [{ kind: "unknown", subject: arn, reason: unattachedReason(policy) }];
  });
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
