import { describeRequest } from "../../access/decide/describe-request";
import type { AccountDirectory } from "../../access/account-directory";
import { proveContained } from "../../access/prove/prove-contained";
import type { PolicyDocument } from "../../iam/policy-document";
import { formatDuration } from "../../account-map/model/duration";
import type { Tags } from "../../account-map/model/account-map";
import type { AccountPlan, RolePlan } from "../../plan/resolved-access";
import { comparePermissions } from "./compare-permissions";
import type { ExistingAccess, ExistingRole } from "../read/existing-access";
import { isSameText } from "./same-text";

/** Whether a planned role grants what the existing one does. */
export type RoleComparison =
  /** It does; what its first plan changes all the same, in words. */
  | { readonly same: true; readonly changes: readonly string[] }
  | {
      readonly same: false;
      /** The first difference, in words. */
      readonly reason: string;
      /** What differs. */
      readonly part: "trust" | "permissions" | "settings";
    };

/** What roles are compared with. */
export interface ComparisonScope {
  readonly existing: ExistingAccess;
  readonly directory: AccountDirectory;
  /** Tags of everything that the map makes. */
  readonly tags: Tags;
}

/**
 * Compares a role of a plan with the existing role: trust by proof in both directions, permissions
 * statement by statement, and all else that its sessions depend on. What is unknown is a difference.
 */
export function compareRole(
  existing: ExistingRole,
  planned: RolePlan,
  account: AccountPlan,
  scope: ComparisonScope,
): RoleComparison {
  const settings = settingsDifference(existing, planned);
  if (settings !== undefined) return { same: false, part: "settings", reason: settings };
  const { trust } = existing;
  const changes: string[] = [];
  if (!trust.known) return { same: false, part: "trust", reason: trust.reason };
  if (!isSameText(trust.value, planned.trust)) {
    const difference = trustDifference(trust.value, planned, scope.directory);
    if (difference !== undefined) return { same: false, part: "trust", reason: difference };
    changes.push("its trust policy is rewritten; same access");
  }
  const permissions = comparePermissions(existing, planned, account, scope.existing.policies);
  if ("reason" in permissions) return { same: false, part: "permissions", ...permissions };
  changes.push(...permissions.changes, ...describedChanges(existing, planned, scope.tags));
  return { same: true, changes };
}

function settingsDifference(existing: ExistingRole, planned: RolePlan): string | undefined {
  if (existing.maxSessionSeconds !== planned.maxSessionSeconds) {
    return `its sessions last up to ${formatDuration(existing.maxSessionSeconds)}, planned are ${formatDuration(planned.maxSessionSeconds)}`;
  }
  const profiles = existing.instanceProfiles.map(({ name }) => name).sort();
  const made = [...planned.instanceProfiles].sort();
  const foreign = made.find((name) => !profiles.includes(name));
  if (foreign !== undefined)
    return `it is in no instance profile ${foreign}, which the map would create`;
  const elsewhere = existing.instanceProfiles.find(
    ({ name, path }) => made.includes(name) && path !== planned.path,
  );
  return elsewhere === undefined
    ? undefined
    : `its instance profile ${elsewhere.name} has the path ${elsewhere.path}, the map creates it with the role's path`;
}

function trustDifference(
  existing: PolicyDocument,
  planned: RolePlan,
  accounts: AccountDirectory,
): string | undefined {
  const directions = [
    [existing, planned.trust, "its trust policy allows what the map can't express"],
    [planned.trust, existing, "the map would allow what its trust policy does not"],
  ] as const;
  for (const [granted, declared, what] of directions) {
    const verdict = proveContained({ roleArn: planned.arn, granted, declared, accounts });
    if (verdict.verdict === "unknown") {
      return `whether the map can express its trust policy is unknown: ${verdict.reasons.join("; ")}`;
    }
    if (verdict.verdict === "proved") continue;
    const { request, withoutPermission } = verdict.counterexample;
    const more = withoutPermission ? ", even without its own permission to assume" : "";
    return `${what}: ${describeRequest(request, accounts)}${more}`;
  }
  return undefined;
}

function describedChanges(existing: ExistingRole, planned: RolePlan, all: Tags): string[] {
  const tags: Tags = { ...all, ...planned.tags };
  const added = Object.keys(tags).filter((key) => existing.tags[key] !== tags[key]);
  const gone = Object.keys(existing.tags).filter((key) => tags[key] === undefined);
  const others = existing.instanceProfiles
    .map(({ name }) => name)
    .filter((name) => !planned.instanceProfiles.includes(name));
  return [
    ...(existing.description === planned.description ? [] : ["its description is rewritten"]),
    ...(added.length === 0 ? [] : [`it gains the tags ${added.sort().join(", ")}`]),
    ...(gone.length === 0 ? [] : [`it loses the tags ${gone.sort().join(", ")}`]),
    ...(planned.instanceProfiles.length === 0 || others.length === 0
      ? []
      : [`its instance profiles ${others.join(", ")} stay unmanaged`]),
  ];
}
