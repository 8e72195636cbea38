import type { CallerCondition } from "../../access/callers/caller-condition";
import type { NamedCaller } from "../../access/callers/named-caller";
import type { StsAction } from "../../access/decide/sts-action";
import type { PrincipalName, ComparisonResult } from "./direction";

/** A request that one side allows and the other does not. */
export interface WitnessText {
  /** In words, as `describeRequest` writes them. */
  readonly request: string;
  /** Whether its caller's account is not in the map. @default false */
  readonly foreign?: boolean;
  /** Who calls; of permissions, the identity itself. @default - `request` says it */
  readonly caller?: PrincipalName;
  /** Who that is, taken apart. @default - `caller` says it */
  readonly who?: NamedCaller;
  readonly action?: string;
  /** What is called, of permissions. @default - the role of the change */
  readonly resource?: string;
  /** Values of those keys of the request that decide: that only one side tests, or otherwise. */
  readonly with?: Readonly<Record<string, readonly string[]>>;
  /** Keys that decide and that the request does not have, sorted. */
  readonly without?: readonly string[];
}

/** The trust policy of a role that both trees have. */
export interface TrustChange {
  readonly kind: "trust";
  readonly role: string;
  readonly change: ComparisonResult;
  /** @default - head allows no caller that base did not */
  readonly gained?: WitnessText;
  /** @default - head allows every caller that base did */
  readonly lost?: WitnessText;
  /** The callers that only the statements of head name. @default - none */
  readonly added?: readonly TrustedEntry[];
  /** The callers that only the statements of base name. @default - none */
  readonly removed?: readonly TrustedEntry[];
  /** @default - decided */
  readonly reason?: string;
}

/** One caller that a statement of a trust policy names. */
export interface TrustedEntry {
  readonly effect: "Allow" | "Deny";
  /** As the policy names it. */
  readonly from: PrincipalName;
  readonly caller: NamedCaller;
  readonly actions: readonly StsAction[];
  readonly conditions: readonly CallerCondition[];
}
