import { formatDate, parseDate } from "../../iam/condition/date-value";
import type { PrincipalEntry } from "../../account-map/model/account-map";
import type { AccountIdentity, PrincipalConditions } from "../../account-map/model/principal";
import type { Caller } from "../../iam/condition/caller";
import type { OneOrMore } from "../../iam/policy-document";
import { roleArn, userArn } from "../../iam/arn";
import type { Edge } from "../../plan/resolved-access";
import type { SessionContext } from "../../plan/session-context";
import type { RoleCall } from "../decide/decide-call";

/** How a session is named where its name decides nothing. */
const SESSION = "proof";
/** Who a session is for, where that decides nothing. */
const SOMEONE = "someone";
/** When a call is made where the time decides nothing. */
const ANY_TIME = "2026-01-01T00:00:00Z";

/**
 * The calls that take an edge, each of which must be allowed on both sides: one for each external id, with
 * all that the caller's sessions carry. None where the caller's side is somebody else's to give.
 *
 * @param carried what the sessions of each role may carry, by its ARN
 */
export function edgeCalls(
  edge: Edge,
  carried: ReadonlyMap<string, SessionContext>,
): readonly RoleCall[] {
  const { from, to, toAccount } = edge;
  if (from.kind === "role") {
    const { role } = from;
    const caller: Caller = { kind: "role-session", roleArn: role.arn, sessionName: SESSION };
    const { keys, tags } = carriedBy(carried.get(role.arn));
    return withExternalIds(edge.externalIds, {
      caller,
      roleArn: to.arn,
      time: ANY_TIME,
      keys,
      tags,
    });
  }
  const { wayIn } = from;
  if (wayIn.grant !== "generate") return [];
  const { conditions } = wayIn;
  const values = conditions.sourceIdentity?.values;
  const identity = values === undefined ? undefined : example(values[0] ?? SOMEONE);
  return callersOf(wayIn, toAccount).flatMap((caller) => {
    const session = caller.kind === "role-session" ? carried.get(caller.roleArn) : undefined;
    const { keys, tags } = carriedBy(session, identity);
    return withExternalIds(edge.externalIds, {
      caller,
      roleArn: to.arn,
      time: conditions.notBefore ?? before(conditions.notAfter) ?? ANY_TIME,
      keys: { ...keysFor(conditions), ...keys },
      ...(identity === undefined ? {} : { sourceIdentity: identity }),
      tags: {
        ...tags,
        ...Object.fromEntries(
          conditions.sessionTags.map((tag) => [tag.key, example(tag.values[0] ?? "value")]),
        ),
      },
    });
  });
}

/** What a caller's session brings along; its source identity stays what it was (rule TR-17). */
function carriedBy(
  session: SessionContext | undefined,
  identity = SOMEONE,
): { readonly keys: Record<string, string>; readonly tags: Record<string, string> } {
  const { sourceIdentity = false, transitiveTags = [] } = session ?? {};
  return {
    keys: sourceIdentity ? { "aws:SourceIdentity": identity } : {},
    tags: Object.fromEntries(transitiveTags.map((key) => [key, "value"])),
  };
}

function callersOf({ principal }: PrincipalEntry, home: AccountIdentity): Caller[] {
  if (principal.kind !== "user" && principal.kind !== "role") return [];
  const { partition, id: accountId } = principal.account ?? home;
  return principal.names.map((name): Caller =>
    principal.kind === "user"
      ? { kind: "user", arn: userArn({ partition, accountId }, principal.path, name) }
      : {
          kind: "role-session",
          roleArn: roleArn({ partition, accountId }, principal.path, name),
          sessionName: SESSION,
        },
  );
}

function withExternalIds(ids: readonly string[], call: RoleCall): RoleCall[] {
  if (ids.length === 0) return [call];
  return ids.map((id) => ({ ...call, keys: { ...call.keys, "sts:ExternalId": id } }));
}

/** Keys that meet the conditions of a way in. */
function keysFor({ mfa, sourceIps, vpcEndpoints }: PrincipalConditions): Record<string, OneOrMore> {
  const [range] = sourceIps;
  const [endpoint] = vpcEndpoints;
  return {
    ...(mfa === undefined
      ? {}
      : { "aws:MultiFactorAuthPresent": "true", "aws:MultiFactorAuthAge": "1" }),
    ...(range === undefined ? {} : { "aws:SourceIp": range.split("/")[0] ?? range }),
    ...(range === undefined && endpoint !== undefined ? { "aws:SourceVpce": endpoint } : {}),
  };
}

/** A text that a pattern matches. */
function example(pattern: string): string {
  return pattern.replace(/[*?]/g, "x");
}

function before(moment: string | undefined): string | undefined {
  if (moment === undefined) return undefined;
  const date = parseDate(moment);
  return date === undefined ? moment : formatDate(date - 1000);
}
