import type { PrincipalEntry } from "../../account-map/model/account-map";
import { roleArn } from "../../iam/arn";
import type { ResolvedAccess, Edge } from "../../plan/resolved-access";
import type { SessionContext } from "../../plan/session-context";
import { addTo } from "../../values/group";

/**
 * What the sessions of each role of a plan may carry, by the role's ARN: what was declared where they begin,
 * carried along every edge (rules TR-15b, TR-17). Worked out from the edges alone, so that a mistake in the
 * code that generates trust policies is not made twice.
 */
export function carriedContext(plan: ResolvedAccess): ReadonlyMap<string, SessionContext> {
  const onward = new Map<string, string[]>();
  const carried = new Map<string, { sourceIdentity: boolean; tags: ReadonlySet<string> }>();
  const pending: string[] = [];
  for (const edge of plan.edges) {
    const to = edge.to.arn;
    for (const from of mappedCallers(edge)) {
      addTo(onward, from, to);
    }
    if (edge.from.kind === "role") continue;
    const { wayIn } = edge.from;
    const identity =
      wayIn.conditions.sourceIdentity !== undefined || wayIn.principal.kind === "rolesAnywhere";
    if (add(to, identity, transitiveTags(wayIn))) pending.push(to);
  }
  for (let from = pending.pop(); from !== undefined; from = pending.pop()) {
    const { sourceIdentity = false, tags = new Set<string>() } = carried.get(from) ?? {};
    for (const to of onward.get(from) ?? []) if (add(to, sourceIdentity, tags)) pending.push(to);
  }
  return new Map(
    [...carried].map(([arn, { sourceIdentity, tags }]) => [
      arn,
      { sourceIdentity, transitiveTags: [...tags].sort() },
    ]),
  );

  function add(arn: string, sourceIdentity: boolean, tags: Iterable<string>): boolean {
    const before = carried.get(arn) ?? { sourceIdentity: false, tags: new Set<string>() };
    const after = {
      sourceIdentity: before.sourceIdentity || sourceIdentity,
      tags: new Set([...before.tags, ...tags]),
    };
    carried.set(arn, after);
    return after.sourceIdentity !== before.sourceIdentity || after.tags.size > before.tags.size;
  }
}

/** ARNs of the roles that take an edge, as far as it says them: whether the map makes them is not looked at. */
export function mappedCallers({ from, toAccount }: Edge): readonly string[] {
  if (from.kind === "role") return [from.role.arn];
  const { principal } = from.wayIn;
  if (principal.kind !== "role") return [];
  const { partition, id: accountId } = principal.account ?? toAccount;
  return principal.names.map((name) => roleArn({ partition, accountId }, principal.path, name));
}

/** What EKS passes with every session of a pod (rule OI-15). */
const POD_TAGS = [
  "eks-cluster-arn",
  "eks-cluster-name",
  "kubernetes-namespace",
  "kubernetes-pod-name",
  "kubernetes-pod-uid",
  "kubernetes-service-account",
];

function transitiveTags({ principal, conditions }: PrincipalEntry): readonly string[] {
  if (principal.kind === "podIdentity") return POD_TAGS;
  return conditions.sessionTags.filter(({ transitive }) => transitive).map(({ key }) => key);
}
