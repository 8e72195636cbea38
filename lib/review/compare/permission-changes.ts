import type { PermissionPolicy } from "../../access/access-graph";
import type { PolicyDocument } from "../../iam/policy-document";
import type { PermissionChange } from "../access-change";
import { actionsByService } from "./actions-by-service";
import type { CompareContext } from "./compare-context";
import { permissionSearch } from "./permission-witness";
import type { PermissionSearch, PermissionWitness } from "./permission-witness";
import { permittedPairs } from "./permitted-identities";
import type { Permitted, PermittedPair } from "./permitted-identities";
import { samePolicies } from "./same-policies";
import { statementDifference } from "./statement-difference";
import { unknownPolicies } from "./unknown-policies";

/**
 * What roles and users are permitted by their policies, where it is not the same. A role or user that is new
 * gains all that it is permitted, one that goes loses it. What a boundary takes away is not taken into
 * account: a change of policies may be said to widen where the boundary still forbids it.
 */
export function permissionChanges(context: CompareContext): readonly PermissionChange[] {
  const search = permissionSearch();
  return permittedPairs(context).flatMap((pair) => permissionChange(pair, search));
}

const NOTHING: Permitted = { policies: [], exclusive: { inline: false, managed: false } };

function permissionChange(pair: PermittedPair, search: PermissionSearch): PermissionChange[] {
  const { identity, base = NOTHING, head = NOTHING } = pair;
  const hand = handChange(pair);
  if (hand === undefined && samePolicies(base.policies, head.policies)) return [];
  const [before, after] = [base, head].map(({ policies }) => knownDocuments(policies));
  const difference = statementDifference(before ?? [], after ?? []);
  const reasons = unknownPolicies(base.policies, head.policies);
  const attached = managedNames(head).filter((name) => !managedNames(base).includes(name));
  const detached = managedNames(base).filter((name) => !managedNames(head).includes(name));
  const renamed = attached.length > 0 || detached.length > 0;
  if (difference.same && reasons.length === 0 && hand === undefined && !renamed) {
    return isRewritten(base, head) ? [{ ...empty(identity), change: "equivalent" }] : [];
  }
  const gains = difference.gained.length > 0 || hand === "widened";
  const loses = difference.lost.length > 0 || hand === "narrowed";
  const verdict: Verdict =
    reasons.length > 0
      ? { change: "unknown", reason: reasons.join("; ") }
      : gains && loses
        ? both(search(pair.caller, before ?? [], after ?? []))
        : { change: gains ? "widened" : loses ? "narrowed" : "equivalent" };
  return [
    {
      ...empty(identity),
      gained: actionsByService(difference.gained),
      lost: actionsByService(difference.lost),
      ...(attached.length === 0
        ? {}
        : {
            gainedOtherwise: actionsByService(besides(head, attached, before ?? [], after ?? [])),
          }),
      ...(detached.length === 0
        ? {}
        : { lostOtherwise: actionsByService(besides(base, detached, after ?? [], before ?? [])) }),
      attached,
      detached,
      ...verdict,
      ...(hand === undefined || verdict.reason !== undefined ? {} : { reason: HAND[hand] }),
    },
  ];
}

/** What policies give more than others do and some managed policies, too. */
function besides(
  { policies }: Permitted,
  managed: readonly string[],
  others: readonly PolicyDocument[],
  all: readonly PolicyDocument[],
): readonly string[] {
  const own = policies.filter(({ kind, name }) => kind === "managed" && managed.includes(name));
  return statementDifference([...others, ...knownDocuments(own)], all).gained;
}

type Verdict = Pick<PermissionChange, "change" | "witness" | "reason">;

function empty(identity: string): Omit<PermissionChange, "change"> {
  return { kind: "permissions", identity, gained: [], lost: [], attached: [], detached: [] };
}

const HAND = {
  widened: "what is attached to it by hand is no longer taken away",
  narrowed: "what is attached to it by hand is taken away",
};

/** Whether policies that are attached by hand can now stay, or no longer. Of a role that comes or goes it says nothing. */
function handChange({ base, head }: PermittedPair): "widened" | "narrowed" | undefined {
  if (base === undefined || head === undefined) return undefined;
  const [before, after] = [base.exclusive, head.exclusive];
  if ((before.inline && !after.inline) || (before.managed && !after.managed)) return "widened";
  return before.inline === after.inline && before.managed === after.managed
    ? undefined
    : "narrowed";
}

/** Where statements come and go at once, a request tells. */
function both(witness: PermissionWitness): Verdict {
  if (witness !== undefined) return { change: "changed", witness };
  return {
    change: "unknown",
    reason: "statements come and go, and no request was found that shows what it comes to",
  };
}

function knownDocuments(policies: readonly PermissionPolicy[]): readonly PolicyDocument[] {
  return policies.flatMap(({ document }) => (document.known ? [document.value] : []));
}

function managedNames({ policies }: Permitted): readonly string[] {
  const names = policies.flatMap(({ kind, name }) => (kind === "managed" ? [name] : []));
  return [...new Set(names)].sort();
}

/** Whether policies with the same statements have other names, or stand in another order. */
function isRewritten(base: Permitted, head: Permitted): boolean {
  const text = ({ policies }: Permitted): string =>
    JSON.stringify(policies.map(({ name, kind }) => `${kind} ${name}`).sort());
  return text(base) !== text(head);
}
