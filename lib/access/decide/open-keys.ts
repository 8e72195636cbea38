import { parseArn } from "../../iam/arn";
import { callerAccount } from "../../iam/condition/caller";
import type { StatementRequest } from "../../iam/condition/evaluate-statement";

import type { OpenKey, OpenKeys } from "../../iam/condition/open-key";
import { shortServiceName } from "../../iam/services/service-principal";
import { keyPresence, neverTrue } from "./condition-key";
import type { AccessModel } from "./access-model";
import { isOpenTag } from "./known-tags";

/** A request as far as it tells which of its keys are open. */
type Asked = Pick<StatementRequest, "caller" | "action" | "resource" | "context">;

const ALWAYS: OpenKey = { presence: "always" };
const POSSIBLE: OpenKey = { presence: "possible" };

/** The keys that every request of such a caller has: to take them for absent would be wrong. */
export function alwaysOpen({ caller, action, context }: Omit<Asked, "resource">): OpenKeys {
  const provider = "provider" in caller ? caller.provider : undefined;
  return (key) => {
    const name = key.toLowerCase();
    const isAlways =
      keyPresence(name, caller.kind, provider) === "always" ||
      (name === "sts:rolesessionname" &&
        action.startsWith("sts:AssumeRole") &&
        caller.kind !== "service") ||
      // Whoever is in an organization is somewhere in it.
      ORGANIZATIONS.some((whose) => name === `${whose}orgpaths` && context.has(`${whose}orgid`));
    if (isAlways) return ALWAYS;
    return neverTrue(name, caller.kind) ? ABSENT_OR_FALSE : undefined;
  };
}

/** AWS says both of sessions of roles (rule CK-15). */
const ABSENT_OR_FALSE: OpenKey = {
  presence: "possible",
  within: { like: "false" },
  why: "whether requests of role sessions carry it with `false` or lack it is not known (CK-15)",
};

/** Whose organization keys tell. */
const ORGANIZATIONS = ["aws:principal", "aws:resource", "aws:source"] as const;

/**
 * The keys of a request that control policies may find although it was not said: those that are always there;
 * of accounts that the map does not have, their organization; tags that the Terraform does not say. Whatever
 * else was not said is absent.
 */
export function openForControls(world: AccessModel, asked: Asked): OpenKeys {
  const always = alwaysOpen(asked);
  const { caller, resource, context } = asked;
  const accounts: Readonly<Record<string, string | undefined>> = {
    "aws:principal": callerAccount(caller),
    "aws:resource": parseArn(resource)?.accountId,
    "aws:source": context.get("aws:sourceaccount")?.values[0],
  };
  return (key) => {
    const name = key.toLowerCase();
    const known = always(name);
    if (known !== undefined) return known;
    const whose = ORGANIZATIONS.find(
      (each) => name === `${each}orgid` || name === `${each}orgpaths`,
    );
    if (whose !== undefined) {
      const account = accounts[whose];
      return account === undefined || world.accounts.has(account) ? undefined : POSSIBLE;
    }
    if (name === "aws:principalaccount" && "provider" in caller) return ANONYMOUS;
    return isOpenTag(world.graph, caller, resource, name) ? POSSIBLE : undefined;
  };
}

/** What the key says of a call that no credentials sign (rule CK-09). */
const ANONYMOUS: OpenKey = { presence: "always", within: { like: "anonymous" } };

/**
 * The keys that the requests of a declared caller may have although the map does not say them: every key that
 * such a caller can have at all. What a caller adds by itself, such as an external ID, it adds as the map says.
 */
export function openForProof(world: AccessModel, asked: Asked): OpenKeys {
  const known = openForControls(world, asked);
  const { caller } = asked;
  const provider = "provider" in caller ? caller.provider : undefined;
  return (key) => {
    const name = key.toLowerCase();
    const open = known(name);
    if (open !== undefined || isSettled(name, asked)) return open;
    return keyPresence(name, caller.kind, provider) === "never" ? undefined : POSSIBLE;
  };
}

/** Whether an absent key is known to be absent. */
function isSettled(name: string, { caller }: Asked): boolean {
  const passesTags = caller.kind === "service" && TAGGING.has(shortServiceName(caller.service));
  return (
    (SAID.test(name) && !passesTags) ||
    name.startsWith("aws:resourcetag/") ||
    name.startsWith("iam:resourcetag/") ||
    (name.startsWith("aws:principaltag/") &&
      (caller.kind === "user" || caller.kind === "role-session")) ||
    ORGANIZATIONS.some((whose) => name === `${whose}orgid` || name === `${whose}orgpaths`) ||
    // Nobody else calls in the name of whoever assumes a role (rule CK-14).
    (name.startsWith("aws:calledvia") && caller.kind !== "service")
  );
}

/** What a caller says of its own accord. */
const SAID =
  /^(?:sts:externalid|sts:sourceidentity|aws:sourceidentity|aws:tagkeys|sts:transitivetagkeys|aws:requesttag\/.*)$/;

/** Services that pass tags of their own (rule OI-15; IAM Roles Anywhere User Guide). */
const TAGGING: ReadonlySet<string> = new Set(["pods.eks", "rolesanywhere"]);

/** Open keys of which some are known better, by name in lower case; `undefined` for one that is absent. */
export function withOpen(
  open: OpenKeys,
  known: ReadonlyMap<string, OpenKey | undefined>,
): OpenKeys {
  return known.size === 0
    ? open
    : (key) => {
        const name = key.toLowerCase();
        return known.has(name) ? known.get(name) : open(name);
      };
}
