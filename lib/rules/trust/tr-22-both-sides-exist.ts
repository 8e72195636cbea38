import type { Path } from "../../source/source";
import { roleArn } from "../../iam/arn";
import { evaluateAction } from "../../iam/condition/evaluate-statement";
import { managedPolicyDocument } from "../../iam/managed-policy";
import type { PolicyDocument } from "../../iam/policy-document";
import { bearing, documentDecision, hopRequest } from "../facts/hop";
import type { Hop } from "../facts/hop";
import { roleCycles } from "./role-cycle";
import type { Rule } from "../rule";
import type { RuleFinding } from "../rule-finding";
import type { PlanContext } from "../rule-context";
import { heldStatements, placeIn } from "../facts/written-statement";
import type { WrittenStatement } from "../facts/written-statement";

export const bothSidesExist: Rule = {
  id: "TR-22",
  severity: "error",
  summary:
    "every hop has both sides, a permission that nothing denies and the target's trust policy; and roles do not assume each other in a cycle",
  why: "With only one side, every call is denied.",
  source: "IAM User Guide, reference_policies_evaluation-logic-cross-account",
  *inPlan(context) {
    yield* deniedHops(context);
    yield* missingPermissions(context);
    for (const { roles, at } of roleCycles(context.hopsByCaller)) {
      const names = [...roles, roles[0]].map((role) => role?.name ?? "");
      yield {
        at,
        atKey: true,
        message: `roles assume each other in a cycle: ${names.join(" -> ")}`,
        help: "remove one of these",
      };
    }
  },
};

/** Hops that a statement of the caller's own permissions denies; one finding a statement. */
function* deniedHops(context: PlanContext): Generator<RuleFinding> {
  const hops = new Map(
    [...context.hopsByCaller].map(([caller, list]) => [caller.arn, list] as const),
  );
  for (const written of context.statements) {
    if (!written.grants || !deniesAssuming(written)) continue;
    for (const { entry, account, statement } of heldStatements(written, "permissions")) {
      const location = { partition: account.partition, accountId: account.id };
      const caller = roleArn(location, entry.settings.path, entry.settings.roleName);
      const denied = hops
        .get(caller)
        ?.find((hop) =>
          hop.actions.some((action) => bearing(statement, hopRequest(hop, action)) === "applies"),
        );
      if (denied === undefined) continue;
      yield {
        ...placeIn(written, "Effect"),
        message: `this stops \`${denied.caller.name}\` from assuming \`${denied.edge.to.name}\` in \`${denied.edge.toAccount.key}\`, which the map declares`,
        help: "exclude the roles it assumes, or remove the principal",
      };
      break;
    }
  }
}

function deniesAssuming({ statement }: WrittenStatement): boolean {
  return (
    statement.Effect === "Deny" && evaluateAction(statement, "sts:AssumeRole").outcome === "match"
  );
}

/**
 * Principals for a role in this map whose permission is said to exist elsewhere: nobody can add one, because
 * the role has exactly the policies of the map.
 */
function* missingPermissions(context: PlanContext): Generator<RuleFinding> {
  const seen = new Set<Path>();
  for (const hops of context.hopsByCaller.values()) {
    for (const hop of hops) {
      const { caller, edge } = hop;
      if (edge.from.kind !== "principal" || edge.from.wayIn.grant === "generate") continue;
      if (seen.has(edge.at) || mayAssume(hop)) continue;
      seen.add(edge.at);
      yield {
        at: [...edge.at, "grant"],
        message: `\`${caller.name}\` is a role in this map, with only the map's policies: none of them lets it assume \`${edge.to.name}\``,
        help: "remove `grant:` to generate the permission",
      };
    }
  }
}

function mayAssume(hop: Hop): boolean {
  const { inline, customer, managed } = hop.caller.policies;
  const request = hopRequest(hop, "sts:AssumeRole");
  const documents: readonly (PolicyDocument | undefined)[] = [
    ...[...inline, ...customer].map(({ document }) => document),
    ...managed.map(({ arn }) => managedPolicyDocument(arn.replace(/^.*:policy\//, ""))),
  ];
  // An unknown policy can allow anything.
  return documents.some(
    (document) => document === undefined || documentDecision(document, request).allows,
  );
}
