import { parseArn } from "../../iam/arn";
import { decisionOf } from "../../access/permissions/decision";
import { describePermissionRequest } from "../../access/permissions/describe";
import { comparePermitted } from "../../access/permissions/difference";
import type { PermissionDifference } from "../../access/permissions/difference";
import type { ExcessSearch } from "../../access/permissions/excess";
import { rulesOf } from "../../access/permissions/permission-sides";
import type { Permissions } from "../../access/permissions/permission-sides";
import type { PermissionRequest } from "../../access/permissions/requests";
import { callerAccount } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import { valuesOf } from "../../iam/policy-document";
import type { WitnessText } from "./witness-text";

/** How what an identity is permitted differs, and by which action patterns. */
export interface PermissionComparison {
  readonly difference: PermissionDifference;
  /** Patterns of which some action is gained, each by a request. */
  readonly gained: readonly string[];
  /** Patterns of which some action is lost, each by a request. */
  readonly lost: readonly string[];
}

/** Compares what an identity is permitted. */
export type PermissionSearch = (
  caller: Caller,
  base: Permissions,
  head: Permissions,
) => PermissionComparison;

/** A search that looks once where policies of many accounts differ in nothing but the account's id. */
export function permissionSearch(): PermissionSearch {
  const known = new Map<string, Found>();
  return (caller, base, head) => {
    const account = callerAccount(caller) ?? "";
    const policies = JSON.stringify([base, head]);
    const who = WHO_ASKS.test(policies) ? JSON.stringify(caller) : caller.kind;
    const key = masked(`${who} ${policies}`, account);
    const before = known.get(key);
    const reused = before === undefined ? undefined : reuse(before, caller, base, head);
    if (reused !== undefined) return reused;
    const { difference, gained, lost } = comparePermitted(base, head, caller);
    const comparison = {
      difference,
      gained: changedPatterns(gained, "gained" in difference ? difference.gained : undefined),
      lost: changedPatterns(lost, "lost" in difference ? difference.lost : undefined),
    };
    known.set(key, { account, comparison });
    return comparison;
  };
}

/** A request for a reader. */
export function witnessText(request: PermissionRequest): WitnessText {
  const { action, resource, keys } = request;
  return {
    request: describePermissionRequest(request),
    action,
    resource,
    with: Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, valuesOf(value)])),
  };
}

/** The patterns of which some action is permitted on one side only; at least the action that was found. */
function changedPatterns(
  search: ExcessSearch,
  request: PermissionRequest | undefined,
): readonly string[] {
  const changed = search.patterns.filter((each) => search.ofPattern(each).excess === "some");
  return changed.length > 0 || request === undefined ? changed : [request.action];
}

/** Where policies name the keys that say who asks, their answer depends on it. */
const WHO_ASKS = /aws:(principal(arn|account|type|isawsservice)|username)/i;

interface Found {
  readonly account: string;
  readonly comparison: PermissionComparison;
}

/** No policy has this character (rule ID-22). */
const OWN = "\u0000";

function masked(text: string, account: string): string {
  return account === "" ? text : text.replace(idPattern(account), OWN);
}

function idPattern(account: string): RegExp {
  return new RegExp(`(?<!\\d)${account}(?!\\d)`, "g");
}

/** What was found before, with its requests renamed and confirmed; `undefined` where one is not. */
function reuse(
  { account, comparison }: Found,
  caller: Caller,
  base: Permissions,
  head: Permissions,
): PermissionComparison | undefined {
  const own = callerAccount(caller) ?? "";
  const rename = (value: string): string =>
    account === "" ? value : value.replace(idPattern(account), own);
  const renamed = (request: PermissionRequest): PermissionRequest => ({
    ...request,
    resource: rename(request.resource),
    keys: Object.fromEntries(
      Object.entries(request.keys).map(([key, value]) => [key, valuesOf(value).map(rename)]),
    ),
  });
  const confirmed = (request: PermissionRequest, from: Permissions, to: Permissions): boolean =>
    parseArn(request.resource) !== undefined &&
    decisionOf(rulesOf(to), request, caller) === "allow" &&
    decisionOf(rulesOf(from), request, caller).endsWith("deny");
  const { difference } = comparison;
  const gained = "gained" in difference ? renamed(difference.gained) : undefined;
  const lost = "lost" in difference ? renamed(difference.lost) : undefined;
  if (gained !== undefined && !confirmed(gained, base, head)) return undefined;
  if (lost !== undefined && !confirmed(lost, head, base)) return undefined;
  return {
    ...comparison,
    difference: {
      ...difference,
      ...(gained === undefined ? {} : { gained }),
      ...(lost === undefined ? {} : { lost }),
    } as PermissionDifference,
  };
}
