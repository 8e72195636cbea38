import { valuesOf } from "../../iam/policy-document";
import type { PermissionRequest } from "./requests";

/** A request in words: `ACTION on RESOURCE, with KEY` and its value. */
export function describePermissionRequest({ action, resource, keys }: PermissionRequest): string {
  const context = Object.entries(keys).map(
    ([key, value]) => `, with ${key} \`${valuesOf(value).join(", ")}\``,
  );
  return `${action} on ${resource}${context.join("")}`;
}
