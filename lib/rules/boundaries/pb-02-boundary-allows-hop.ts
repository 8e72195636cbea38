import type { PermissionsBoundary } from "../../account-map/model/account-map";
import { evaluateAction } from "../../iam/condition/evaluate-statement";
import { managedPolicyDocument } from "../../iam/managed-policy";
import { valuesOf } from "../../iam/policy-document";
import type { PolicyDocument } from "../../iam/policy-document";
import type { ResolvedAccess, RolePlan } from "../../plan/resolved-access";
import { documentDecision, hopRequest } from "../facts/hop";
import type { Hop } from "../facts/hop";
import type { Rule } from "../rule";
import { addTo } from "../../values/group";
import { counted } from "../../diagnostics/words";

export const boundaryAllowsHop: Rule = {
  id: "PB-02",
  severity: "error",
  summary:
    "the permissions boundary of a role that assumes others allows that, and allows it to pass on its session tags and source identity",
  why: "A boundary is a ceiling: what it does not allow, no permission of the role can allow, and every call is denied.",
  source: "IAM User Guide, access_policies_boundaries",
  *inPlan(context) {
    const boundaryOf = new Map(
      context.entries.map(({ settings }) => [settings.at, settings.permissionsBoundary]),
    );
    const documents = boundaryDocuments(context.plan);
    const failures = new Map<string, Failure[]>();
    for (const [caller, hops] of context.hopsByCaller) {
      const boundary = boundaryOf.get(caller.at);
      const document = documents(caller, boundary);
      const failure = document === undefined ? undefined : firstFailure(hops, document);
      if (failure === undefined || boundary === undefined) continue;
      // Roles that have it from the defaults of the map have it from one place.
      const place = boundary.at.join("\n");
      addTo(failures, place, { ...failure, boundary });
    }
    for (const [first, ...others] of failures.values()) {
      if (first === undefined) continue;
      const { hop, action, deniedBy, boundary } = first;
      const name = boundary.kind === "managed" ? undefined : boundary.document;
      const more =
        others.length === 0
          ? ""
          : `, and ${counted(others.length, "other role")} with it cannot assume any either`;
      const place =
        name !== undefined && deniedBy !== undefined
          ? { at: ["Statement", deniedBy, "Effect"], document: name }
          : { at: boundary.at };
      yield {
        ...place,
        message: `the boundary of \`${hop.caller.name}\` ${deniedBy === undefined ? "does not allow" : "denies"} \`${action}\` on \`${hop.edge.to.name}\` in \`${hop.edge.toAccount.key}\`${more}`,
        help:
          name === undefined
            ? "use your own boundary that allows it on the target roles"
            : deniedBy === undefined
              ? `allow \`${action}\` on the target roles, in policies/${name}.json`
              : "exclude the target roles",
      };
    }
  },
};

interface Failure {
  readonly hop: Hop;
  readonly action: string;
  readonly deniedBy?: number;
  readonly boundary: PermissionsBoundary;
}

/** Looks up the text of a role's boundary; that of one that is made elsewhere, where the map says it. */
function boundaryDocuments(
  plan: ResolvedAccess,
): (role: RolePlan, boundary?: PermissionsBoundary) => PolicyDocument | undefined {
  const made = plan.accounts.flatMap(({ boundaries }) => boundaries);
  const said = plan.boundaryTexts?.values() ?? [];
  const documents = new Map([...made, ...said].map(({ arn, document }) => [arn, document]));
  return (role, boundary) =>
    boundary?.kind === "managed"
      ? managedPolicyDocument(boundary.arnPath)
      : documents.get(role.permissionsBoundary?.arn ?? "");
}

function firstFailure(
  hops: readonly Hop[],
  document: PolicyDocument,
): Omit<Failure, "boundary"> | undefined {
  const judged = dependsOnTarget(document) ? hops : hops.slice(0, 1);
  for (const hop of judged) {
    for (const action of hop.actions) {
      const { allows, deniedBy } = documentDecision(document, hopRequest(hop, action));
      if (!allows) return { hop, action, ...(deniedBy === undefined ? {} : { deniedBy }) };
    }
  }
  return undefined;
}

/** Whether the statements about STS tell targets apart; most boundaries do not, and one hop stands for all. */
function dependsOnTarget({ Statement: statements }: PolicyDocument): boolean {
  return statements.some((statement) => {
    const concerned = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"].some(
      (action) => evaluateAction(statement, action).outcome === "match",
    );
    if (!concerned) return false;
    const everywhere = valuesOf(statement.Resource).includes("*");
    const keys = Object.values(statement.Condition ?? {}).flatMap((each) => Object.keys(each));
    return !everywhere || keys.some((key) => /^(?:aws:Resource|sts:ExternalId)/i.test(key));
  });
}
