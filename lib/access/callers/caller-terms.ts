import type { Caller } from "../../iam/condition/caller";
import type { RoleNode } from "../access-graph";
import { assumingAction } from "../decide/sts-action";
import type { StsAction } from "../decide/sts-action";
import { callerConditions } from "./caller-condition";
import type { CallerCondition } from "./caller-condition";
import { entriesFor, entriesNaming, entriesOfRole } from "./caller-in-request";
import type { CallerIdentity } from "./caller-in-request";
import type { NamedCaller } from "./named-caller";
import { partText } from "./name-part";
import type { TrustEntry } from "./trust-entry";

/** On which terms a trust policy lets a caller assume its role. */
export interface CallerTerms {
  /**
   * Sets of conditions, one of which a request must fulfil as a whole; an empty set asks for nothing. None at all
   * where no statement names the caller, or the policy is not known.
   */
  readonly conditions: readonly (readonly CallerCondition[])[];
  /** What the caller can call beside, such as to tag its session, by statements of its own. @default - nothing */
  readonly also?: readonly {
    readonly actions: readonly StsAction[];
    readonly conditions: readonly CallerCondition[];
  }[];
  /** Whom statements deny it that may be the caller, or one of those whom its name names. @default - nobody */
  readonly denied?: readonly {
    readonly caller: NamedCaller;
    readonly conditions: readonly CallerCondition[];
  }[];
}

/** On which terms the trust policy of a role lets a caller assume it. */
export function callerTerms(role: RoleNode, caller: Caller, identity: CallerIdentity): CallerTerms {
  const action = assumingAction(caller.kind);
  const entries = entriesOfRole(role) ?? [];
  const said = new Set(Object.keys(identity).map((key) => key.toLowerCase()));
  const allowed = entriesFor(entries, caller, identity)
    .filter(({ effect }) => effect === "Allow")
    .map(({ actions, ...entry }) => ({ actions, conditions: conditionsFor(entry, said) }));
  const also = allowed.filter(({ actions }) => !actions.includes(action));
  const denied = entriesNaming(entries, caller).filter(
    ({ effect, actions }) => effect === "Deny" && actions.includes(action),
  );
  return {
    conditions: distinct(
      allowed.filter(({ actions }) => actions.includes(action)).map(({ conditions }) => conditions),
    ),
    ...(also.length === 0
      ? {}
      : { also: distinct(also.map(({ actions, conditions }) => ({ actions, conditions }))) }),
    ...(denied.length === 0
      ? {}
      : {
          denied: distinct(denied.map(({ who, conditions }) => ({ caller: who, conditions }))),
        }),
  };
}

/** The conditions of an entry for a caller: where the entry names more than the caller, who that is, is one. */
export function conditionsFor(
  { identity, conditions }: Pick<TrustEntry, "identity" | "conditions">,
  said: ReadonlySet<string>,
): readonly CallerCondition[] {
  const unsaid = identity.filter(({ key }) => !said.has(key.toLowerCase()));
  const named = unsaid.flatMap(({ operator, key, part }) =>
    callerConditions({ [operator]: { [key]: partText(part) } }),
  );
  return [...named, ...conditions];
}

function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
