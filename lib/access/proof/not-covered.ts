import { FULL_ACCESS_POLICY } from "../../account-map/model/control-policy";
import { NO_CONTROL_POLICIES } from "../decide/control-policies";
import type { ControlPolicies } from "../decide/control-policies";

/** What no proof speaks of; printed with every verdict. */
export function notCovered(controls: ControlPolicies = NO_CONTROL_POLICIES): readonly string[] {
  return [
    "what the administrators of an account permit that a trust policy names as a whole",
    "who may launch an instance, or pass a role to it",
    "who is assigned to a permission set, a repository or an application of an identity provider",
    "what was changed in an account and is not in the Terraform",
    "what policies of other services permit, such as that of a bucket, and what the tags of roles open",
    controlsNotCovered(controls),
    "AWS managed policies later than the copy that is used",
  ];
}

function controlsNotCovered({ service, resource }: ControlPolicies): string {
  const inService = countNames([...service.values()].flat(2));
  const inResource = countNames([...resource.values()].flat());
  return inService + inResource === 0
    ? "service and resource control policies that were not supplied"
    : `control policies other than those that take part: ${inService} service and ${inResource} resource control policies`;
}

function countNames(policies: readonly { readonly name: string }[]): number {
  return new Set(policies.map(({ name }) => name).filter((name) => name !== FULL_ACCESS_POLICY))
    .size;
}
