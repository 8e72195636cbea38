/**
 * `trustwheel/access`: what the commands about access are made of, for programs. Every function is pure: files
 * are handed in as texts, the time as an argument, and what is wrong with an input comes as a finding.
 */

// From texts to what was declared, and to what the Terraform grants.
export { readAccountMap } from "../account-map/read/read-account-map";
export type { AccountMapInput, AccountMapResult } from "../account-map/read/read-account-map";
export type { AccountMap } from "../account-map/model/account-map";
export { buildAccessPlan } from "../plan/build-access-plan";
export type { PlanInput, PlanResult } from "../plan/build-access-plan";
export type { ResolvedAccess } from "../plan/resolved-access";
export { readAccessGraph } from "./read/read-access-graph";
export type { ReadGraph } from "./read/read-access-graph";
export type { BoundaryTexts } from "./read/boundary-texts";
export type { StackText } from "./read/terraform-stack";
export type { AccessGraph } from "./access-graph";
export { accountDirectory } from "./account-directory";
export type { AccountDirectory, AccountFacts } from "./account-directory";

// Control policies, of the plan or from a file.
export { readControlPoliciesFile } from "../account-map/read/control-policies-file";
export type { ControlPoliciesFile } from "../account-map/read/control-policies-file";
export type {
  AttachedControlPolicy,
  ControlPolicySet,
  ControlPolicyTarget,
} from "../account-map/model/control-policy";
export { planControlPolicies } from "./decide/effective-control-policies";
export { NO_CONTROL_POLICIES } from "./decide/control-policies";
export type { ControlPolicies } from "./decide/control-policies";

// Proving: a whole tree, or one trust policy against another.
export { provePlan } from "./proof/prove-plan";
export type { Proof, ProofInput } from "./proof/prove-plan";
export type { ProofProblem, TrustCounterexample } from "./proof/proof-problem";
export { proofFindings } from "./proof/proof-findings";
export { proveContained } from "./prove/prove-contained";
export type {
  ContainmentQuestion,
  Counterexample,
  ProofLimits,
  Verdict,
} from "./prove/prove-contained";
export { PROOF_ASSUMPTIONS } from "./prove/axioms";
export { notCovered } from "./proof/not-covered";

// Deciding one call, and one action of it.
export { decideCall } from "./decide/decide-call";
export type { CallDecision, RoleCall } from "./decide/decide-call";
export { decideRequest } from "./decide/decide-request";
export type { AccessModel } from "./decide/access-model";
export type { RoleRequest } from "./decide/role-request";
export type { Decision, DecisionReason } from "./decide/decision";
export type { Caller } from "../iam/condition/caller";

// Reach: over any number of hops.
export { reach } from "./hops/reach";
export { whoReaches } from "./hops/who-reaches";
export type { ReachedRole, ReachOptions, ReachWay } from "./hops/reach";
export type { ReachHop } from "./hops/hop-to";
export type { ReachingCaller } from "./hops/who-reaches";

// Policies and findings.
export { policyDocument } from "../iam/policy-document";
export type { PolicyDocument, Statement } from "../iam/policy-document";
export { policyText } from "../iam/policy-text";
export type { Diagnostic } from "../diagnostics/diagnostic";
export { printDiagnostics } from "../diagnostics/print";
