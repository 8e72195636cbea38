import type { StsAction } from "../decide/sts-action";
import type { CallerCondition } from "./caller-condition";
import type { NamedCaller } from "./named-caller";
import type { NamePart } from "./name-part";

/** One caller that a statement of a trust policy names, and under which conditions. */
export interface TrustEntry {
  readonly effect: "Allow" | "Deny";
  /** As the policy names it: an ARN or a pattern of ARNs, the ARN of an account, a service, a provider, or `*`. */
  readonly principal: string;
  readonly who: NamedCaller;
  /** What the statement lets such a caller call, or denies. Never none. */
  readonly actions: readonly StsAction[];
  /** All of which a request must fulfil. */
  readonly conditions: readonly CallerCondition[];
  /** The keys of a request that say that it is this caller, beside its ARN, service or provider. */
  readonly identity: readonly IdentityTest[];
}

/** A key of requests that tells one caller of a provider or service from another. */
export interface IdentityTest {
  /** As the policy writes them. */
  readonly operator: string;
  readonly key: string;
  readonly part: NamePart;
}
