import type { RoleGraph, RoleNode } from "./role-node";

/** A chain: an instance profile's role, and the roles of each step. */
export interface FoundChain {
  readonly start: RoleNode;
  readonly steps: readonly (readonly RoleNode[])[];
}

/**
 * Finds the chains: they start with instances, and every role of a step is assumed by all roles of the
 * step before and by no one else. What assumes the same role in many accounts is a hub.
 *
 * @param refused ARNs of roles that no chain can start with
 */
export function findChains(graph: RoleGraph, refused: ReadonlySet<string>): FoundChain[] {
  const chains: FoundChain[] = [];
  for (const [arn, start] of graph.nodes) {
    const [way, second] = start.ways;
    const isStart = way !== undefined && second === undefined && "instanceProfile" in way.principal;
    if (!isStart || refused.has(arn) || graph.targetsOf(arn).size === 0) continue;
    const steps = stepsFrom(arn, graph);
    if (steps !== undefined) chains.push({ start, steps });
  }
  return chains;
}

function stepsFrom(start: string, graph: RoleGraph): RoleNode[][] | undefined {
  const steps: RoleNode[][] = [];
  const seen = new Set([start]);
  let previous: readonly string[] = [start];
  for (;;) {
    const next = [...new Set(previous.flatMap((arn) => [...graph.targetsOf(arn)]))].sort();
    if (next.length === 0) return steps;
    const roles = next.flatMap((arn) => graph.nodes.get(arn) ?? []);
    if (new Set(roles.map(({ role }) => role.name)).size < roles.length) return undefined;
    const fits = next.every((arn) => !seen.has(arn) && isStep(arn, previous, graph));
    if (!fits) return undefined;
    for (const arn of next) seen.add(arn);
    steps.push(roles);
    previous = next;
  }
}

function isStep(arn: string, previous: readonly string[], graph: RoleGraph): boolean {
  const ways = graph.nodes.get(arn)?.ways ?? [];
  const callers = new Set(ways.map(({ callerArn }) => callerArn ?? ""));
  return (
    callers.size === previous.length &&
    previous.every((caller) => callers.has(caller)) &&
    new Set(ways.map(({ externalIds }) => [...externalIds].sort().join(" "))).size === 1 &&
    ways.every(({ conditions }) => Object.keys(conditions).length === 0)
  );
}
