import type { Caller } from "../../iam/condition/caller";
import { requestContext } from "../../iam/condition/request-context";
import type { AccessRequest } from "../access-request";
import type { KeyUsage } from "./key-usage";
import { modelValues } from "./model-values";
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
  const { valueOf, keyValues } = modelValues(space, model, theory);
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
