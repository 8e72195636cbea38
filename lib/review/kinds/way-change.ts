import type { CallerTerms } from "../../access/callers/caller-terms";
import type { NamedCaller } from "../../access/callers/named-caller";
import type { Direction, PrincipalName } from "./direction";

/** An entry principal can now reach a role, or no longer, over one or more hops. */
export interface ReachChange {
  readonly kind: "reach";
  readonly direction: Direction;
  /** Who enters: it is reached by nobody in the tree itself. */
  readonly from: PrincipalName;
  /** Who that is, taken apart: of all whom `from` names, such as one repository of a provider. */
  readonly caller: NamedCaller;
  /** On which terms it assumes the first role. */
  readonly terms: CallerTerms;
  /** ARN of the role. */
  readonly to: string;
  /** ARNs of the roles on the way, first to last, without the ends; none for a direct way in. */
  readonly via: readonly string[];
  /** Whether every hop is certain; where it is not, something on the way is not known. */
  readonly certain: boolean;
}

/** A role, user, service or federated principal can now assume a role directly, or no longer. */
export interface EdgeChange {
  readonly kind: "edge";
  readonly direction: Direction;
  readonly from: PrincipalName;
  /** Who that is, taken apart: of all whom `from` names, such as one repository of a provider. */
  readonly caller: NamedCaller;
  /** On which terms the trust policy lets it assume the role. */
  readonly terms: CallerTerms;
  readonly to: string;
  readonly action: string;
  readonly certain: boolean;
  /** Whether the caller's account is not in the map of the side that has the edge. */
  readonly foreign: boolean;
}
