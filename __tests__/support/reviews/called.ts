import { trustEntries } from "../../../lib/access/callers/trust-entries";
import { callerOfArn } from "../../../lib/access/callers/named-caller";
import type { NamedCaller } from "../../../lib/access/callers/named-caller";
import type { CallerTerms } from "../../../lib/access/callers/caller-terms";
import type { AccessChange } from "../../../lib/review/kinds/kinds";
import type { Review } from "../../../lib/review/review";
import { policyDocument } from "../../../lib/iam/policy-document";
import type { PrincipalElement } from "../../../lib/iam/policy-document";

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

/** A review without what its changes say of callers and their terms, for tests that are about the rest. */
export function withoutCallers(review: Review): Review {
  return { ...review, changes: review.changes.map(plain) };
}

function plain(change: AccessChange): AccessChange {
  switch (change.kind) {
    case "edge":
    case "reach":
      return without(change, ["caller", "terms"]);
    case "trust": {
      const { gained, lost } = change;
      return {
        ...without(change, ["added", "removed"]),
        ...(gained === undefined ? {} : { gained: without(gained, ["who"]) }),
        ...(lost === undefined ? {} : { lost: without(lost, ["who"]) }),
      };
    }
    default:
      return change;
  }
}

function without<T extends object>(value: T, names: readonly (keyof T & string)[]): T {
  const hidden: readonly string[] = names;
  return Object.fromEntries(Object.entries(value).filter(([name]) => !hidden.includes(name))) as T;
}
