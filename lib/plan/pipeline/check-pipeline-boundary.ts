import { evaluatePolicy } from "../../iam/condition/evaluate-policy";
import { requestContext } from "../../iam/condition/request-context";
import { valuesOf } from "../../iam/policy-document";
import type { AccountPlan, BoundaryText, PipelinePlan, RolePlan } from "../resolved-access";
import { boundingDocument } from "../role/boundary";
import type { ReportFinding } from "../parameters";

/**
 * Reports what the boundary of a role that the pipeline assumes keeps it from doing (rule PB-02): going on
 * to the roles of the accounts, or using the states. Boundaries whose text the map does not say are not judged.
 *
 * @param texts those of boundaries that are created elsewhere, by ARN
 */
export function checkPipelineBoundary(
  { pipeline, planRole, applyRole }: PipelinePlan,
  accounts: readonly AccountPlan[],
  texts: ReadonlyMap<string, BoundaryText>,
  report: ReportFinding,
): void {
  const home = accounts.find(({ account }) => account.key === pipeline.account.key);
  for (const role of [planRole, applyRole]) {
    const boundary = home && boundingDocument(role, home, texts);
    if (boundary === undefined) continue;
    const refused = neededRequests(role).find(({ action, resource }) => {
      const { decision } = evaluatePolicy("identity", boundary.document, {
        caller: { kind: "role-session", roleArn: role.arn, sessionName: "trustwheel" },
        action,
        resource,
        context: requestContext({ "aws:PrincipalArn": role.arn, ...contextOf(resource, accounts) }),
      });
      return decision === "implicit-deny" || decision === "explicit-deny";
    });
    if (refused === undefined) continue;
    report(pipeline.at, {
      rule: "PB-02",
      atKey: true,
      message: `the boundary of \`${role.name}\` does not allow \`${refused.action}\` on \`${refused.resource}\`, which the pipeline needs`,
      help: `allow it in policies/${boundary.source}.json`,
    });
  }
}

/** What a role is permitted, as requests on things that it names in full. */
function neededRequests({ policies }: RolePlan): { action: string; resource: string }[] {
  return policies.inline.flatMap(({ document }) =>
    document.Statement.flatMap(({ Effect, Action, Resource }) =>
      Effect === "Deny"
        ? []
        : valuesOf(Action).flatMap((action) =>
            valuesOf(Resource)
              .filter((resource) => !resource.includes("*"))
              .map((resource) => ({ action, resource: resource.replaceAll("?", "1") })),
          ),
    ),
  );
}

/** What AWS says of the account that a resource is in. */
function contextOf(resource: string, accounts: readonly AccountPlan[]): Record<string, string> {
  const id = resource.split(":")[4] ?? "";
  const organization = accounts.find(({ account }) => account.id === id)?.account.organization;
  if (id === "") return {};
  return {
    "aws:ResourceAccount": id,
    ...(organization === undefined ? {} : { "aws:ResourceOrgID": organization.id }),
  };
}
