import type { AccessRequest } from "../access-request";
import type { Caller } from "../../iam/condition/caller";

/** A request in which names stand for others: whole values, and account ids within ARNs. */
export function renamedRequest(
  request: AccessRequest,
  names: readonly (readonly [from: string, to: string])[],
): AccessRequest {
  const whole = new Map(names);
  const rename = (value: string): string => {
    const renamed = whole.get(value);
    if (renamed !== undefined) return renamed;
    return value.replace(/(?<=:)\d{12}(?=:)/g, (id) => whole.get(id) ?? id);
  };
  const { caller, action, roleArn, context } = request;
  return {
    caller: renamedCaller(caller, rename),
    action,
    roleArn: rename(roleArn),
    context: new Map(
      [...context].map(([key, entry]) => [key, { ...entry, values: entry.values.map(rename) }]),
    ),
  };
}

function renamedCaller(caller: Caller, rename: (value: string) => string): Caller {
  switch (caller.kind) {
    case "user":
      return { ...caller, arn: rename(caller.arn) };
    case "role-session":
      return { ...caller, roleArn: rename(caller.roleArn) };
    case "service":
      return caller;
    case "web-identity":
    case "saml":
      return { ...caller, provider: rename(caller.provider) };
  }
}
