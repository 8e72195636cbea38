import type { AccountMap } from "../account-map/model/account-map";
import { sortDiagnostics } from "../diagnostics/diagnostic";
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { PolicyDocument } from "../iam/policy-document";
import { Reporter } from "../source/reporter";
import type { YamlSource } from "../source/yaml/yaml-source";
import { planAccounts } from "./account-plans";
import { controlPolicyDocuments } from "./control-policy-documents";
import { connectRoles, indexDrafts } from "./draft/connect-roles";
import { draftRoles } from "./draft/draft-roles";
import { ownRoles } from "./draft/named-callers";
import { propagateSessions } from "./draft/sessions";
import { indexPlans, planChains, planEdges } from "./edges";
import { planGrants } from "./grants";
import { checkPipeline } from "./pipeline/check-pipeline";
import { checkPipelineBoundary } from "./pipeline/check-pipeline-boundary";
import { planPipeline } from "./pipeline/plan-pipeline";
import type { PlanScope } from "./plan-scope";
import type { ResolvedAccess } from "./resolved-access";
import { boundaryTexts } from "./role/boundary";
import { planRole } from "./role/plan-role";

/** What a plan is made from. */
export interface PlanInput {
  readonly map: AccountMap;
  /** Documents of `policies/` by name. */
  readonly documents: ReadonlyMap<string, PolicyDocument>;
  /** The map's text, for the places of findings. */
  readonly source: YamlSource;
}

/** A plan, and what is in its way. */
export interface PlanResult {
  readonly plan: ResolvedAccess;
  /** Sorted. A plan with errors must not be used. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Resolves a map into every role, trust policy and permission of every account. */
export function buildAccessPlan({ map, documents, source }: PlanInput): PlanResult {
  const reporter = new Reporter(source);
  const report: PlanScope["report"] = (path, finding) => {
    reporter.report(path, finding);
  };
  const plan = resolveAccess({ map, documents, report });
  return { plan, diagnostics: sortDiagnostics(reporter.diagnostics) };
}

/** The stages, each a function of those before it: drafts, connections, sessions, roles, accounts, edges. */
function resolveAccess(scope: PlanScope): ResolvedAccess {
  const { map, documents, report } = scope;
  const drafts = draftRoles(scope);
  const draftsOf = indexDrafts(drafts);
  const ownRole = ownRoles(drafts);
  const connections = connectRoles(drafts, draftsOf, ownRole, scope);
  const sessionOf = propagateSessions(drafts, connections);

  const roles = drafts.map((draft) => planRole(draft, connections, sessionOf, scope));
  const planOf = indexPlans(roles);
  const callers = planGrants(drafts, ownRole, scope);
  const accounts = planAccounts(roles, callers, scope);
  const texts = boundaryTexts(drafts, scope);

  checkPipeline(map, accounts, report);
  const pipeline = planPipeline(drafts.map(planOf), scope);
  if (pipeline !== undefined) checkPipelineBoundary(pipeline, accounts, texts, report);

  return {
    accounts,
    edges: planEdges(roles, planOf),
    chains: planChains(map, draftsOf, planOf),
    handouts: callers.handouts,
    tags: map.tags,
    state: map.state,
    ...(map.providerVersion === undefined ? {} : { providerVersion: map.providerVersion }),
    ...(pipeline === undefined ? {} : { pipeline }),
    controlPolicies: controlPolicyDocuments(map, documents),
    ...(map.origin === undefined ? {} : { origin: map.origin }),
    ...(texts.size === 0 ? {} : { boundaryTexts: texts }),
  };
}
