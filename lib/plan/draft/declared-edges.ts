import type {
  Account,
  AccountMap,
  Chain,
  ChainStep,
  RoleSettings,
  Spoke,
} from "../../account-map/model/account-map";
import type { PlanScope } from "../plan-scope";
import type { ReportFinding } from "../parameters";
import type { RoleDraft } from "./role-draft";

/** A role of the map that assumes another: a hub its spokes, and a step of a chain the next one. */
export interface DeclaredEdge {
  readonly caller: RoleDraft;
  readonly target: RoleDraft;
  /** External IDs, one of which the caller passes. */
  readonly externalIds: readonly string[];
}

/** The drafts of an entry of the map: of a spoke, one for each account. */
export type DraftsOf = (entry: RoleSettings) => readonly RoleDraft[];

/** Connects hubs with their spokes, and the steps of chains. */
export function declaredEdges(draftsOf: DraftsOf, { map, report }: PlanScope): DeclaredEdge[] {
  const edges = edgesToSpokes(map, draftsOf);
  const known = new Map<RoleDraft, Set<RoleDraft>>();
  const add = ({ caller, target }: DeclaredEdge): unknown =>
    known.set(caller, (known.get(caller) ?? new Set()).add(target));
  edges.forEach(add);
  for (const chain of map.chains.values()) {
    const steps = chainSteps(chain, draftsOf);
    reportReturn(chain, steps, report);
    for (const [index, step] of chain.steps.entries()) {
      const callers = index === 0 ? chainStart(chain, draftsOf) : (steps[index - 1] ?? []);
      for (const caller of callers) {
        for (const target of steps[index] ?? []) {
          if (known.get(caller)?.has(target) === true) continue;
          if (reportForeignSpoke(step, caller, report)) continue;
          const edge = { caller, target, externalIds: externalIdsOfStep(step, target) };
          edges.push(edge);
          add(edge);
        }
      }
    }
  }
  return edges;
}

/** The drafts of each step of a chain. */
export function chainSteps({ steps }: Chain, draftsOf: DraftsOf): (readonly RoleDraft[])[] {
  return steps.map((step) => {
    switch (step.kind) {
      case "hub":
        return draftsOf(step.hub);
      case "spoke":
        return draftsOf(step.spoke);
      case "roles":
        return step.roles.flatMap(draftsOf);
    }
  });
}

/** The role of the instance profile that a chain starts with. Empty: another principal starts it. */
export function chainStart({ start }: Chain, draftsOf: DraftsOf): readonly RoleDraft[] {
  return start.kind === "instanceProfile" ? draftsOf(start.role) : [];
}

function edgesToSpokes({ spokes }: AccountMap, draftsOf: DraftsOf): DeclaredEdge[] {
  return [...spokes.values()].flatMap((spoke) =>
    spoke.hubs.flatMap(draftsOf).flatMap((caller) =>
      draftsOf(spoke).map((target) => ({
        caller,
        target,
        externalIds: externalIdsOf(spoke, target.account),
      })),
    ),
  );
}

/** A hub assumes only spokes that are its own. Tells whether this is another's. */
function reportForeignSpoke(step: ChainStep, hub: RoleDraft, report: ReportFinding): boolean {
  if (step.kind !== "spoke" || hub.kind !== "hub") return false;
  report([...step.at, "spoke"], {
    rule: "chain-step",
    message: `the spoke \`${step.spoke.key}\` does not belong to the hub before it, \`${hub.settings.key}\``,
    help: `add \`${hub.settings.key}\` to \`spokes.${step.spoke.key}.hubs\``,
  });
  return true;
}

function externalIdsOfStep(step: ChainStep, { settings, account }: RoleDraft): readonly string[] {
  switch (step.kind) {
    case "hub":
      return [];
    case "spoke":
      return externalIdsOf(step.spoke, account);
    case "roles":
      return step.roles.find((role) => role === settings)?.externalIds ?? [];
  }
}

function externalIdsOf({ externalIds }: Spoke, account: Account): readonly string[] {
  return externalIds.byAccount.get(account.key) ?? externalIds.default;
}

function reportReturn(
  chain: Chain,
  steps: readonly (readonly RoleDraft[])[],
  report: ReportFinding,
): void {
  const stepOf = new Map<RoleDraft, number>();
  for (const [index, step] of chain.steps.entries()) {
    for (const draft of steps[index] ?? []) {
      const earlier = stepOf.get(draft);
      if (earlier !== undefined) {
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
