import type { Section } from "../rule";
import { boundaryAllowsHop } from "./pb-02-boundary-allows-hop";
import { delegatedBoundary } from "./pb-05-delegated-boundary";
import { managementHub } from "./pb-06-management-hub";

export const BOUNDARIES: Section = {
  title: "Boundaries and control policies",
  entries: [
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/hop-decision.test.ts",
      id: "PB-01",
      summary:
        "a hop counts as allowed only if permissions and boundary allow it and neither denies it",
      why: "A boundary grants nothing, and an explicit deny always wins.",
      source: "IAM User Guide, access_policies_boundaries",
    },
    { status: "checked", rule: boundaryAllowsHop },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/boundary-account.test.ts",
      id: "PB-03",
      summary: "a boundary is an AWS managed policy or one of the role's own account",
      why: "IAM rejects a boundary of another account.",
      source: "IAM API Reference, CreateRole",
    },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/principal-element.test.ts",
      id: "PB-04",
      summary: "no statement has NotPrincipal",
      why: "A deny with exceptions always denies roles with a boundary, including the exceptions.",
      source: "IAM User Guide, reference_policies_elements_notprincipal",
    },
    { status: "checked", rule: delegatedBoundary },
    { status: "checked", rule: managementHub },
    {
      status: "out of reach",
      reason:
        "no rule checks it; the proof decides it if the map or `--control-policies` supplies the policies, and otherwise says that they are not covered",
      id: "PB-07",
      summary: "resource control policies of the target's account allow the callers",
      why: "They apply to the assumed role, for callers inside and outside the organization; only the management account is exempt.",
      source: "AWS Organizations User Guide, orgs_manage_policies_rcps",
    },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/no-control-policies.test.ts",
      id: "PB-08",
      summary: "trustwheel creates no resource control policy",
      why: "A policy on the organization that includes federated calls denies all of them: they have no caller organization.",
      source: "aws-samples/data-perimeter-policy-examples",
    },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/no-control-policies.test.ts",
      id: "PB-09",
      summary: "trustwheel creates no service or resource control policy",
      why: "Their quotas count white space, unlike those of IAM.",
      source: "AWS Organizations User Guide, orgs_reference_limits",
    },
  ],
};
