import { trustEntries } from "../../lib/access/callers/trust-entries";
import { callerOfArn } from "../../lib/access/callers/named-caller";
import type { NamedCaller } from "../../lib/access/callers/named-caller";
import type { CallerTerms } from "../../lib/access/callers/caller-terms";
import { policyDocument } from "../../lib/iam/policy-document";
import type { PrincipalElement } from "../../lib/iam/policy-document";

/** A change of a way with who comes by it, as its name alone says, and on no terms. */
export function called<const T extends { readonly from: string }>(
  change: T,
): T & { readonly caller: NamedCaller; readonly terms: CallerTerms } {
  return { caller: callerOfName(change.from), terms: { conditions: [[]] }, ...change };
}

/** Who a name is, as a trust policy without conditions would mean it. */
export function callerOfName(name: string): NamedCaller {
  if (/^arn:.*[*?]/.test(name)) return callerOfArn(name);
  const Principal: PrincipalElement = name.includes("-provider/")
    ? { Federated: name }
    : name.includes(".amazonaws.com")
      ? { Service: name }
      : { AWS: name };
  const document = policyDocument([{ Effect: "Allow", Principal, Action: "sts:*" }]);
  const [entry] = trustEntries(document, "aws");
  return entry?.who ?? { kind: "other", text: name };
}
