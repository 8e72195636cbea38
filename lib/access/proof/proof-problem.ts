import type { Path } from "../../source/source";
import type { AccessRequest } from "../access-request";

/** One reason why a proof did not succeed. */
export interface ProofProblem {
  /** `unknown` is never success. */
  readonly verdict: "refuted" | "unknown";
  /** ARN of the role, user or other thing that it is about. */
  readonly roleArn: string;
  readonly message: string;
  /** The entry of the map. @default - the map does not have it */
  readonly at?: Path;
  /** The request that a trust policy treats otherwise than declared. @default - it is not about a trust policy */
  readonly counterexample?: TrustCounterexample;
}

/** A request that a trust policy lets in although it was not declared, or keeps out although it was. */
export interface TrustCounterexample {
  readonly request: AccessRequest;
  readonly trust: "lets in" | "keeps out";
  /** Whether it is let in without a permission of its own, where it was declared to need one (rules TR-02 to TR-05). */
  readonly withoutPermission: boolean;
}
