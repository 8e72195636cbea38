/** Quotas of IAM and STS that decide what can be generated. Sizes count characters that are not white space. */
export const LIMITS = {
  /** Default size of a trust policy; an account can have it raised (rule ID-19). */
  trustPolicySize: 2048,
  /** Largest size that a raised quota can have (rule ID-19, documentation of 2026). */
  trustPolicySizeMax: 8192,
  /** All inline policies of one role together (rule ID-20). */
  inlinePolicySize: 10_240,
  /** All inline policies of one user together (rule ID-38). */
  userInlinePolicySize: 2048,
  /** One customer managed policy, not adjustable (rule ID-21). */
  managedPolicySize: 6144,
  /** Managed policies that can be attached to a role: the smaller of the two documented defaults (rule ID-23). */
  managedPoliciesPerRole: 10,
  /** Shortest and longest maximum session of a role, seconds (rule ID-15). */
  roleSessionMin: 3600,
  roleSessionMax: 43_200,
  /** Longest session that a role can obtain for another role, seconds (rule ID-17). */
  chainedSessionMax: 3600,
  /** Seconds; longest session of `GetSessionToken` (STS API reference). */
  sessionTokenMax: 129_600,
  /** Tags of a role (rule ID-29). */
  tagsPerRole: 50,
  /** Role path and name together, beyond which the console cannot switch to the role (rule ID-09). */
  consoleSwitchRole: 64,
  /** Characters of a policy document as sent (rule ID-22). */
  policyDocumentLength: 131_072,
  /**
   * One service control policy and one resource control policy; white space counts as well, unless it is
   * saved by the console (rules PB-06, PB-07; AWS Organizations User Guide, orgs_reference_limits).
   */
  serviceControlPolicySize: 10_240,
  resourceControlPolicySize: 5120,
} as const;
