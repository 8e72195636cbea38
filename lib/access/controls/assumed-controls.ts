import type { Assertion } from "../../account-map/model/assertion";
import { describeAssertion } from "../../account-map/model/describe-assertion";
import { listNames } from "../../diagnostics/nearest";
import type { ResolvedAccess } from "../../plan/resolved-access";
import { breakingWays } from "../proof/check-assertions";
import type { BreakingWay } from "../proof/check-assertions";
import type { AccessModel } from "../decide/access-model";
import { NO_CONTROL_POLICIES } from "../decide/control-policies";
import { decideCall } from "../decide/decide-call";
import { addTo } from "../../values/group";

/**
 * What a proof with control policies takes for granted: which assertions hold only by them, and what the map
 * says of calls and accounts that nobody can check here. Nothing where no control policy takes part.
 */
export function assumedOfControls(
  plan: ResolvedAccess,
  world: AccessModel,
  assertions: readonly Assertion[],
): readonly string[] {
  const { service, resource } = world.controls;
  if (service.size + resource.size === 0) return [];
  const waysIn = plan.edges.flatMap(({ from }) => (from.kind === "principal" ? [from.wayIn] : []));
  const isOriginSaid =
    plan.origin !== undefined || waysIn.some(({ origin }) => origin !== undefined);
  const external = waysIn.flatMap(({ principal }) =>
    principal.kind === "foreignAccount" && principal.organization !== undefined
      ? [externalOrganization(principal.accountId, principal.organization)]
      : [],
  );
  return [
    ...resting(assertions, plan, world),
    ...(isOriginSaid ? ["calls come from the regions and networks that `calledFrom` says"] : []),
    ...[...new Set(external)].sort(),
    ...(resource.size > 0 && plan.edges.some(isByService)
      ? [
          "a service that says for which account it assumes a role says that of the role (IAM User Guide, id_roles_use_passrole)",
        ]
      : []),
  ];
}

function externalOrganization(accountId: string, organization: string): string {
  return organization === "none"
    ? `account ${accountId} is in no organization`
    : `account ${accountId} is in the organization ${organization}`;
}

const SERVICES: ReadonlySet<string> = new Set(["service", "instanceProfile", "podIdentity"]);

function isByService({ from }: ResolvedAccess["edges"][number]): boolean {
  return from.kind === "principal" && SERVICES.has(from.wayIn.principal.kind);
}

/** The assertions that hold, and would not without control policies. */
function resting(
  assertions: readonly Assertion[],
  plan: ResolvedAccess,
  world: AccessModel,
): readonly string[] {
  const broken = new Set(breakingWays(assertions, plan, world).map(({ assertion }) => assertion));
  const without = { ...world, controls: NO_CONTROL_POLICIES };
  const ways = new Map<Assertion, BreakingWay[]>();
  for (const each of breakingWays(assertions, plan, without)) {
    if (broken.has(each.assertion)) continue;
    addTo(ways, each.assertion, each);
  }
  return [...ways].map(([assertion, found]) => {
    const policies = [...new Set(found.flatMap(({ way }) => policiesAgainst(way, world)))].sort();
    const [first] = found;
    const way = first === undefined ? "" : `${first.way.start.label} to ${first.way.roleArn}`;
    const more = found.length > 1 ? ` and ${found.length - 1} more` : "";
    const by =
      policies.length === 0
        ? ""
        : `: ${policies.length === 1 ? "the policy" : "the policies"} ${listNames(policies)}`;
    return `the assertion \`${describeAssertion(assertion)}\` holds only by control policies${by} (without them: ${way}${more})`;
  });
}

/** The control policies that speak against a way. */
function policiesAgainst({ calls }: BreakingWay["way"], world: AccessModel): readonly string[] {
  return calls
    .flatMap((call) => decideCall(world, call).reasons)
    .filter(({ side, effect }) => side.endsWith("control policy") && effect !== "allow")
    .flatMap(({ policy }) => (policy === undefined ? [] : [policy]));
}
