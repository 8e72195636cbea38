import { requestContext } from "../../../../lib/iam/condition/request-context";
import { decide, evaluatePolicy } from "../../../../lib/iam/condition/evaluate-policy";
import type { RequestContext } from "../../../../lib/iam/condition/request-context";
import type { PolicyDocument } from "../../../../lib/iam/policy-document";
import { valuesOf } from "../../../../lib/iam/policy-document";
import type { RolePlan } from "../../../../lib/plan/resolved-access";
import { hopRequest, hopsByCaller, hopsOf, rolesByArn } from "../../../../lib/rules/facts/hop";
import type { Hop } from "../../../../lib/rules/facts/hop";
import { samplePlans } from "../../../support/arbitrary/sample-plans";

/** What the policies of a role together say of a hop. */
function permission(role: RolePlan, hop: Hop, action: string): string {
  const documents = [...role.policies.inline, ...role.policies.customer];
  return decide(
    documents.flatMap(
      ({ document }) => evaluatePolicy("identity", document, hopRequest(hop, action)).applied,
    ),
  );
}

/** What the trust of the target says of a hop that passes whatever it is asked for. */
function trust(hop: Hop, action: string): string {
  const document: PolicyDocument = hop.edge.to.trust;
  const request = hopRequest(hop, action);
  const context: RequestContext = new Map([
    ...request.context,
    ...requestContext({
      "sts:ExternalId": action === "sts:AssumeRole" ? (hop.edge.externalIds[0] ?? []) : [],
    }),
  ]);
  return evaluatePolicy("trust", document, { ...request, context }).decision;
}

describe("both halves of a way that the map declares are made", () => {
  test("TR-02, TR-03: every role that enters another has the permission, within an account as across accounts", () => {
    const seen = { sameAccount: 0, acrossAccounts: 0, byRoleArn: 0, passedOn: 0 };
    for (const { plan } of samplePlans()) {
      for (const [caller, hops] of hopsByCaller(hopsOf(plan, rolesByArn(plan)))) {
        for (const hop of hops) {
          const { from, to, toAccount } = hop.edge;
          // Where the map says that the permission exists, or is handed on, it is not made.
          if (from.kind === "principal" && from.wayIn.grant !== "generate") continue;
          for (const action of hop.actions) {
            expect([to.arn, action, permission(caller, hop, action)]).toEqual([
              to.arn,
              action,
              "allow",
            ]);
          }
          const same = hop.callerAccount.id === toAccount.id;
          seen[same ? "sameAccount" : "acrossAccounts"] += 1;
          if (hop.actions.length > 1) seen.passedOn += 1;
          const named = to.trust.Statement.flatMap(({ Principal }) =>
            typeof Principal === "object" ? valuesOf(Principal.AWS) : [],
          );
          if (same && named.includes(caller.arn)) seen.byRoleArn += 1;
        }
      }
    }
    expect(Object.entries(seen).filter(([, count]) => count < 10)).toEqual([]);
  });

  test("TR-17: every hop of the map is let in with all that the caller's sessions carry", () => {
    let passedOn = 0;
    for (const { plan } of samplePlans()) {
      for (const hops of hopsByCaller(hopsOf(plan, rolesByArn(plan))).values()) {
        for (const hop of hops) {
          if (hop.edge.from.kind === "principal") continue; // has conditions of its own
          for (const action of hop.actions) {
            expect([hop.edge.to.arn, action, trust(hop, action)]).toEqual([
              hop.edge.to.arn,
              action,
              "allow",
            ]);
            if (action !== "sts:AssumeRole") passedOn += 1;
          }
        }
      }
    }
    expect(passedOn).toBeGreaterThan(100);
  });
});

test("SSO-05: the statement that a permission set needs is handed out, unless the map says that it has it", () => {
  const seen = { handedOut: 0, declared: 0 };
  for (const { plan } of samplePlans()) {
    for (const { from, to, at } of plan.edges) {
      if (from.kind !== "principal" || from.wayIn.principal.kind !== "permissionSet") continue;
      const handout = plan.handouts.find((each) => each.at === from.wayIn.at || each.at === at);
      if (from.wayIn.grant === "declared") {
        seen.declared += 1;
        expect(handout).toBeUndefined();
        continue;
      }
      seen.handedOut += 1;
      expect(valuesOf(handout?.statement.Resource)).toContain(to.arn);
      expect(valuesOf(handout?.statement.Action)).toContain("sts:AssumeRole");
    }
  }
  expect(Math.min(seen.handedOut, seen.declared)).toBeGreaterThan(10);
});
