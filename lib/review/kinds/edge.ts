import type { CallerTerms } from "../../access/callers/caller-terms";
import type { NamedCaller } from "../../access/callers/named-caller";
import { assumingAction } from "../../access/decide/sts-action";
import { callerAccount } from "../../iam/condition/caller";
import type { ComparedSide } from "../compare/compare-context";
import type { Comparison } from "../compare/comparison";
import type { Direction, PrincipalName } from "../compare/direction";
import type { DirectEdge } from "../compare/edge-difference";
import { termsOn } from "../compare/terms-on";
import { termsWords } from "../words/callers/terms-words";
import { ends, uncertain } from "../words/ends";
import { callerNames, NOT_IN_MAP } from "../words/names";
import { plainText, say, words } from "../words/text";
import type { Sentence } from "../words/text";
import type { ToldGroup, ToldReview } from "../words/told";
import { directionTriggers } from "./change-kind";
import type { ChangeKind } from "./change-kind";

/** A role, user, service or federated principal can now assume a role directly, or no longer. */
export interface EdgeChange {
  readonly kind: "edge";
  readonly direction: Direction;
  readonly from: PrincipalName;
  /** Who that is, taken apart: of all whom `from` names, such as one repository of a provider. */
  readonly caller: NamedCaller;
  /** The conditions under which the trust policy allows it to assume the role. */
  readonly terms: CallerTerms;
  readonly to: string;
  readonly action: string;
  readonly certain: boolean;
  /** Whether the caller's account is not in the map of the side that has the edge. */
  readonly foreign: boolean;
}

/** Who can assume a role directly. */
export const edgeKind: ChangeKind<EdgeChange> = {
  kind: "edge",
  title: "Trust relationships",
  find: edgeChanges,
  subject: ({ to }) => to,
  order: ({ to, from }) => [to, from],
  caller: ({ from }) => from,
  triggers: ({ direction, foreign }) => [
    ...directionTriggers(direction),
    ...(foreign && direction === "gained" ? (["foreign-principal"] as const) : []),
  ],
  sentence: edgeSentence,
};

/** The hops into roles that only one side has, as changes. */
function edgeChanges({ base, head, edges }: Comparison): readonly EdgeChange[] {
  const { gained, lost } = edges;
  return [
    ...gained.map((edge) => edgeChange("gained", head, edge)),
    ...lost.map((edge) => edgeChange("lost", base, edge)),
  ];
}

function edgeChange(
  direction: Direction,
  side: ComparedSide,
  { from, who, caller, identity, to, certain }: DirectEdge,
): EdgeChange {
  const account = callerAccount(caller);
  return {
    kind: "edge",
    direction,
    from,
    caller: who,
    terms: termsOn(side, to, caller, identity),
    to,
    action: assumingAction(caller.kind),
    certain,
    foreign: account !== undefined && !side.isOwn(account),
  };
}

/** Who can now assume a role directly, or no longer. */
function edgeSentence(change: EdgeChange, group: ToldGroup, review: ToldReview): Sentence {
  const { from, to } = ends(change, group, review);
  const isSaid = plainText(from).endsWith(NOT_IN_MAP);
  const foreign = change.foreign && !isSaid ? words(FOREIGN[isAnybody(change)]) : [];
  const can = change.direction === "gained" ? "can now assume" : "can no longer assume";
  const { conditions } = change.terms;
  const told = change.direction === "gained" ? change.terms : { conditions };
  const terms = termsWords(told, callerNames(group, review));
  return say`${from} ${words(can)} ${to}${foreign}${terms}${uncertain(change.certain)}`;
}

const FOREIGN = {
  one: ", from an account that is not in the map",
  any: ", also from accounts that are not in the map",
};

function isAnybody({ caller: { kind } }: EdgeChange): keyof typeof FOREIGN {
  return kind === "organization" || kind === "organizational-unit" ? "any" : "one";
}
