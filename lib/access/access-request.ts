import type { Caller } from "../iam/condition/caller";
import type { RequestContext } from "../iam/condition/request-context";
import type { StsAction } from "./decide/sts-action";

/** One request for a role, complete: its context carries every key that the request has. */
export interface AccessRequest {
  readonly caller: Caller;
  readonly action: StsAction;
  /** ARN of the role that is asked for, with path. */
  readonly roleArn: string;
  readonly context: RequestContext;
}
