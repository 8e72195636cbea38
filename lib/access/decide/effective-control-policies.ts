import type { Account } from "../../account-map/model/account-map";
import { controlPolicyLevels, FULL_ACCESS_POLICY } from "../../account-map/model/control-policy";
import type {
  AttachedControlPolicy,
  ControlPolicySet,
  ControlPolicyTarget,
} from "../../account-map/model/control-policy";
import { policyDocument } from "../../iam/policy-document";
import type { PolicyDocument } from "../../iam/policy-document";
import type { ResolvedAccess } from "../../plan/resolved-access";
import type { PermissionPolicy } from "../access-graph";
import type { ControlPolicies } from "./control-policies";
import { addTo } from "../../values/group";

const FULL_ACCESS: PermissionPolicy = {
  name: FULL_ACCESS_POLICY,
  kind: "managed",
  document: {
    known: true,
    value: policyDocument([{ Effect: "Allow", Action: "*", Resource: "*" }]),
  },
};

/**
 * The control policies that bind each account: what is attached to the root, to each unit on the way and to
 * the account (rules PB-06, PB-07). A level at which nothing but the policy that allows everything is
 * attached decides nothing and is left out.
 *
 * @param sets what is attached where, by key of the organization
 */
export function effectiveControlPolicies(
  accounts: Iterable<Account>,
  sets: ReadonlyMap<string, ControlPolicySet<PolicyDocument>>,
): ControlPolicies {
  const indexes = new Map([...sets].map(([key, set]) => [key, attachmentsOf(set)]));
  const service = new Map<string, (readonly PermissionPolicy[])[]>();
  const resource = new Map<string, readonly PermissionPolicy[]>();
  for (const account of accounts) {
    const attachments = indexes.get(account.organization?.key ?? "");
    if (attachments === undefined) continue;
    const levels = controlPolicyLevels(account).map(attachments);
    const limiting = levels
      .map((level) => level.service)
      .filter((policies) => policies.length !== 1 || policies[0] !== FULL_ACCESS);
    if (limiting.length > 0) service.set(account.id, limiting);
    const guards = levels.flatMap((level) => level.resource);
    if (guards.length > 0) resource.set(account.id, guards);
  }
  return { service, resource };
}

/** The control policies that bind the accounts of a plan; `others` stand in for those of their organizations. */
export function planControlPolicies(
  { accounts, controlPolicies = new Map() }: Pick<ResolvedAccess, "accounts" | "controlPolicies">,
  others: ReadonlyMap<string, ControlPolicySet<PolicyDocument>> = new Map(),
): ControlPolicies {
  return effectiveControlPolicies(
    accounts.map(({ account }) => account),
    new Map([...controlPolicies, ...others]),
  );
}

/** What is attached at one level. */
interface LevelPolicies {
  readonly service: readonly PermissionPolicy[];
  readonly resource: readonly PermissionPolicy[];
}

function attachmentsOf({
  service,
  resource,
  fullAccess,
}: ControlPolicySet<PolicyDocument>): (level: ControlPolicyTarget) => LevelPolicies {
  const serviceAt = byTarget(service);
  const resourceAt = byTarget(resource);
  const detached = new Set(
    fullAccess === "nowhere" ? [] : fullAccess.everywhereBut.map((target) => nameOf(target)),
  );
  return (level) => {
    const name = nameOf(level);
    const full = fullAccess !== "nowhere" && !detached.has(name);
    return {
      service: [...(full ? [FULL_ACCESS] : []), ...(serviceAt.get(name) ?? [])],
      resource: resourceAt.get(name) ?? [],
    };
  };
}

function byTarget(
  attached: readonly AttachedControlPolicy<PolicyDocument>[],
): ReadonlyMap<string, readonly PermissionPolicy[]> {
  const found = new Map<string, PermissionPolicy[]>();
  for (const { name, document, targets } of attached) {
    const policy: PermissionPolicy = {
      name,
      kind: "managed",
      document: { known: true, value: document },
    };
    for (const target of targets) {
      const place = nameOf(target);
      addTo(found, place, policy);
    }
  }
  return found;
}

/** Paths begin with a slash and keys do not: the two never meet. */
function nameOf(target: ControlPolicyTarget): string {
  return target.kind === "unit" ? target.path : target.key;
}
