/**
 * Where the calls of callers come from. It is a fact that the map says, not a condition on anybody: nothing is
 * made from it, and the proof holds control policies against it.
 */
export interface CallOrigin {
  /** Regions whose endpoint of STS is called, each of them; the global endpoint counts as us-east-1 (rule CK-25). */
  readonly regions: readonly string[];
  /** Public addresses and ranges, each of them. */
  readonly sourceIps: readonly string[];
  /** VPCs, each of them. */
  readonly vpcs: readonly string[];
  /** VPC endpoints, each of them. */
  readonly vpcEndpoints: readonly string[];
}
