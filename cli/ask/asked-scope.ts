import type { AccessGraph } from "../../lib/access/access-graph";
import type { CallerIdentity } from "../../lib/access/callers/caller-in-request";
import type { AccountMap } from "../../lib/account-map/model/account-map";
import type { Caller } from "../../lib/iam/condition/caller";

/** One caller that a question can be about. */
export interface AskedCaller {
  readonly caller: Caller;
  /** The keys that say which caller of a provider or service it is. @default - whoever its statement names */
  readonly identity?: CallerIdentity;
}

/**
 * Whom a question is about. The outer list has what can be the case, of which it is not known which; the inner one
 * whom the same person can call as, such as by the provider of each account.
 */
export type AskedCallers = readonly (readonly AskedCaller[])[];

/** What names in a question are looked up in. */
export interface AskedScope {
  readonly map: AccountMap;
  readonly graph: AccessGraph;
  /** The role that is asked for. @default - any */
  readonly roleArn?: string;
}
