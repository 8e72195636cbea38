import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Permissions } from "../../../lib/access/permissions/permission-sides";
import { parsePolicy } from "../../../lib/access/read/policy-value";
import type { PolicyDocument } from "../../../lib/iam/policy-document";
import { ROOT } from "../project";

/** What a pair comes to. */
export type PairVerdict = "none" | "widened" | "narrowed" | "changed";

/** What an identity is permitted before and after, and what that comes to. */
export interface PermissionPair {
  readonly name: string;
  readonly before: Permissions;
  readonly after: Permissions;
  readonly verdict: PairVerdict;
  /** What became of the explicit denials. */
  readonly denials: PairVerdict;
}

/** A trust policy before and after, and what that comes to. */
export interface TrustPair {
  readonly name: string;
  readonly before: PolicyDocument;
  readonly after: PolicyDocument;
  readonly verdict: PairVerdict;
}

/** The pairs of permissions whose verdicts are settled. */
export function permissionPairs(): readonly PermissionPair[] {
  return records("permission-pairs.json").map((each) => {
    const { boundaries = [], versions = [] } = each as {
      boundaries?: (unknown[] | null)[];
      versions?: string[];
    };
    const side = (statements: unknown, index: number): Permissions => ({
      policies: [documentOf(statements, versions[index])],
      ...(boundaries[index] ? { boundary: documentOf(boundaries[index]) } : {}),
    });
    return {
      name: String(each.name),
      before: side(each.before, 0),
      after: side(each.after, 1),
      verdict: each.verdict as PairVerdict,
      denials: (each.denials ?? "none") as PairVerdict,
    };
  });
}

/** The pairs of trust policies whose verdicts are settled. */
export function trustPairs(): readonly TrustPair[] {
  return records("trust-pairs.json").map((each) => ({
    name: String(each.name),
    before: documentOf(each.before),
    after: documentOf(each.after),
    verdict: each.verdict as PairVerdict,
  }));
}

/** What a pair comes to the other way round. */
export function reversed(verdict: PairVerdict): PairVerdict {
  return verdict === "widened" ? "narrowed" : verdict === "narrowed" ? "widened" : verdict;
}

function records(file: string): readonly Readonly<Record<string, unknown>>[] {
  const path = join(ROOT, "__tests__", "fixtures", file);
  return JSON.parse(readFileSync(path, "utf8")) as Readonly<Record<string, unknown>>[];
}

/** A document as it is read from the text of a policy. */
function documentOf(statements: unknown, version = "2012-10-17"): PolicyDocument {
  const read = parsePolicy(JSON.stringify({ Version: version, Statement: statements }));
  if (!read.known) throw new Error(read.reason);
  return read.value;
}
