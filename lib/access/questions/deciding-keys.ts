import type { AccessRequest } from "../access-request";
import { matchesAction } from "../../iam/condition/action-match";
import { principalArn } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import { globOf, matchesGlob } from "../../iam/condition/glob";
import { matchPrincipal } from "../../iam/condition/principal-match";
import { valuesOf } from "../../iam/policy-document";
import type { ConditionBlock, PolicyDocument, Statement } from "../../iam/policy-document";

/**
 * The condition keys by which one trust policy allows a request and another does not: those that the two do not
 * test alike in the statements that name its caller and action. Sorted, as the policies write them.
 */
export function decidingKeys(
  request: AccessRequest,
  [one, other]: readonly [PolicyDocument, PolicyDocument],
): readonly string[] {
  const [tests, others] = [testsOf(one, request), testsOf(other, request)];
  const keys = new Map<string, string>();
  for (const [test, key] of [...tests, ...others]) {
    if (tests.has(test) && others.has(test)) continue;
    if (!IN_CALLER.has(key.toLowerCase())) keys.set(key.toLowerCase(), key);
  }
  return [...keys.values()].sort();
}

/** What the name of the caller says already. */
const IN_CALLER: ReadonlySet<string> = new Set(["aws:principalarn", "aws:principalaccount"]);

/** The keys that a policy tests for a caller and an action, by all that it asks of them. */
function testsOf(
  { Statement: statements }: PolicyDocument,
  request: AccessRequest,
): ReadonlyMap<string, string> {
  const tests = new Map<string, string>();
  for (const statement of statements) {
    if (!isAbout(statement, request)) continue;
    for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
      for (const [key, values] of Object.entries(keys)) {
        const asked = [...valuesOf(values)].sort();
        tests.set(JSON.stringify([statement.Effect, operator, key.toLowerCase(), asked]), key);
      }
    }
  }
  return tests;
}

function isAbout(
  { Principal, Action, NotAction, Condition }: Statement,
  { caller, action }: AccessRequest,
): boolean {
  const named = valuesOf(Action ?? NotAction).some((each) => matchesAction(each, action));
  if (named !== (Action !== undefined)) return false;
  if (Principal !== undefined && matchPrincipal(Principal, caller).outcome === "no-match") {
    return false;
  }
  return pinsOf(Condition).every((pins) => isPinned(caller, pins));
}

/** What conditions pin the caller's ARN to, one list each. */
function pinsOf(condition: ConditionBlock = {}): readonly (readonly string[])[] {
  return ["ArnEquals", "ArnLike", "StringEquals", "StringLike"].flatMap((operator) =>
    Object.entries(condition[operator] ?? {}).flatMap(([key, values]) =>
      key.toLowerCase() === "aws:principalarn" ? [valuesOf(values)] : [],
    ),
  );
}

function isPinned(caller: Caller, pins: readonly string[]): boolean {
  const arn = principalArn(caller);
  return arn !== undefined && pins.some((pin) => matchesGlob(globOf(pin), arn));
}
