import type { CallerCondition } from "../../access/callers/caller-condition";
import type { NamedCaller } from "../../access/callers/named-caller";
import type { StsAction } from "../../access/decide/sts-action";
import type { PrincipalName } from "./direction";

/** One caller that a statement of a trust policy names. */
export interface TrustedEntry {
  readonly effect: "Allow" | "Deny";
  /** As the policy names it. */
  readonly from: PrincipalName;
  readonly caller: NamedCaller;
  readonly actions: readonly StsAction[];
  readonly conditions: readonly CallerCondition[];
}
