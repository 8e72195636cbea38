import type {
  Chain,
  ChainRole,
  PrincipalEntry,
  RoleSettings,
} from "../../account-map/model/account-map";
import { misfitOf } from "../../account-map/model/condition-fit";
import type { ReportFinding } from "../parameters";
import { addTo } from "../../values/group";

/** The principals that start chains, by the entry of the map that they assume first. */
export type ChainStarts = ReadonlyMap<RoleSettings, readonly PrincipalEntry[]>;

/** Finds whom the first step of each chain is assumed by, where it is not an instance profile. */
export function chainStarts(chains: Iterable<Chain>, report: ReportFinding): ChainStarts {
  const starts = new Map<RoleSettings, PrincipalEntry[]>();
  const add = (entry: RoleSettings, wayIn: PrincipalEntry): void => {
    addTo(starts, entry, wayIn);
  };
  for (const chain of chains) {
    const wayIn = principalOfChain(chain);
    const [first] = chain.steps;
    if (wayIn === undefined || first === undefined) continue;
    if (first.kind === "hub") add(first.hub, wayIn);
    else if (first.kind === "spoke") add(first.spoke, wayIn);
    else for (const role of first.roles) add(role, withExternalIdOfRole(wayIn, role, report));
  }
  return starts;
}

/** The principal that starts a chain, named after the chain; `undefined` where it is an instance profile. */
export function principalOfChain({ key, start }: Chain): PrincipalEntry | undefined {
  return start.kind === "principal" ? { ...start.wayIn, key: `chain-${key}` } : undefined;
}

/** A role that a chain begins with asks its principal for its external ID, as it would ask a role. */
function withExternalIdOfRole(
  wayIn: PrincipalEntry,
  { externalIds, at: role }: ChainRole,
  report: ReportFinding,
): PrincipalEntry {
  if (externalIds.length === 0) return wayIn;
  const at = [...role, "externalId"];
  const { principal } = wayIn;
  const { kind } = principal;
  const service = kind === "service" ? principal.service : undefined;
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
