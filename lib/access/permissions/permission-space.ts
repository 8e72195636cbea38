import { NO_ARN, nameInArn, parseArn } from "../../iam/arn";
import { callerAccount, principalArn } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import type { OneOrMore } from "../../iam/policy-document";
import { keyPresence } from "../decide/condition-key";
import { NOT_COLON, ANY } from "../prove/solvers/characters";
import { TRUE, ask } from "../prove/formula";
import type { KeyUsage } from "../prove/key-usage";
import { modelValues } from "../prove/model-values";
import { TIME_DIMENSION, ownValue, timeValue } from "../prove/open-value";
import { TIME_DOMAIN } from "../prove/request-space";
import type { KeySpace, KeyState } from "../prove/request-space";
import type { PermissionRequest } from "./requests";
import type { Model } from "../prove/search";
import { many, one, pattern, text } from "../prove/solvers/string-pattern";
import type { StringPattern } from "../prove/solvers/string-pattern";
import type { Dimension, Theory } from "../prove/theory";

/** The requests that one identity can make of any resource: all but the action. */
export interface PermissionSpace extends KeySpace {
  readonly dimensions: ReadonlyMap<string, Dimension>;
}

/** The resource that is asked for. */
export const RESOURCE_DIMENSION = "resource";

/**
 * The requests of an identity, as far as the keys in use go. Every key but those that say who asks is open, and
 * independent of all others: what holds for all of these requests holds for all that AWS can see.
 */
export function permissionSpace(caller: Caller, usage: KeyUsage): PermissionSpace {
  const fixed = settledKeys(caller);
  const dimensions = new Map<string, Dimension>([
    [RESOURCE_DIMENSION, { kind: "string", language: resources(caller) }],
    [TIME_DIMENSION, { kind: "time", domain: TIME_DOMAIN }],
  ]);
  const states = new Map<string, KeyState>();

  function openState(name: string): KeyState {
    const use = usage.get(name);
    let value = timeValue(name, use);
    if (value === undefined) {
      const own = ownValue(name, use);
      dimensions.set(name, own.dimension);
      value = own.value;
    }
    const presence = isAlwaysThere(name, caller)
      ? TRUE
      : ask({ kind: "flag", id: `present ${name}` });
    return { presence, value };
  }

  return {
    dimensions,
    assumed: new Map(),
    open: new Set(),
    keyState(key) {
      const name = key.toLowerCase();
      const settled = fixed.get(name);
      const state =
        states.get(name) ?? (settled === undefined ? openState(name) : { fixed: settled });
      states.set(name, state);
      return state;
    },
  };
}

/** The keys that say who asks, by their lower-case names; no value where the key is absent (rules CK-07, CK-09, CK-20, CK-24). */
export function settledKeys(caller: Caller): ReadonlyMap<string, readonly string[]> {
  const arn = principalArn(caller);
  if (arn === undefined) return new Map();
  const isUser = caller.kind === "user";
  return new Map([
    ["aws:principalarn", [arn]],
    ["aws:principalaccount", [callerAccount(caller) ?? ""]],
    ["aws:principaltype", [isUser ? "User" : "AssumedRole"]],
    ["aws:principalisawsservice", ["false"]],
    ["aws:username", isUser ? [nameInArn(arn)] : []],
  ]);
}

/** A request with the keys that say who asks as they are for the caller. */
export function settledRequest(request: PermissionRequest, caller: Caller): PermissionRequest {
  const own = settledKeys(caller);
  const keys: Record<string, PermissionRequest["keys"][string]> = {};
  for (const [name, value] of Object.entries(request.keys)) {
    const values = own.get(name.toLowerCase());
    const [only] = values ?? [];
    if (values === undefined) keys[name] = value;
    else if (only !== undefined) keys[name] = only;
  }
  return { ...request, keys };
}

/** Whether every request of a caller carries a key. */
export function isAlwaysThere(key: string, caller: Caller): boolean {
  return keyPresence(key, caller.kind) === "always";
}

/** ARNs of the caller's partition, and `*`: the resource of an action that knows none. */
function resources(caller: Caller): StringPattern {
  const { partition = "aws" } = parseArn(principalArn(caller) ?? "") ?? NO_ARN;
  const field = [many(NOT_COLON), ...text(":")];
  return pattern(
    [
      ...text(`arn:${partition}:`),
      one(NOT_COLON),
      ...field,
      ...field,
      ...field,
      one(ANY),
      many(ANY),
    ],
    text("*"),
  );
}

/** What a model says of a request: its resource, and the keys that it must carry. */
export function requestOf(
  space: PermissionSpace,
  model: Model,
  usage: KeyUsage,
  theory: Theory,
): { readonly resource: string; readonly keys: Readonly<Record<string, OneOrMore>> } {
  const { valueOf, keyValues } = modelValues(space, model, theory);
  const keys: Record<string, OneOrMore> = {};
  for (const [name, use] of usage) {
    const values = keyValues(name);
    const [only] = values;
    if (only !== undefined) keys[use.name] = values.length === 1 ? only : values;
  }
  return { resource: valueOf(RESOURCE_DIMENSION)[0] ?? "", keys };
}
