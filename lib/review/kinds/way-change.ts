import type { CallerTerms } from "../../access/callers/caller-terms";
import type { NamedCaller } from "../../access/callers/named-caller";
import type { Direction, PrincipalName } from "../compare/direction";

/** An entry principal can now reach a role, or no longer, over one or more hops. */
export interface ReachChange {
  readonly kind: "reach";
  readonly direction: Direction;
  /** The caller that starts: no role of the Terraform reaches it. */
  readonly from: PrincipalName;
  /** Who that is, taken apart: of all whom `from` names, such as one repository of a provider. */
  readonly caller: NamedCaller;
  /** The conditions under which it assumes the first role. */
  readonly terms: CallerTerms;
  /** ARN of the role. */
  readonly to: string;
  /** ARNs of the roles on the path, first to last, without the ends; none for a path of one hop. */
  readonly via: readonly string[];
  /** Whether every hop is certain; if not, something on the path is unknown. */
  readonly certain: boolean;
}

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
