import type { CallerCondition } from "../callers/caller-condition";
import type { RoleCall } from "../decide/decide-call";

/** One hop, with what the caller has to say for it. */
export interface ReachHop {
  readonly call: RoleCall;
  /** Whether the hop is certain; it may still be allowed where not all is known. */
  readonly certain: boolean;
  /**
   * Sets of conditions, one of which the request must fulfil as a whole: of each statement of the trust policy that
   * lets this caller in. An empty set asks for nothing.
   */
  readonly conditions: readonly (readonly CallerCondition[])[];
}
