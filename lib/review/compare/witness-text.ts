import type { NamedCaller } from "../../access/callers/named-caller";
import type { PrincipalName } from "./direction";

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
