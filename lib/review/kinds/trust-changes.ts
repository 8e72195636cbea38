import type { Readable, RoleNode } from "../../access/access-graph";
import { entriesOfRole } from "../../access/callers/caller-in-request";
import type { PolicyDocument } from "../../iam/policy-document";
import { policyText } from "../../iam/policy-text";
import type { TrustChange, TrustedEntry, ComparisonResult } from "./access-change";
import type { CompareContext } from "../compare/compare-context";
import type { RolePair } from "../compare/pair-roles";
import { trustProver } from "../compare/trust-prover";
import type { Excess, TrustProver } from "../compare/trust-prover";

/** The trust policies that are not the same, decided by the prover in both directions. */
export function trustChanges(context: CompareContext): readonly TrustChange[] {
  const prove = trustProver();
  return context.roles.both.flatMap((pair) => trustChange(context, pair, prove));
}

function trustChange(
  { base, head }: CompareContext,
  pair: RolePair,
  prove: TrustProver,
): TrustChange[] {
  const role = pair.head.arn;
  const [before, after] = [pair.base.trust, pair.head.trust];
  if (!before.known || !after.known) {
    const reasons = [before, after].flatMap((each) => (each.known ? [] : each.reason));
    return [trustUnknown(role, [...new Set(reasons)])];
  }
  if (isSame(before, after)) return [];
  // A widening of a role that is renamed is one of the role under its new name, and the other way round.
  const gained = prove(head, role, after.value, before.value);
  const lost = prove(base, pair.base.arn, before.value, after.value);
  const reasons = [gained, lost].flatMap((each) =>
    each.verdict === "unknown" ? [each.reason] : [],
  );
  return [
    {
      kind: "trust",
      role,
      change: reasons.length > 0 ? "unknown" : widening(gained, lost),
      ...(gained.verdict === "some" ? { gained: gained.witness } : {}),
      ...(lost.verdict === "some" ? { lost: lost.witness } : {}),
      ...entryChanges(pair),
      ...(reasons.length > 0 ? { reason: [...new Set(reasons)].join("; ") } : {}),
    },
  ];
}

/** What the statements say of callers on one side alone. */
function entryChanges({ base, head }: RolePair): Pick<TrustChange, "added" | "removed"> {
  const [before, after] = [entries(base), entries(head)];
  const only = (some: Entries, others: Entries): readonly TrustedEntry[] =>
    [...some].flatMap(([key, entry]) => (others.has(key) ? [] : [entry]));
  const added = only(after, before);
  const removed = only(before, after);
  return {
    ...(added.length === 0 ? {} : { added }),
    ...(removed.length === 0 ? {} : { removed }),
  };
}

type Entries = ReadonlyMap<string, TrustedEntry>;

function entries(role: RoleNode): Entries {
  const found = (entriesOfRole(role) ?? []).map(
    ({ effect, principal: from, who: caller, actions, conditions }): TrustedEntry => ({
      effect,
      from,
      caller,
      actions,
      conditions,
    }),
  );
  // Who assumes comes before who does more in doing so.
  const assumes = ({ actions }: TrustedEntry): number =>
    actions.some((action) => action.startsWith("sts:AssumeRole")) ? 0 : 1;
  const sorted = [...found].sort((a, b) => assumes(a) - assumes(b));
  return new Map(sorted.map((entry) => [JSON.stringify(entry), entry]));
}

function trustUnknown(role: string, reasons: readonly string[]): TrustChange {
  return { kind: "trust", role, change: "unknown", reason: reasons.join("; ") };
}

/** Nearly all trust policies are written alike; only of the others the canonical text is worth the time. */
function isSame(
  before: Readable<PolicyDocument> & { readonly known: true },
  after: Readable<PolicyDocument> & { readonly known: true },
): boolean {
  return (
    JSON.stringify(before.value) === JSON.stringify(after.value) ||
    policyText(before.value) === policyText(after.value)
  );
}

function widening(gained: Excess, lost: Excess): ComparisonResult {
  if (gained.verdict === "some") return lost.verdict === "some" ? "changed" : "widened";
  return lost.verdict === "some" ? "narrowed" : "equivalent";
}
