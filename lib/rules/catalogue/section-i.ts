import type { CatalogueEntry } from "../rule";
import { boundaryAllowsHop } from "../boundary-allows-hop";
import { delegatedBoundary } from "../delegated-boundary";
import { managementHub } from "../management-hub";

/** Section I: boundaries and control policies. */
export const SECTION_I: readonly CatalogueEntry[] = [
  {
    status: "impossible",
    test: "__tests__/lib/rules/impossible/hop-decision.test.ts",
    id: "PB-01",
    summary:
      "a hop counts as allowed only where permissions and boundary allow it and neither denies it",
    why: "A boundary grants nothing and an explicit denial anywhere wins.",
    source: "IAM User Guide, access_policies_boundaries",
  },
  { status: "checked", rule: boundaryAllowsHop },
  {
    status: "impossible",
    test: "__tests__/lib/rules/impossible/boundary-account.test.ts",
    id: "PB-03",
    summary: "a boundary is an AWS managed policy or one of the role's own account",
    why: "IAM refuses a boundary of another account.",
    source: "IAM API Reference, CreateRole",
  },
  {
    status: "impossible",
    test: "__tests__/lib/rules/impossible/principal-element.test.ts",
    id: "PB-04",
    summary: "no statement has NotPrincipal",
    why: "A denial for all but some denies roles with a boundary always, also those that it excepts.",
    source: "IAM User Guide, reference_policies_elements_notprincipal",
  },
  { status: "checked", rule: delegatedBoundary },
  { status: "checked", rule: managementHub },
  {
    status: "out of reach",
    reason:
      "no rule looks at it; the proof decides it where the map or `--control-policies` supplies the policies, and says that they are not covered where nothing does",
    id: "PB-07",
    summary: "resource control policies of the target's account let the callers in",
    why: "They act on the role that is entered, for callers inside and outside of the organization; only the management account is exempt.",
    source: "AWS Organizations User Guide, orgs_manage_policies_rcps",
  },
  {
    status: "impossible",
    test: "__tests__/lib/rules/impossible/no-control-policies.test.ts",
    id: "PB-08",
    summary: "no resource control policy is made",
    why: "One for an organization that lists federated calls denies all of them: the organization of the caller is missing there.",
    source: "aws-samples/data-perimeter-policy-examples",
  },
  {
    status: "impossible",
    test: "__tests__/lib/rules/impossible/no-control-policies.test.ts",
    id: "PB-09",
    summary: "no service or resource control policy is made",
    why: "Their quotas count white space, unlike those of IAM.",
    source: "AWS Organizations User Guide, orgs_reference_limits",
  },
];
