import { nameInArn } from "../../iam/arn";
import { PERMISSION_SET_ROLE_PREFIX } from "../../iam/aws-made-roles";
import type { Assertion, Subjects } from "../../account-map/model/assertion";
import { callerAccount, principalArn, sessionOf } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import { globOf, matchesGlob } from "../../iam/condition/glob";
import type { ResolvedAccess, Edge } from "../../plan/resolved-access";
import { describePrincipal } from "../../plan/principal-description";
import type { AccessModel } from "../decide/access-model";
import type { RoleCall } from "../decide/decide-call";
import type { ProofProblem } from "./proof-problem";
import { waysFrom } from "../hops/reach";
import type { ReachWay } from "../hops/reach";

/** When calls are made, where no trust policy tests the time. */
const ANY_TIME = "2026-01-01T00:00:00Z";

/**
 * Checks what the map asserts: over every way that the Terraform opens to its users and roles, and over the
 * declared ways in for those who are not in the Terraform, which the proof of the trust policies speaks of.
 */
export function checkAssertions(
  assertions: readonly Assertion[],
  plan: ResolvedAccess,
  world: AccessModel,
): readonly ProofProblem[] {
  return [
    ...breakingWays(assertions, plan, world).map(({ assertion, way }) => broken(assertion, way)),
    ...assertions.flatMap((assertion) =>
      assertion.kind === "mfaOnHumanPaths"
        ? plan.edges.flatMap((edge) => mfaProblem(edge, assertion))
        : [],
    ),
  ];
}

/** A way that an assertion says there is none of. */
export interface BreakingWay {
  readonly assertion: Assertion;
  readonly way: Way;
}

/** The ways that break assertions, assertion by assertion. */
export function breakingWays(
  assertions: readonly Assertion[],
  plan: ResolvedAccess,
  world: AccessModel,
): readonly BreakingWay[] {
  if (assertions.length === 0) return [];
  const ways = allWays(plan, world);
  const subjects = subjectIndex(plan);
  return assertions.flatMap((assertion) =>
    ways
      .filter((way) => breaks(assertion, way, subjects))
      .map((way): BreakingWay => ({ assertion, way })),
  );
}

function breaks(
  assertion: Assertion,
  { start, roleArn, hops }: Way,
  subjects: SubjectIndex,
): boolean {
  switch (assertion.kind) {
    case "never":
      return (
        subjects.matches(assertion.from, start) &&
        subjects.matches(assertion.to, subjects.ofRole(roleArn))
      );
    case "only":
      return (
        hops === 1 &&
        subjects.matches(assertion.to, subjects.ofRole(roleArn)) &&
        !subjects.matches(assertion.from, start)
      );
    case "maxHops":
      return hops > assertion.hops;
    case "mfaOnHumanPaths":
      return false;
  }
}

/** Who starts on a way: in which account, under which name. */
interface Start {
  readonly label: string;
  /** @default - not of an account of the map */
  readonly accountId?: string;
  /** Name of the user or role; `*` for whoever the account permits. */
  readonly name: string;
  /** @default - no role of the plan */
  readonly roleArn?: string;
}

interface Way {
  readonly start: Start;
  readonly roleArn: string;
  readonly hops: number;
  readonly certain: boolean;
  /** Those of its hops that the Terraform decides, from first to last. */
  readonly calls: readonly RoleCall[];
}

function allWays(plan: ResolvedAccess, world: AccessModel): Way[] {
  const from = waysFrom(world, ANY_TIME);
  const session = (roleArn: string): Caller => ({
    kind: "role-session",
    roleArn,
    sessionName: "session",
  });
  const known: readonly Caller[] = [
    ...[...world.graph.users.keys()].map((arn): Caller => ({ kind: "user", arn })),
    ...[...world.graph.roles.keys()].map(session),
  ];
  const onward = new Map<string, readonly ReachWay[]>();
  const ways = known.flatMap((caller) => {
    const reached = from(caller);
    if (caller.kind === "role-session") onward.set(caller.roleArn, reached);
    const start = startOf(caller);
    return reached.map(({ roleArn, hops, certain }): Way => ({
      start,
      roleArn,
      hops: hops.length,
      certain,
      calls: hops.map(({ call }) => call),
    }));
  });
  const entered = plan.edges.flatMap((edge) => {
    const { to } = edge;
    const behind = onward.get(to.arn) ?? [];
    return outsiders(edge).flatMap((start): Way[] => [
      { start, roleArn: to.arn, hops: 1, certain: true, calls: [] },
      ...behind.map(({ roleArn, hops, certain }) => ({
        start,
        roleArn,
        hops: hops.length + 1,
        certain,
        calls: hops.map(({ call }) => call),
      })),
    ]);
  });
  return [...ways, ...entered];
}

function startOf(caller: Caller): Start {
  const arn = principalArn(caller) ?? caller.kind;
  const accountId = callerAccount(caller);
  return {
    label: arn,
    name: nameInArn(arn),
    ...(accountId === undefined ? {} : { accountId }),
    ...(caller.kind === "role-session" ? { roleArn: caller.roleArn } : {}),
  };
}

/** Those who take a declared way in and are not roles of the plan. */
function outsiders({ from, toAccount }: Edge): readonly Start[] {
  if (from.kind === "role") return [];
  const { principal } = from.wayIn;
  const label = describePrincipal(principal, toAccount);
  switch (principal.kind) {
    case "user":
    case "role": {
      const accountId = (principal.account ?? toAccount).id;
      return principal.names.map((name) => ({ label, accountId, name }));
    }
    case "permissionSet": {
      const accountId = (principal.account ?? toAccount).id;
      return [{ label, accountId, name: `${PERMISSION_SET_ROLE_PREFIX}${principal.pattern}` }];
    }
    case "account":
      return [{ label, accountId: (principal.account ?? toAccount).id, name: "*" }];
    default:
      return [{ label, name: "*" }];
  }
}

interface SubjectIndex {
  ofRole(arn: string): Start;
  matches(subjects: Subjects, start: Start): boolean;
}

function subjectIndex(plan: ResolvedAccess): SubjectIndex {
  const keys = new Map(
    plan.accounts.map(({ account }) => [account.id as string, account.key] as const),
  );
  const places = new Map(
    plan.accounts.flatMap(({ roles }) => roles.map(({ arn, at }) => [arn, at] as const)),
  );
  return {
    ofRole: (arn) => startOf(sessionOf(arn)),
    matches(subjects, { accountId, name, roleArn }) {
      if (subjects.kind === "entry") {
        const at = roleArn === undefined ? undefined : places.get(roleArn);
        return at !== undefined && subjects.path.every((part, index) => at[index] === part);
      }
      const key = accountId === undefined ? undefined : keys.get(accountId);
      return (
        key !== undefined &&
        matchesGlob(globOf(subjects.account), key) &&
        // Whoever an account permits may have any name.
        (name === "*" || matchesGlob(globOf(subjects.name), name))
      );
    },
  };
}

function broken(assertion: Assertion, { start, roleArn, hops, certain }: Way): ProofProblem {
  const what: Record<Assertion["kind"], string> = {
    never: "is never to be reached by",
    only: "is to be entered by others only, and lets in",
    maxHops: `is ${hops} hops, more than ${assertion.kind === "maxHops" ? assertion.hops : 0}, from`,
    mfaOnHumanPaths: "lets in",
  };
  return {
    verdict: certain ? "refuted" : "unknown",
    roleArn,
    at: assertion.at,
    message: `${certain ? "" : "as far as is known, "}${what[assertion.kind]} ${start.label}`,
  };
}

function mfaProblem(
  { from, to, toAccount }: Edge,
  assertion: Extract<Assertion, { readonly kind: "mfaOnHumanPaths" }>,
): ProofProblem[] {
  if (from.kind === "role") return [];
  const { principal, conditions, at } = from.wayIn;
  if (assertion.machines.some(({ wayIn }) => wayIn === at.join("."))) return [];
  const label = describePrincipal(principal, toAccount);
  const problem = (verdict: ProofProblem["verdict"], why: string): ProofProblem[] => [
    { verdict, roleArn: to.arn, at: assertion.at, message: `lets in ${label} ${why}` },
  ];
  switch (principal.kind) {
    case "user":
    case "account":
      return conditions.mfa === undefined ? problem("refuted", "without MFA") : [];
    case "permissionSet":
    case "saml":
      return assertion.attested === "idp"
        ? []
        : problem(
            "unknown",
            "with or without MFA: the identity provider decides (`mfa: idp` attests it)",
          );
    default:
      return [];
  }
}
