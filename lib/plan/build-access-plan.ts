import type {
  Account,
  AccountMap,
  PermissionsBoundary,
  PrincipalEntry,
} from "../account-map/model/account-map";
import type { OidcProvider, SamlProvider } from "../account-map/model/principal";
import { addressPart } from "../account-map/read/reading";
import { Reporter } from "../source/reporter";
import type { YamlSource } from "../source/yaml/yaml-source";
import { sortDiagnostics } from "../diagnostics/diagnostic";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { awsManagedPolicyArn, customerPolicyArn, locationOf, roleArn } from "../iam/arn";
import { IDENTIFIER_RULES } from "../iam/identifier";
import { policyDocument } from "../iam/policy-document";
import type { PolicyDocument, Statement } from "../iam/policy-document";
import type {
  ResolvedAccess,
  AccountPlan,
  BoundaryPlan,
  ChainPlan,
  CustomerPolicyPlan,
  Edge,
  EdgeStart,
  NamedPolicy,
  PipelinePlan,
  RolePlan,
  RolePolicies,
} from "./resolved-access";
import { boundaryTexts } from "./role/boundary-texts";
import { callerStatements, passOnStatements } from "./role/caller-statements";
import type { RoleCaller } from "./role/caller-statements";
import { reportConditionKeyClashes } from "./role/condition-key-clashes";
import { controlPolicyDocuments } from "./control-policy-documents";
import { planGrants } from "./draft/grants";
import { connectNamedCallers, ownRoles } from "./draft/named-callers";
import { checkPipeline } from "./pipeline/check-pipeline";
import { checkPipelineBoundary } from "./pipeline/check-pipeline-boundary";
import { pipelineAccounts } from "./pipeline/pipeline-accounts";
import { PIPELINE_ROLE_IDS } from "./pipeline/pipeline-drafts";
import { managedPolicyPathOf } from "./managed-policy-reference";
import { fillPrincipal } from "./draft/fill-principal";
import { TrustOrigins } from "./draft/trust-origins";
import type { TrustOrigin } from "./draft/trust-origins";
import { fillIn } from "./parameters";
import { checkPolicyNames, STATEMENTS_POLICY_NAME } from "./role/policy-names";
import { draftRoles } from "./draft/role-draft";
import type { ChainDraft, RoleDraft } from "./draft/role-draft";
import { rolePolicies } from "./role/role-policies";
import { propagateSessions } from "./draft/session-flow";
import type { SessionContext } from "./session-context";
import { EMPTY_SESSION, eitherSession, passedOnEntering } from "./session-context";
import { targetRoles } from "./draft/target-roles";
import { wayInStatements } from "./role/way-in-statements";

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
export function buildAccessPlan(input: PlanInput): PlanResult {
  const reporter = new Reporter(input.source);
  const builder = new PlanBuilder(input, reporter);
  const plan = builder.build();
  return { plan, diagnostics: sortDiagnostics(reporter.diagnostics) };
}

type Sessions = ReadonlyMap<RoleDraft, SessionContext>;

class PlanBuilder {
  readonly #map: AccountMap;
  readonly #documents: ReadonlyMap<string, PolicyDocument>;
  readonly #reporter: Reporter;
  readonly #roles = new Map<RoleDraft, RolePlan>();
  readonly #origins = new TrustOrigins();

  constructor(input: PlanInput, reporter: Reporter) {
    this.#map = input.map;
    this.#documents = input.documents;
    this.#reporter = reporter;
  }

  build(): ResolvedAccess {
    const map = this.#map;
    const drafts = draftRoles(map, this.#report);
    for (const draft of drafts.roles) this.#fillPrincipals(draft);
    const own = ownRoles(drafts.roles);
    connectNamedCallers(drafts.roles, own, this.#report);
    const byId = new Map(
      [...map.accounts.values()].map((account) => [account.id as string, account]),
    );
    const { grants, users, handouts } = planGrants(drafts.roles, own, byId, this.#report);
    const sessions = propagateSessions(drafts.roles);
    const byAccount = new Map<string, RoleDraft[]>();
    for (const draft of drafts.roles) {
      const list = byAccount.get(draft.account.key) ?? [];
      list.push(draft);
      byAccount.set(draft.account.key, list);
      this.#roles.set(draft, this.#planRole(draft, sessions));
    }
    const accounts = [...map.accounts.values()].map((account): AccountPlan => {
      const own = (byAccount.get(account.key) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
      return {
        account,
        roles: own.map((draft) => this.#rolePlan(draft)),
        boundaries: this.#boundaries(own),
        users: users.get(account.id) ?? [],
        grants: grants.get(account.id) ?? [],
        ...createdProviders(own),
        dependsOn: dependencies(own),
      };
    });
    checkPipeline(map, accounts, this.#report);
    const texts = boundaryTexts(drafts.roles, {
      map,
      documents: this.#documents,
      report: this.#report,
    });
    const pipeline = this.#pipelinePlan(drafts.roles);
    if (pipeline !== undefined) checkPipelineBoundary(pipeline, accounts, texts, this.#report);
    return {
      accounts,
      edges: drafts.roles.flatMap((draft) => this.#edges(draft)),
      chains: drafts.chains.map((chain) => this.#chainPlan(chain)),
      handouts,
      tags: map.tags,
      state: map.state,
      ...(map.providerVersion === undefined ? {} : { providerVersion: map.providerVersion }),
      ...(pipeline === undefined ? {} : { pipeline }),
      controlPolicies: controlPolicyDocuments(map, this.#documents),
      ...(map.origin === undefined ? {} : { origin: map.origin }),
      ...(texts.size === 0 ? {} : { boundaryTexts: texts }),
    };
  }

  #pipelinePlan(drafts: readonly RoleDraft[]): PipelinePlan | undefined {
    const { pipeline, accounts } = this.#map;
    const entered = (id: string): RoleDraft | undefined => drafts.find((each) => each.id === id);
    const plan = entered(PIPELINE_ROLE_IDS.plan);
    const apply = entered(PIPELINE_ROLE_IDS.apply);
    if (pipeline === undefined || plan === undefined || apply === undefined) return undefined;
    return {
      pipeline,
      planRole: this.#rolePlan(plan),
      applyRole: this.#rolePlan(apply),
      accounts: pipelineAccounts(pipeline, accounts.values()),
    };
  }

  #fillPrincipals({ waysIn, account }: RoleDraft): void {
    const scope = { account, declared: this.#map.parameters, report: this.#report };
    waysIn.splice(0, waysIn.length, ...waysIn.map((wayIn) => fillPrincipal(wayIn, scope)));
  }

  #planRole(draft: RoleDraft, sessions: Sessions): RolePlan {
    const { settings, account } = draft;
    const location = locationOf(account);
    const boundary = this.#boundary(draft);
    const inherited = sessions.get(draft) ?? EMPTY_SESSION;
    return {
      id: draft.id,
      ...(draft.formerId === undefined ? {} : { formerId: draft.formerId }),
      kind: draft.kind,
      name: settings.roleName,
      path: settings.path,
      arn: roleArn(location, settings.path, settings.roleName),
      description: settings.description ?? defaultDescription(draft),
      maxSessionSeconds: settings.maxSessionSeconds,
      ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
      tags: settings.tags,
      trust: this.#trust(draft, sessions),
      policies: this.#policies(
        draft,
        draft.grantedWays.map(passedOnEntering).reduce(eitherSession, inherited),
      ),
      instanceProfiles: profileNames(draft),
      dependsOn: draft.callers
        .filter(({ draft: caller }) => caller.trustMode === "roleArn" && caller.account === account)
        .map(({ draft: caller }) => caller.id)
        .sort(),
      readOnly: draft.readOnly,
      at: settings.at,
    };
  }

  #trust(draft: RoleDraft, sessions: Sessions): PolicyDocument {
    const statements = this.#origins.keep(draft, [
      ...draft.waysIn.map((wayIn) => ({
        origin: wayIn,
        statements: reportConditionKeyClashes(wayIn, this.#report)
          ? []
          : wayInStatements(this.#withExternalIds(wayIn, draft.account), draft.account),
      })),
      ...draft.namedCallers.map(({ draft: caller, wayIn }) => {
        const name = [wayIn.key, ...caller.words];
        const called = roleCaller(caller, sessions.get(caller) ?? EMPTY_SESSION);
        const statements = passOnStatements({ ...called, name, trustMode: "account" });
        return { origin: wayIn, statements };
      }),
      ...draft.callers.map((caller) => {
        const session = sessions.get(caller.draft) ?? EMPTY_SESSION;
        const externalIds = this.#externalIds(caller.externalIds, draft);
        const called = { ...roleCaller(caller.draft, session), externalIds };
        return { origin: caller, statements: callerStatements(called) };
      }),
    ]);
    if (draft.waysIn.length + draft.callers.length === 0) {
      this.#reporter.report(draft.settings.at, {
        rule: "TR-22",
        atKey: true,
        message: `nobody can assume the role \`${draft.settings.roleName}\``,
        help: `add \`principals:\`${draft.kind === "spoke" ? " or `hubs:`" : ""}, or remove the entry`,
      });
    }
    return policyDocument(statements);
  }

  #withExternalIds(wayIn: PrincipalEntry, account: Account): PrincipalEntry {
    if (!wayIn.conditions.externalIds.some((id) => id.includes("{{"))) return wayIn;
    const externalIds = this.#fill(wayIn.conditions.externalIds, account, wayIn.at);
    return { ...wayIn, conditions: { ...wayIn.conditions, externalIds } };
  }

  #externalIds(ids: readonly string[], draft: RoleDraft): readonly string[] {
    return this.#fill(ids, draft.account, [...draft.settings.at, "externalId"]);
  }

  #fill(ids: readonly string[], account: Account, at: PrincipalEntry["at"]): readonly string[] {
    const filled = ids.some((id) => id.includes("{{"))
      ? fillIn(ids, {
          account,
          declared: this.#map.parameters,
          values: new Map(),
          report: this.#report,
          at,
        })
      : ids;
    for (const id of filled) {
      const { rule, pattern, allowed } = IDENTIFIER_RULES.externalId;
      if (pattern.test(id) || id.includes("{{")) continue;
      this.#reporter.report(at, {
        rule,
        message: `an external ID must be ${allowed}, got ${JSON.stringify(id)}`,
      });
    }
    return filled;
  }

  #policies(draft: RoleDraft, session: SessionContext): RolePolicies {
    const { settings, account } = draft;
    const own = this.#ownPolicies(draft);
    const { inline, managed } = rolePolicies(own, {
      targets: targetRoles(draft.targets, draft.existingTargets),
      declaredTargets: targetRoles(draft.declaredTargets),
      session,
      reach: draft.reach,
    });
    const policies: RolePolicies = {
      inline,
      customer: managed.map((policy) => this.#customerPolicy(policy, draft, account)),
      managed: settings.permissions.managed.map(({ name, at }) => {
        const arn = name.startsWith("arn:")
          ? this.#filledArn(name, account, at)
          : awsManagedPolicyArn(
              account.partition,
              managedPolicyPathOf(name),
              name.split("/").at(-1) ?? name,
            );
        return { name: addressPart(arn.split("/").at(-1) ?? name), arn, at };
      }),
    };
    checkPolicyNames(draft, policies, this.#report);
    return policies;
  }

  /** The ARN of a managed policy, in which `{{account.id}}` can be the account of the role. */
  #filledArn(arn: string, account: Account, at: readonly (string | number)[]): string {
    const scope = {
      account,
      declared: this.#map.parameters,
      values: new Map(),
      report: this.#report,
      at,
    };
    return fillIn({ arn }, scope).arn;
  }

  #ownPolicies({ settings, account }: RoleDraft): NamedPolicy[] {
    const { permissions } = settings;
    const policies = permissions.documents.flatMap((use): NamedPolicy[] => {
      const document = this.#documents.get(use.document);
      if (document === undefined) return [];
      const { values, at, name } = use;
      const scope = { account, declared: this.#map.parameters, values, report: this.#report, at };
      return [{ name, document: fillIn(document, scope) }];
    });
    if (permissions.statements.length === 0) return policies;
    const at = [...permissions.at, "statements"];
    const scope = {
      account,
      declared: this.#map.parameters,
      values: new Map(),
      report: this.#report,
      at,
    };
    const statements = fillIn(permissions.statements, scope);
    return [...policies, { name: STATEMENTS_POLICY_NAME, document: policyDocument(statements) }];
  }

  #customerPolicy(policy: NamedPolicy, draft: RoleDraft, account: Account): CustomerPolicyPlan {
    const name = `${draft.settings.roleName}-${policy.name}`;
    const path = this.#map.policyPath;
    const { rule, pattern, allowed } = IDENTIFIER_RULES.policyName;
    if (!pattern.test(name)) {
      this.#reporter.report(draft.settings.at, {
        rule,
        atKey: true,
        message: `the policies of the role do not fit inline, and the name of a managed policy must be ${allowed}, got ${JSON.stringify(name)}`,
        help: "shorten the role's name or the document's",
      });
    }
    const location = locationOf(account);
    return {
      id: `${draft.id}_${addressPart(policy.name)}`,
      name,
      path,
      arn: customerPolicyArn(location, path, name),
      document: policy.document,
    };
  }

  #boundary({ settings, account }: RoleDraft): BoundaryPlan | undefined {
    const boundary: PermissionsBoundary | undefined = settings.permissionsBoundary;
    const location = locationOf(account);
    switch (boundary?.kind) {
      case undefined:
        return undefined;
      case "managed": {
        const name = boundary.arnPath.split("/").at(-1) ?? boundary.arnPath;
        const path = managedPolicyPathOf(boundary.arnPath);
        return { arn: awsManagedPolicyArn(account.partition, path, name) };
      }
      case "existing":
        return { arn: customerPolicyArn(location, boundary.path, boundary.name) };
      case "document":
        return {
          arn: customerPolicyArn(location, this.#map.policyPath, boundary.document),
          policyId: boundaryId(boundary.document),
        };
    }
  }

  #boundaries(drafts: readonly RoleDraft[]): CustomerPolicyPlan[] {
    const policies = new Map<string, CustomerPolicyPlan>();
    for (const { settings, account } of drafts) {
      const boundary = settings.permissionsBoundary;
      if (boundary?.kind !== "document" || policies.has(boundary.document)) continue;
      const document = this.#documents.get(boundary.document);
      if (document === undefined) continue;
      const scope = {
        account,
        declared: this.#map.parameters,
        values: new Map(),
        report: this.#report,
        at: boundary.at,
      };
      const location = locationOf(account);
      policies.set(boundary.document, {
        id: boundaryId(boundary.document),
        name: boundary.document,
        path: this.#map.policyPath,
        arn: customerPolicyArn(location, this.#map.policyPath, boundary.document),
        document: fillIn(document, scope),
      });
    }
    return [...policies.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  #edges(draft: RoleDraft): Edge[] {
    const to = this.#rolePlan(draft);
    const toAccount = draft.account;
    const trustOf = (origin: TrustOrigin): readonly Statement[] =>
      this.#origins.statementsOf(draft, origin);
    return [
      ...draft.waysIn.map((wayIn): Edge => {
        const { conditions } = this.#withExternalIds(wayIn, draft.account);
        const { externalIds } = conditions;
        const from: EdgeStart = { kind: "principal", wayIn };
        return { from, to, toAccount, externalIds, trust: trustOf(wayIn), at: wayIn.at };
      }),
      ...draft.callers.map((caller): Edge => {
        const from = this.#roleStart(caller.draft);
        const externalIds = this.#externalIds(caller.externalIds, draft);
        return { from, to, toAccount, externalIds, trust: trustOf(caller), at: draft.settings.at };
      }),
    ];
  }

  #chainPlan({ chain, start, steps }: ChainDraft): ChainPlan {
    const from: EdgeStart =
      "wayIn" in start ? { kind: "principal", wayIn: start.wayIn } : this.#roleStart(start.draft);
    return {
      key: chain.key,
      start: from,
      steps: steps.map((drafts) =>
        drafts.map((draft) => ({ role: this.#rolePlan(draft), account: draft.account })),
      ),
      at: chain.at,
    };
  }

  #roleStart(draft: RoleDraft): EdgeStart {
    const { account, trustMode } = draft;
    return { kind: "role", role: this.#rolePlan(draft), account, trustMode };
  }

  #rolePlan(draft: RoleDraft): RolePlan {
    const plan = this.#roles.get(draft);
    if (plan === undefined) throw new Error(`the role ${draft.id} was not planned`);
    return plan;
  }

  readonly #report = (
    path: PrincipalEntry["at"],
    finding: Parameters<Reporter["report"]>[1],
  ): void => {
    this.#reporter.report(path, finding);
  };
}

function roleCaller(caller: RoleDraft, session: SessionContext): RoleCaller {
  const { account, settings, words, trustMode } = caller;
  const location = locationOf(account);
  const arn = roleArn(location, settings.path, settings.roleName);
  return { name: words, account, arn, trustMode, session, externalIds: [] };
}

/** Several principals may go through one profile, such as at different times. */
function profileNames({ waysIn, settings }: RoleDraft): readonly string[] {
  const names = waysIn.flatMap(({ principal }) =>
    principal.kind === "instanceProfile" ? [principal.profileName ?? settings.roleName] : [],
  );
  return [...new Set(names)];
}

function defaultDescription({ kind, settings, id }: RoleDraft): string {
  switch (kind) {
    case "hub":
      return `Hub ${settings.key} of the account map`;
    case "spoke":
      return `Spoke ${settings.key} of the account map`;
    case "pipeline":
      return `Role ${settings.key} of the pipeline of the account map`;
    case "chain":
      return `Role of the chain ${id.replace(/^chain-/, "").replace("__", ", ")} of the account map`;
  }
}

function createdProviders(drafts: readonly RoleDraft[]): {
  oidcProviders: OidcProvider[];
  samlProviders: SamlProvider[];
} {
  const providers = new Map<string, OidcProvider | SamlProvider>();
  for (const { principal } of drafts.flatMap((draft) => draft.waysIn)) {
    if (!("provider" in principal) || !principal.provider.create) continue;
    providers.set(principal.provider.key, principal.provider);
  }
  const sorted = [...providers.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  return {
    oidcProviders: sorted.filter((provider) => provider.kind === "oidc"),
    samlProviders: sorted.filter((provider) => provider.kind === "saml"),
  };
}

/** Accounts whose roles the trust policies of an account name by ARN. */
function dependencies(drafts: readonly RoleDraft[]): string[] {
  const keys = drafts.flatMap((draft) =>
    draft.callers
      .filter(
        ({ draft: caller }) => caller.trustMode === "roleArn" && caller.account !== draft.account,
      )
      .map(({ draft: caller }) => caller.account.key),
  );
  return [...new Set(keys)].sort();
}

function boundaryId(document: string): string {
  return `boundary-${addressPart(document)}`;
}
