import type {
  Account,
  AccountMap,
  Chain,
  ChainRole,
  ChainStartRole,
  ChainStep,
  Hub,
  RoleSettings,
  Spoke,
  PrincipalEntry,
} from "../../account-map/model/account-map";
import { misfitOf } from "../../account-map/model/condition-fit";
import type { RoleKind } from "../resolved-access";
import type { LocatedRole } from "./group-targets";
import type { NamedCaller } from "./named-callers";
import type { ReportFinding } from "../parameters";
import { draftPipeline } from "../pipeline/pipeline-drafts";

/** A role while the plan is made: who assumes it, and what it assumes. */
export interface RoleDraft {
  readonly id: string;
  readonly formerId?: string;
  readonly kind: RoleKind;
  /** Words that statements about it are named after. */
  readonly words: readonly string[];
  readonly settings: RoleSettings;
  readonly account: Account;
  readonly readOnly: boolean;
  readonly trustMode: "account" | "roleArn";
  readonly reach: "spokes" | "organization";
  readonly waysIn: PrincipalEntry[];
  readonly callers: DraftCaller[];
  /** Roles of the map that its principals name. */
  readonly namedCallers: NamedCaller[];
  /** Roles that it is permitted to assume. */
  readonly targets: Set<RoleDraft>;
  /** Roles that it is permitted to assume and that are made elsewhere. */
  readonly existingTargets: readonly LocatedRole[];
  /** Roles that it may assume by a permission that is declared to exist among its own policies. */
  readonly declaredTargets: Set<RoleDraft>;
  /** Some of them, with what has to be passed there. */
  readonly grantedWays: PrincipalEntry[];
}

/** A role in the map that can assume another, and the external IDs, one of which it passes. */
export interface DraftCaller {
  readonly draft: RoleDraft;
  readonly externalIds: readonly string[];
}

/** A chain in terms of drafts. */
export interface ChainDraft {
  readonly chain: Chain;
  readonly start: { readonly draft: RoleDraft } | { readonly wayIn: PrincipalEntry };
  readonly steps: readonly (readonly RoleDraft[])[];
}

/** All roles of a map, with every edge between them. */
export interface Drafts {
  readonly roles: readonly RoleDraft[];
  readonly chains: readonly ChainDraft[];
}

/** Makes a draft of every role: hubs, spokes in each of their accounts, the roles of chains and of the pipeline. */
export function draftRoles(map: AccountMap, report: ReportFinding): Drafts {
  const hubs = new Map<Hub, RoleDraft>();
  for (const hub of map.hubs.values()) hubs.set(hub, draftHub(hub));
  const spokes = new Map<Spoke, RoleDraft[]>();
  for (const spoke of map.spokes.values()) {
    const drafts = spoke.accounts.map((account) => draftSpoke(spoke, account));
    spokes.set(spoke, drafts);
    for (const hub of spoke.hubs) {
      const caller = hubs.get(hub);
      if (caller === undefined) continue;
      for (const draft of drafts) connect(caller, draft, externalIdsOf(spoke, draft.account));
    }
  }
  const chainRoles: RoleDraft[] = [];
  const chains = [...map.chains.values()].map((chain) =>
    draftChain(chain, { hubs, spokes, chainRoles, report }),
  );
  const roles = [
    ...hubs.values(),
    ...[...spokes.values()].flat(),
    ...chainRoles,
    ...draftPipeline(map),
  ];
  return { roles, chains };
}

interface ChainDrafting {
  readonly hubs: ReadonlyMap<Hub, RoleDraft>;
  readonly spokes: ReadonlyMap<Spoke, readonly RoleDraft[]>;
  readonly chainRoles: RoleDraft[];
  readonly report: ReportFinding;
}

function draftChain(chain: Chain, drafting: ChainDrafting): ChainDraft {
  const steps = chain.steps.map((step) => draftStep(chain, step, drafting));
  checkCycle(chain, steps, drafting.report);
  const start = draftStart(chain, steps[0] ?? [], drafting);
  let previous: readonly RoleDraft[] = "draft" in start ? [start.draft] : [];
  for (const [index, drafts] of steps.entries()) {
    const step = chain.steps[index];
    if (step === undefined) continue;
    for (const caller of previous) {
      for (const draft of drafts) enter(caller, draft, step, drafting.report);
    }
    previous = drafts;
  }
  return { chain, start, steps };
}

function draftStart(
  chain: Chain,
  first: readonly RoleDraft[],
  drafting: ChainDrafting,
): ChainDraft["start"] {
  if (chain.start.kind === "instanceProfile") {
    const draft = draftStartRole(chain, chain.start.role);
    drafting.chainRoles.push(draft);
    return { draft };
  }
  const wayIn: PrincipalEntry = { ...chain.start.wayIn, key: `chain-${chain.key}` };
  for (const draft of first) {
    draft.waysIn.push(withExternalIdOfRole(wayIn, chain.steps[0], draft, drafting.report));
  }
  return { wayIn };
}

/** A role that a chain begins with asks its principal for its external ID, as it would ask a role. */
function withExternalIdOfRole(
  wayIn: PrincipalEntry,
  step: ChainStep | undefined,
  draft: RoleDraft,
  report: ReportFinding,
): PrincipalEntry {
  if (step?.kind !== "roles") return wayIn;
  const externalIds = externalIdsOfStep(step, draft);
  if (externalIds.length === 0) return wayIn;
  const at = [...draft.settings.at, "externalId"];
  const { principal } = wayIn;
  const { kind } = principal;
  const service = principal.kind === "service" ? principal.service : undefined;
  const misfit = misfitOf("externalId", kind, service);
  if (misfit !== undefined) {
    report(at, {
      rule: misfit.rule,
      atKey: true,
      message: `\`externalId\` does not fit a chain that starts with a principal of kind \`${kind}\`: ${misfit.why}`,
      help: "remove `externalId:`",
    });
  }
  if (wayIn.conditions.externalIds.length > 0) {
    report(at, {
      rule: "chain-step",
      atKey: true,
      message: "both the start of the chain and its first role require an external ID",
      help: "keep one of them",
    });
  }
  return { ...wayIn, conditions: { ...wayIn.conditions, externalIds } };
}

function draftStep(chain: Chain, step: ChainStep, drafting: ChainDrafting): readonly RoleDraft[] {
  switch (step.kind) {
    case "hub": {
      const draft = drafting.hubs.get(step.hub);
      return draft === undefined ? [] : [draft];
    }
    case "spoke":
      return drafting.spokes.get(step.spoke) ?? [];
    case "roles": {
      const drafts = step.roles.map((role) => draftChainRole(chain, role));
      drafting.chainRoles.push(...drafts);
      return drafts;
    }
  }
}

/** Connects two steps; a hub assumes only spokes that are its own. */
function enter(caller: RoleDraft, draft: RoleDraft, step: ChainStep, report: ReportFinding): void {
  if (caller.targets.has(draft)) return;
  if (step.kind === "spoke" && caller.kind === "hub") {
    report([...step.at, "spoke"], {
      rule: "chain-step",
      message: `the spoke \`${step.spoke.key}\` does not belong to the hub before it, \`${caller.settings.key}\``,
      help: `add \`${caller.settings.key}\` to \`spokes.${step.spoke.key}.hubs\``,
    });
    return;
  }
  connect(caller, draft, externalIdsOfStep(step, draft));
}

function externalIdsOfStep(step: ChainStep, draft: RoleDraft): readonly string[] {
  switch (step.kind) {
    case "hub":
      return [];
    case "spoke":
      return externalIdsOf(step.spoke, draft.account);
    case "roles":
      return step.roles.find((role) => role.key === draft.settings.key)?.externalIds ?? [];
  }
}

function externalIdsOf(spoke: Spoke, account: Account): readonly string[] {
  return spoke.externalIds.byAccount.get(account.key) ?? spoke.externalIds.default;
}

function checkCycle(
  chain: Chain,
  steps: readonly (readonly RoleDraft[])[],
  report: ReportFinding,
): void {
  const stepOf = new Map<RoleDraft, number>();
  for (const [index, drafts] of steps.entries()) {
    const step = chain.steps[index];
    for (const draft of drafts) {
      const earlier = stepOf.get(draft);
      if (earlier !== undefined && step !== undefined) {
        const way = steps.slice(earlier, index + 1).map((roles) => roles[0]?.settings.key ?? "");
        report(step.at, {
          rule: "TR-22",
          message: `the chain returns to an earlier role: ${way.join(" -> ")}`,
          help: "end the chain before this step",
        });
        return;
      }
      stepOf.set(draft, index);
    }
  }
}

/** Lets a role assume another: both sides follow from this. */
function connect(caller: RoleDraft, draft: RoleDraft, externalIds: readonly string[]): void {
  caller.targets.add(draft);
  draft.callers.push({ draft: caller, externalIds });
}

function draftHub(hub: Hub): RoleDraft {
  return {
    id: `hub-${hub.key}`,
    ...(hub.formerly === undefined ? {} : { formerId: `hub-${hub.formerly}` }),
    kind: "hub",
    words: ["hub", hub.key],
    settings: hub,
    account: hub.account,
    readOnly: false,
    trustMode: hub.trustMode,
    reach: hub.reach,
    waysIn: [...hub.principals],
    callers: [],
    namedCallers: [],
    targets: new Set(),
    existingTargets: [],
    declaredTargets: new Set(),
    grantedWays: [],
  };
}

function draftSpoke(spoke: Spoke, account: Account): RoleDraft {
  return {
    ...draftOf(`spoke-${spoke.key}`, "spoke", ["spoke", spoke.key], spoke, account),
    ...(spoke.formerly === undefined ? {} : { formerId: `spoke-${spoke.formerly}` }),
    readOnly: spoke.readOnly,
    waysIn: [...spoke.principals],
  };
}

function draftChainRole(chain: Chain, role: ChainRole): RoleDraft {
  const words = ["chain", chain.key, role.key];
  const draft = draftOf(`chain-${chain.key}__${role.key}`, "chain", words, role, role.account);
  return { ...draft, ...formerIdOf(chain, `__${role.key}`), readOnly: role.readOnly };
}

function draftStartRole(chain: Chain, role: ChainStartRole): RoleDraft {
  const draft = draftOf(`chain-${chain.key}`, "chain", ["chain", chain.key], role, role.account);
  const profile: PrincipalEntry = {
    key: "instance-profile",
    principal: { kind: "instanceProfile", profileName: role.profileName },
    conditions: role.conditions,
    grant: "none",
    at: role.at,
  };
  return { ...draft, ...formerIdOf(chain, ""), waysIn: [profile] };
}

function formerIdOf({ formerly }: Chain, suffix: string): { readonly formerId?: string } {
  return formerly === undefined ? {} : { formerId: `chain-${formerly}${suffix}` };
}

function draftOf(
  id: string,
  kind: RoleKind,
  words: readonly string[],
  settings: RoleSettings,
  account: Account,
): RoleDraft {
  return {
    id,
    kind,
    words,
    settings,
    account,
    readOnly: false,
    trustMode: "account",
    reach: "spokes",
    waysIn: [],
    callers: [],
    namedCallers: [],
    targets: new Set(),
    existingTargets: [],
    declaredTargets: new Set(),
    grantedWays: [],
  };
}
