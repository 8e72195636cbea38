import { keyPresence } from "../decide/condition-key";
import type { Scenario } from "./scenario";

/**
 * The values of a key that a scenario settles: none where the key is absent, `undefined` where the
 * scenario leaves it open. These are axioms of the environment (rules CK-01 to CK-24).
 */
export function fixedValues(
  name: string,
  { caller, role }: Scenario,
): readonly string[] | undefined {
  if (keyPresence(name, caller.kind, providerOf(caller)) === "never") return [];
  switch (name) {
    case "aws:principalaccount":
      return "accountId" in caller ? [caller.accountId] : undefined;
    case "aws:principaltype":
      if (!("accountId" in caller)) return undefined;
      return [caller.kind === "user" ? "User" : "AssumedRole"];
    case "aws:principalisawsservice":
      return [caller.kind === "service" ? "true" : "false"];
    case "aws:principalorgid":
    case "aws:principalorgpaths":
      return organizationValues(name, caller);
    case "aws:resourceaccount":
      return [role.accountId];
    case "aws:resourceorgid":
      return role.facts === undefined ? undefined : optional(role.facts.organizationId);
    default:
      return undefined;
  }
}

/** The provider of a federated caller. */
export function providerOf(caller: Scenario["caller"]): string | undefined {
  return "provider" in caller ? caller.provider : undefined;
}

function organizationValues(
  name: "aws:principalorgid" | "aws:principalorgpaths",
  caller: Scenario["caller"],
): readonly string[] | undefined {
  if (!("accountId" in caller) || !caller.organization.known) return undefined;
  const { organizationId, organizationPath } = caller.organization.facts;
  if (organizationId === undefined || name === "aws:principalorgid") {
    return optional(organizationId);
  }
  return organizationPath === undefined ? undefined : [organizationPath];
}

function optional(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}
