import type { Rule } from "../rule";

export const stackOrder: Rule = {
  id: "TR-11",
  severity: "error",
  summary:
    "a role that a trust policy names by ARN exists before that policy, so such trust forms no cycle of accounts",
  why: "The first apply fails with MalformedPolicyDocument: Invalid principal in policy.",
  source: "IAM User Guide, reference_policies_elements_principal",
  refused: true,
  *inPlan({ plan, map }) {
    const dependencies = new Map(
      plan.accounts.map(({ account, dependsOn }) => [account.key, dependsOn]),
    );
    const done = new Set<string>();
    for (const start of dependencies.keys()) {
      const cycle = findCycle(start, dependencies, done);
      if (cycle === undefined) continue;
      const [first = start] = cycle;
      const hub = [...map.hubs.values()].find(
        ({ account, trustMode }) => account.key === first && trustMode === "roleArn",
      );
      yield {
        at: hub === undefined ? ["accounts", first] : [...hub.at, "trustMode"],
        message: `stacks would each need the other applied first: ${cycle.join(" -> ")}`,
        help: "use `trustMode: account` for one of the hubs",
      };
      return;
    }
  },
};

function findCycle(
  start: string,
  dependencies: ReadonlyMap<string, readonly string[]>,
  done: Set<string>,
): string[] | undefined {
  const path: string[] = [];
  const visit = (key: string): string[] | undefined => {
    const seen = path.indexOf(key);
    if (seen >= 0) return [...path.slice(seen), key];
    if (done.has(key)) return undefined;
    path.push(key);
    for (const next of dependencies.get(key) ?? []) {
      const cycle = visit(next);
      if (cycle !== undefined) return cycle;
    }
    path.pop();
    done.add(key);
    return undefined;
  };
  return visit(start);
}
