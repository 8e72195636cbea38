import type { Assertion, Subjects } from "../account-map/assertion";
import { callerAccount, principalArn } from "../iam/condition/caller";
import type { Caller } from "../iam/condition/caller";
import { globOf, matchesGlob } from "../iam/condition/glob";
import type { AccessPlan, Edge } from "../plan/access-plan";
import { describePrincipal } from "../plan/principal-description";
import type { AccessWorld } from "./decide/access-world";
import type { ProofProblem } from "./proof-problem";
import { waysFrom } from "./reach";
import type { ReachWay } from "./reach";

/** When calls are made, where no trust policy tests the time. */
const ANY_TIME = "2026-01-01T00:00:00Z";

/**
 * Checks what the map asserts: over every way that the Terraform opens to its users and roles, and over the
 * declared ways in for those who are not in the Terraform, which the proof of the trust policies speaks of.
 */
export function checkAssertions(
  assertions: readonly Assertion[],
  plan: AccessPlan,
  world: AccessWorld,
): readonly ProofProblem[] {
  if (assertions.length === 0) return [];
  const ways = allWays(plan, world);
  const subjects = subjectIndex(plan);
  return assertions.flatMap((assertion): ProofProblem[] => {
    switch (assertion.kind) {
      case "never":
        return ways
          .filter(
            ({ start, roleArn }) =>
              subjects.matches(assertion.from, start) &&
              subjects.matches(assertion.to, subjects.ofRole(roleArn)),
          )
          .map((way) => broken(assertion, way, "is never to be reached by"));
      case "only":
        return ways
          .filter(
            ({ start, roleArn, hops }) =>
              hops === 1 &&
              subjects.matches(assertion.to, subjects.ofRole(roleArn)) &&
              !subjects.matches(assertion.from, start),
          )
          .map((way) => broken(assertion, way, "is to be entered by others only, and lets in"));
      case "maxHops":
        return ways
          .filter(({ hops }) => hops > assertion.hops)
          .map((way) =>
            broken(assertion, way, `is ${way.hops} hops, more than ${assertion.hops}, from`),
          );
      case "mfaOnHumanPaths":
        return plan.edges.flatMap((edge) => mfaProblem(edge, assertion));
    }
  });
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
}

function allWays(plan: AccessPlan, world: AccessWorld): Way[] {
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
    }));
  });
  const entered = plan.edges.flatMap((edge) => {
    const { to } = edge;
    const behind = onward.get(to.arn) ?? [];
    return outsiders(edge).flatMap((start): Way[] => [
      { start, roleArn: to.arn, hops: 1, certain: true },
      ...behind.map(({ roleArn, hops, certain }) => ({
        start,
        roleArn,
        hops: hops.length + 1,
        certain,
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
    name: arn.slice(arn.lastIndexOf("/") + 1),
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
      return [{ label, accountId, name: `AWSReservedSSO_${principal.pattern}` }];
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

function subjectIndex(plan: AccessPlan): SubjectIndex {
  const keys = new Map(
    plan.accounts.map(({ account }) => [account.id as string, account.key] as const),
  );
  const places = new Map(
    plan.accounts.flatMap(({ roles }) => roles.map(({ arn, at }) => [arn, at] as const)),
  );
  return {
    ofRole: (arn) => startOf({ kind: "role-session", roleArn: arn, sessionName: "session" }),
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

function broken({ at }: Assertion, { start, roleArn, certain }: Way, what: string): ProofProblem {
  return {
    verdict: certain ? "refuted" : "unknown",
    roleArn,
    at,
    message: `${certain ? "" : "as far as is known, "}${what} ${start.label}`,
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
