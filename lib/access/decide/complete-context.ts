import { nameInArn, parseArn } from "../../iam/arn";
import { callerAccount, principalArn } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import { parseDate } from "../../iam/condition/date-value";
import { requestContext } from "../../iam/condition/request-context";
import type { RequestContext } from "../../iam/condition/request-context";
import type { OneOrMore } from "../../iam/policy-document";
import { valuesOf } from "../../iam/policy-document";
import { keyPresence, neverTrue } from "./condition-key";
import type { AccountFacts } from "../account-directory";
import type { AccessModel } from "./access-model";
import type { RequestFacts } from "./role-request";
import { principalTags, resourceTagKeys } from "./known-tags";

/**
 * The context of a request: the keys that were said, and those that follow from the caller, the role, the
 * Terraform and the map. The organization of an account that is not in the map is what the keys say, or none.
 */
export function completeContext(
  { caller, roleArn, time, keys }: RequestFacts,
  { accounts, graph }: Pick<AccessModel, "accounts" | "graph">,
): RequestContext {
  const provider = "provider" in caller ? caller.provider : undefined;
  const derived = {
    ...followingKeys({ caller, roleArn, time }, accounts),
    ...sourceOrganization(keys, accounts),
    ...resourceTagKeys(graph, roleArn),
  };
  const merged = new Map<string, readonly [name: string, value: OneOrMore]>();
  // Tags of a session come over those of its role.
  const first = Object.entries(principalTags(graph, caller));
  for (const [name, value] of [...first, ...Object.entries(keys), ...Object.entries(derived)]) {
    if (keyPresence(name, caller.kind, provider) === "never") continue;
    if (neverTrue(name, caller.kind) && valuesOf(value).includes("true")) continue;
    merged.set(name.toLowerCase(), [name, value]);
  }
  return requestContext(Object.fromEntries(merged.values()));
}

/** The keys of a request that follow from the caller, the role, the time and the map; an empty list is an absent key. */
export function followingKeys(
  { caller, roleArn, time }: Omit<RequestFacts, "keys">,
  accounts: AccessModel["accounts"],
): Readonly<Record<string, OneOrMore>> {
  const account = callerAccount(caller);
  const roleAccount = parseArn(roleArn)?.accountId ?? "";
  const seconds = parseDate(time);
  return {
    "aws:CurrentTime": time,
    "aws:EpochTime": seconds === undefined ? [] : String(Math.floor(seconds / 1000)),
    "aws:PrincipalArn": principalArn(caller) ?? [],
    ...(account === undefined ? {} : { "aws:PrincipalAccount": account }),
    ...principalType(caller),
    "aws:PrincipalIsAWSService": String(caller.kind === "service"),
    "aws:PrincipalServiceName": caller.kind === "service" ? caller.service : [],
    "aws:username": caller.kind === "user" ? lastSegment(caller.arn) : [],
    "aws:SecureTransport": "true",
    // Whoever assumes a role calls STS directly (rule CK-14).
    ...(caller.kind === "service" ? {} : { "aws:ViaAWSService": "false" }),
    "aws:ResourceAccount": roleAccount,
    ...organizationKeys("Principal", accounts.get(account ?? "")),
    ...organizationKeys("Resource", accounts.get(roleAccount)),
  };
}

/** The organization of the account for which a service calls follows from the account (rule CK-10). */
function sourceOrganization(
  keys: RequestFacts["keys"],
  accounts: AccessModel["accounts"],
): Readonly<Record<string, OneOrMore>> {
  const [, said] =
    Object.entries(keys).find(([key]) => key.toLowerCase() === "aws:sourceaccount") ?? [];
  const [account, ...more] = valuesOf(said);
  return account === undefined || more.length > 0
    ? {}
    : organizationKeys("Source", accounts.get(account));
}

/** What the map settles of an account's organization: nothing for accounts that are not in it. */
function organizationKeys(
  whose: "Principal" | "Resource" | "Source",
  facts: AccountFacts | undefined,
): Readonly<Record<string, OneOrMore>> {
  if (facts === undefined) return {};
  const { organizationId, organizationPath } = facts;
  if (organizationId === undefined)
    return { [`aws:${whose}OrgID`]: [], [`aws:${whose}OrgPaths`]: [] };
  return {
    [`aws:${whose}OrgID`]: organizationId,
    ...(organizationPath === undefined ? {} : { [`aws:${whose}OrgPaths`]: organizationPath }),
  };
}

function principalType(caller: Caller): Readonly<Record<string, OneOrMore>> {
  if (caller.kind === "user") return { "aws:PrincipalType": "User" };
  return caller.kind === "role-session" ? { "aws:PrincipalType": "AssumedRole" } : {};
}

function lastSegment(arn: string): string {
  return nameInArn(arn);
}
