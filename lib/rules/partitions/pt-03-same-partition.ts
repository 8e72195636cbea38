import type { AccountMap } from "../../account-map/model/account-map";
import type { Partition } from "../../iam/partition";
import type { Edge } from "../../plan/resolved-access";
import { formatAccounts } from "../facts/accounts-in-words";
import type { Rule } from "../rule";
import type { RuleFinding } from "../rule-finding";
import type { PlanContext } from "../rule-context";

export const samePartition: Rule = {
  id: "PT-03",
  severity: "error",
  summary: "no role is assumed, no trust given, and no organization spread across partitions",
  why: "Nobody could use it: IAM, STS and Organizations in one partition do not know the other.",
  source: "AWS whitepaper AWS Fault Isolation Boundaries, Partitions",
  refused: true,
  *inPlan(context) {
    yield* crossingOrganizations(context.map);
    yield* crossingEdges(context);
    yield* crossingDeployment(context.map);
  },
};

/** The first account of an organization tells its partition. */
function* crossingOrganizations(map: AccountMap): Generator<RuleFinding> {
  for (const organization of map.organizations.values()) {
    const members = [...map.accounts.values()].filter((each) => each.organization === organization);
    const [first] = members;
    const others = members.filter(({ partition }) => partition !== first?.partition);
    const [other] = others;
    if (first === undefined || other === undefined) continue;
    yield {
      at: other.at,
      atKey: true,
      message: `${formatAccounts(others)} of the partition \`${other.partition}\` cannot belong to the organization \`${organization.key}\`, as \`${first.key}\` of \`${first.partition}\` does`,
      help: "declare the organization of that partition, or write `organization: none`",
      related: { path: first.at, message: "a member of it" },
    };
  }
}

/** One finding for each place of the map and each pair of partitions. */
function* crossingEdges({ map, plan }: PlanContext): Generator<RuleFinding> {
  const partitions = partitionsOfOrganizations(map);
  const reported = new Set<string>();
  for (const edge of plan.edges) {
    const { at, to, toAccount } = edge;
    const caller = callerOf(edge, partitions);
    if (caller === undefined || caller.partition === toAccount.partition) continue;
    const key = [caller.partition, toAccount.partition, ...at].join("\n");
    if (reported.has(key)) continue;
    reported.add(key);
    yield {
      at,
      atKey: true,
      message: `${caller.name} of the partition \`${caller.partition}\` can never assume \`${to.name}\` in \`${toAccount.key}\` of \`${toAccount.partition}\``,
      help: "give each partition its own hub",
    };
  }
}

function* crossingDeployment(map: AccountMap): Generator<RuleFinding> {
  for (const account of map.accounts.values()) {
    for (const [index, hop] of (account.deploymentRole?.via ?? []).entries()) {
      const home = map.accounts.get(hop.accountKey);
      if (home === undefined || home.partition === account.partition) continue;
      yield {
        at: [...account.at, "deploymentRole", "via", index, "account"],
        message: `\`${home.key}\` of the partition \`${home.partition}\` cannot deploy to \`${account.key}\` of \`${account.partition}\``,
        help: "go by an account of the same partition",
      };
      break;
    }
  }
}

interface CallerHome {
  readonly name: string;
  readonly partition: Partition;
}

/** Where a caller comes from; `undefined` for callers of the role's own account and for those without one. */
function callerOf(
  { from, toAccount }: Edge,
  partitions: ReadonlyMap<string, Partition>,
): CallerHome | undefined {
  if (from.kind === "role") {
    return { name: `the account \`${from.account.key}\``, partition: from.account.partition };
  }
  const { principal } = from.wayIn;
  switch (principal.kind) {
    case "foreignAccount": {
      const partition = principal.partition ?? toAccount.partition;
      return { name: `the account ${principal.accountId}`, partition };
    }
    case "organizationalUnit": {
      const { id } = principal.organization;
      const partition = partitions.get(id);
      return partition && { name: `the organization ${id}`, partition };
    }
    case "user":
    case "role":
    case "account":
    case "permissionSet": {
      const { account } = principal;
      return account && { name: `the account ${account.id}`, partition: account.partition };
    }
    default:
      return undefined;
  }
}

function partitionsOfOrganizations(map: AccountMap): ReadonlyMap<string, Partition> {
  const partitions = new Map<string, Partition>();
  for (const { organization, partition } of map.accounts.values()) {
    if (organization === undefined || partitions.has(organization.id)) continue;
    partitions.set(organization.id, partition);
  }
  return partitions;
}
