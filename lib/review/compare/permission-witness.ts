import { permissionDifference } from "../../access/permission-difference";
import type { PermissionDifference } from "../../access/permission-difference";
import { splitArn } from "../../iam/condition/arn-match";
import { callerAccount } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import { decide, evaluatePolicy } from "../../iam/condition/evaluate-policy";
import type { StatementRequest } from "../../iam/condition/evaluate-statement";
import { requestContext } from "../../iam/condition/request-context";
import { valuesOf } from "../../iam/policy-document";
import type { PolicyDocument } from "../../iam/policy-document";
import type { WitnessText } from "../access-change";

/** A request that one side permits and the other does not; `undefined` where none was found. */
export type PermissionWitness =
  { readonly gained: WitnessText } | { readonly lost: WitnessText } | undefined;

/** Finds requests that show how policies differ. */
export type PermissionSearch = (
  caller: Caller,
  base: readonly PolicyDocument[],
  head: readonly PolicyDocument[],
) => PermissionWitness;

/** A search that looks once where policies of many accounts differ in nothing but the account's id. */
export function permissionSearch(): PermissionSearch {
  const known = new Map<string, Found>();
  return (caller, base, head) => {
    const account = callerAccount(caller) ?? "";
    const key = masked(JSON.stringify([caller.kind, base, head]), account);
    const before = known.get(key);
    const reused = before === undefined ? undefined : reuse(before, caller, base, head);
    if (reused !== undefined) return witnessOf(reused);
    const difference = permissionDifference(head, base, caller);
    known.set(key, { account, difference });
    return witnessOf(difference);
  };
}

interface Found {
  readonly account: string;
  readonly difference: PermissionDifference;
}

/** No policy has this character (rule ID-22). */
const OWN = "\u0000";

function masked(text: string, account: string): string {
  return account === "" ? text : text.replace(idPattern(account), OWN);
}

function idPattern(account: string): RegExp {
  return new RegExp(`(?<!\\d)${account}(?!\\d)`, "g");
}

function reuse(
  { account, difference }: Found,
  caller: Caller,
  base: readonly PolicyDocument[],
  head: readonly PolicyDocument[],
): PermissionDifference | undefined {
  if (difference.kind !== "request") return difference;
  const own = callerAccount(caller) ?? "";
  const rename = (value: string): string =>
    account === "" ? value : value.replace(idPattern(account), own);
  const renamed = {
    ...difference,
    resource: rename(difference.resource),
    keys: Object.fromEntries(
      Object.entries(difference.keys).map(([key, value]) => [key, valuesOf(value).map(rename)]),
    ),
  };
  const { action, resource, keys, granted } = renamed;
  const request = { caller, action, resource, context: requestContext(keys) };
  const isConfirmed =
    splitArn(resource) !== undefined &&
    permits(head, request) === (granted ? "allow" : "deny") &&
    permits(base, request) === (granted ? "deny" : "allow");
  return isConfirmed ? renamed : undefined;
}

function permits(
  documents: readonly PolicyDocument[],
  request: StatementRequest,
): "allow" | "deny" | "unknown" {
  const decision = decide(
    documents.flatMap((each) => evaluatePolicy("identity", each, request).applied),
  );
  return decision === "allow" || decision === "unknown" ? decision : "deny";
}

function witnessOf(difference: PermissionDifference): PermissionWitness {
  if (difference.kind !== "request") return undefined;
  const { granted, action, resource, keys } = difference;
  const context = Object.entries(keys).map(
    ([key, value]) => `, with ${key} \`${valuesOf(value).join(", ")}\``,
  );
  const request = `${action} on ${resource}${context.join("")}`;
  const shown: WitnessText = {
    request,
    action,
    resource,
    with: Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, valuesOf(value)])),
  };
  return granted ? { gained: shown } : { lost: shown };
}
