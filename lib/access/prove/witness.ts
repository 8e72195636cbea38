import type { Caller } from "../../iam/condition/caller";
import { requestContext } from "../../iam/condition/request-context";
import type { AccessRequest } from "../access-request";
import { evaluate } from "./formula";
import type { Atom } from "./formula";
import type { KeyUsage } from "./key-usage";
import { PRINCIPAL_DIMENSION } from "./open-value";
import { SESSION_DIMENSION } from "./request-space";
import type { RequestSpace } from "./request-space";
import type { Model } from "./search";
import type { Theory } from "./theory";

/** The keys that a request of an AWS principal is shown with, whether the policies test them or not. */
const ALWAYS_SHOWN = ["aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgID"];

/** The request that a model stands for: with the keys that the policies test, and as few of them as may be. */
export function witness(
  space: RequestSpace,
  model: Model,
  usage: KeyUsage,
  theory: Theory,
): AccessRequest {
  const { caller: outline, action, role } = space.scenario;
  const chosen = new Map(model.values);

  function valueOf(dimension: string): readonly string[] {
    let value = chosen.get(dimension);
    if (value === undefined) {
      const facts = space.dimensions.get(dimension);
      const solution = facts && theory.solve(facts, [], true);
      value = solution?.solved === true ? solution.value : [];
      chosen.set(dimension, value);
    }
    return value;
  }

  /** Atoms that were not asked follow from the values; flags that were not asked are down. */
  function answer(atom: Atom): boolean {
    const asked = model.answers.get(atom.id);
    if (asked !== undefined) return asked;
    return "dimension" in atom && theory.holds(atom, valueOf(atom.dimension));
  }

  function keyValues(key: string): readonly string[] {
    const state = space.keyState(key);
    if (state.fixed !== undefined) return state.fixed;
    if (evaluate(state.presence, answer) !== true || state.value.kind === "untold") return [];
    return state.value.read(valueOf(state.value.dimension));
  }

  const names = new Map(ALWAYS_SHOWN.map((name) => [name.toLowerCase(), name]));
  for (const [key, use] of usage) if (!names.has(key)) names.set(key, use.name);
  const caller = callerOf(outline, valueOf);
  const context = requestContext(
    Object.fromEntries([...names.values()].map((name) => [name, keyValues(name)])),
  );
  return { caller, action, roleArn: role.arn, context };
}

function callerOf(
  outline: RequestSpace["scenario"]["caller"],
  valueOf: (dimension: string) => readonly string[],
): Caller {
  switch (outline.kind) {
    case "user":
      return { kind: "user", arn: valueOf(PRINCIPAL_DIMENSION)[0] ?? "" };
    case "role-session":
      return {
        kind: "role-session",
        roleArn: valueOf(PRINCIPAL_DIMENSION)[0] ?? "",
        sessionName: valueOf(SESSION_DIMENSION)[0] ?? "",
      };
    case "service":
    case "web-identity":
    case "saml":
      return outline;
  }
}
