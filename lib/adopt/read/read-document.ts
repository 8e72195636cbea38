import type { Readable } from "../../access/access-graph";
import { parsePolicy } from "../../access/read/policy-value";
import type { PolicyDocument } from "../../iam/policy-document";
import { isObject } from "../../source/json-object";

/** A document as an object, as text, or as text in the encoding of URLs. */
export function readDocument(value: unknown): Readable<PolicyDocument> {
  if (typeof value !== "string") {
    return isObject(value)
      ? parsePolicy(JSON.stringify(value))
      : { known: false, reason: "there is no document" };
  }
  if (value.trimStart().startsWith("{")) return parsePolicy(value);
  try {
    return parsePolicy(decodeURIComponent(value));
  } catch {
    return {
      known: false,
      reason: "its document is neither JSON nor URL-encoded JSON",
    };
  }
}
