import type { Caller } from "../../iam/condition/caller";
import { valuesOf } from "../../iam/policy-document";
import { denialDifference, permissionDifference } from "./difference";
import type { PermissionDifference } from "./difference";
import type { Permissions } from "./permission-sides";
import type { PermissionRequest } from "./requests";

/** A request in words: `ACTION on RESOURCE, with KEY` and its value. */
export function describePermissionRequest({ action, resource, keys }: PermissionRequest): string {
  const context = Object.entries(keys).map(
    ([key, value]) => `, with ${key} \`${valuesOf(value).join(", ")}\``,
  );
  return `${action} on ${resource}${context.join("")}`;
}

/** What a difference is called, by what the second side has more or less. */
export interface DifferenceWords {
  readonly gained: string;
  readonly lost: string;
}

/** How two sides differ for a caller, in words. */
export type DescribedDifference =
  | { readonly verdict: "differs"; readonly text: string }
  /** Whether they do could not be decided: why, and the statement that it is about. */
  | { readonly verdict: "unknown"; readonly text: string };

/**
 * The first difference of two sides in what they permit, else in what they deny; `undefined` where there is none.
 *
 * @param worst which of the two ways to differ is named where both are found
 */
export function describeDifference(
  before: Permissions,
  after: Permissions,
  caller: Caller,
  { permits, denies }: { readonly permits: DifferenceWords; readonly denies: DifferenceWords },
  worst: "gained" | "lost",
): DescribedDifference | undefined {
  const permitted = permissionDifference(before, after, caller);
  if (permitted.kind !== "none") return described(permitted, permits, worst);
  const denied = denialDifference(before, after, caller);
  return denied.kind === "none" ? undefined : described(denied, denies, worst);
}

function described(
  difference: Exclude<PermissionDifference, { kind: "none" }>,
  words: DifferenceWords,
  worst: "gained" | "lost",
): DescribedDifference {
  const found: { gained?: PermissionRequest; lost?: PermissionRequest } = difference;
  const way = found[worst] === undefined ? (worst === "gained" ? "lost" : "gained") : worst;
  const request = found[way];
  if (request !== undefined) {
    return { verdict: "differs", text: `${words[way]}: ${describePermissionRequest(request)}` };
  }
  const { statements, reasons } = difference as Extract<typeof difference, { kind: "unknown" }>;
  return { verdict: "unknown", text: `${reasons.join("; ")}: ${statements[0] ?? ""}` };
}
