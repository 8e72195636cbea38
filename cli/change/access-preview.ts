import { createColors } from "picocolors";
import type { ResolvedAccess, AccountPlan, Edge, RolePlan } from "../../lib/plan/resolved-access";
import { describePrincipal } from "../../lib/plan/principal-description";
import { byTextOf } from "../../lib/values/order";
import { groupBy } from "../../lib/values/group";

/** An added, removed or changed role, and who can assume it. */
export interface PreviewedRole {
  readonly change: "added" | "removed" | "changed";
  readonly account: string;
  readonly role: string;
  readonly kind: RolePlan["kind"];
  /** Those that can assume it after the change; before it if the role is removed. */
  readonly enteredBy: readonly string[];
  /** Chains that pass through it, likewise. */
  readonly chains: readonly string[];
}

/** What a change of the map does to access, as the plans before and after it say. */
export interface AccessPreview {
  /** Sorted by account and role. */
  readonly roles: readonly PreviewedRole[];
  /** Accounts in which something is to be applied, sorted. */
  readonly deploy: readonly string[];
}

/** Compares two plans. */
export function previewAccess(before: ResolvedAccess, after: ResolvedAccess): AccessPreview {
  const [old, current] = [indexOf(before), indexOf(after)];
  const roles: PreviewedRole[] = [];
  for (const [arn, found] of current.roles) {
    const earlier = old.roles.get(arn);
    const change = earlier === undefined ? "added" : "changed";
    if (earlier !== undefined && print(earlier.role) === print(found.role)) continue;
    roles.push(previewed(change, arn, found, current));
  }
  for (const [arn, found] of old.roles) {
    if (!current.roles.has(arn)) roles.push(previewed("removed", arn, found, old));
  }
  const known = new Map(before.accounts.map((plan) => [plan.account.id, printAccount(plan)]));
  const deploy = after.accounts.filter(
    (plan) => (known.get(plan.account.id) ?? EMPTY) !== printAccount(plan),
  );
  return {
    roles: roles.sort(byTextOf(sortKey)),
    deploy: deploy.map(({ account }) => account.key).sort(),
  };
}

/** Roles that are listed; more would not be read. */
const MOST_ROLES = 40;

/** A preview in lines. */
export function previewLines({ roles }: AccessPreview, color: boolean): string[] {
  const { bold, dim, green, red, yellow } = createColors(color);
  if (roles.length === 0) return [bold("Access"), "  no role changes"];
  const signs = { added: green("+"), removed: red("-"), changed: yellow("~") };
  const lines = roles
    .slice(0, MOST_ROLES)
    .flatMap(({ change, account, kind, role, enteredBy, chains }) => [
      `  ${signs[change]} ${account}: ${kind} ${role}`,
      ...(change === "changed"
        ? []
        : enteredBy.map((who) => `      ${dim(ENTERED[change])} ${who}`)),
      ...(change === "changed" ? [] : chains.map((key) => `      ${dim(PASSED[change])} ${key}`)),
    ]);
  const more = roles.length - MOST_ROLES;
  return [bold("Access"), ...lines, ...(more > 0 ? [`  and ${more} more roles`] : [])];
}

const ENTERED = { added: "assumed by", removed: "no longer assumed by" } as const;
const PASSED = {
  added: "reached by the chain",
  removed: "no longer reached by the chain",
} as const;

interface Found {
  readonly role: RolePlan;
  readonly account: string;
}

interface Index {
  /** By ARN. */
  readonly roles: ReadonlyMap<string, Found>;
  readonly edges: ReadonlyMap<string, readonly Edge[]>;
  readonly chains: ReadonlyMap<string, ReadonlySet<string>>;
}

function indexOf(plan: ResolvedAccess): Index {
  const roles = new Map<string, Found>();
  for (const { account, roles: own } of plan.accounts) {
    for (const role of own) roles.set(role.arn, { role, account: account.key });
  }
  const edges = groupBy(plan.edges, (edge) => edge.to.arn);
  const chains = new Map<string, Set<string>>();
  for (const { key, steps } of plan.chains) {
    for (const { role } of steps.flat()) {
      chains.set(role.arn, (chains.get(role.arn) ?? new Set()).add(key));
    }
  }
  return { roles, edges, chains };
}

function previewed(
  change: PreviewedRole["change"],
  arn: string,
  { role, account }: Found,
  { edges, chains }: Index,
): PreviewedRole {
  const callers = (edges.get(arn) ?? []).map(({ from, toAccount }) =>
    from.kind === "role"
      ? `${from.role.kind} ${from.role.name} in ${from.account.key}`
      : describePrincipal(from.wayIn.principal, toAccount),
  );
  return {
    change,
    account,
    role: role.name,
    kind: role.kind,
    enteredBy: [...new Set(callers)].sort(),
    chains: [...(chains.get(arn) ?? [])].sort(),
  };
}

function sortKey({ account, role }: PreviewedRole): string {
  return `${account}/${role}`;
}

/** A plan as a text to compare, without the places that it comes from. */
function print(plan: unknown): string {
  return JSON.stringify(plan, (key, value: unknown) => (key === "at" ? undefined : value));
}

function printAccount({
  roles,
  boundaries,
  users,
  grants,
  oidcProviders,
  samlProviders,
}: AccountPlan): string {
  return print([roles, boundaries, users, grants, oidcProviders, samlProviders]);
}

const EMPTY = print([[], [], [], [], [], []]);
