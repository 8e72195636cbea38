import { assertedName, callerWords } from "../caller";
import type { SessionCaller } from "../caller";
import type { IndexEntry, IndexRole } from "../index/access-index";
import type { Reason, Refusal } from "../refusal";
import { nameOf } from "../ways/find-role";
import type { Hop, Way } from "../ways/find-ways";
import { entryReasons } from "./entry-reasons";
import type { HopState, SessionWishes } from "./hop-state";
import { identityFor } from "./identity-for";
import { validName } from "./valid-name";

/** One AssumeRole call. */
export interface HopCall {
  readonly role: IndexRole;
  readonly entry: IndexEntry;
  readonly sessionName: string;
  readonly seconds: number;
  /** @default - none is passed */
  readonly externalId?: string;
  /** @default - none is set; one that is carried stays */
  readonly sourceIdentity?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly transitiveTags: readonly string[];
  /** Serial number of the MFA device whose code is passed. @default - none */
  readonly mfaSerial?: string;
  /** How a token is exchanged instead of AssumeRole. @default - AssumeRole */
  readonly webIdentity?: { readonly audience?: string };
  /** Why it may be denied, none of it certain. */
  readonly doubts: readonly Reason[];
}

/** The calls of a path, or why the first of them that is certain to be denied would be. */
export type PlannedCalls = { readonly calls: readonly HopCall[] } | { readonly refusal: Refusal };

/** Longest session when a role assumes a role, seconds (rule ID-17). */
export const CHAINED_SECONDS = 3600;
/** Shortest session, seconds (rule ID-16). */
export const SHORTEST_SECONDS = 900;
/** Longest session, seconds (rule ID-16). */
export const LONGEST_SECONDS = 43_200;

/** What every call of a path carries. */
export function planCalls(
  way: Way,
  caller: SessionCaller,
  wishes: SessionWishes,
  time: number,
): PlannedCalls {
  const calls: HopCall[] = [];
  let carried = wishes.carried;
  let tags: Readonly<Record<string, string>> = wishes.tags;
  for (const [index, hop] of way.entries()) {
    const isChained = index > 0 || caller.kind === "role-session";
    const isLast = index === way.length - 1;
    const planned = planHop(hop, {
      caller: index === 0 ? caller : undefined,
      startName: assertedName(caller),
      carried,
      tags,
      isChained,
      isLast,
      wishes,
      time,
    });
    if ("refusal" in planned) return planned;
    const { call } = planned;
    calls.push(call);
    carried = call.sourceIdentity ?? carried;
    const passed = new Set(Object.keys(call.tags));
    tags = Object.fromEntries(Object.entries(tags).filter(([key]) => !passed.has(key)));
  }
  const [left] = Object.keys(tags);
  if (left !== undefined) {
    const hop = way.at(-1);
    const reason: Reason = {
      side: "account map",
      certain: true,
      key: "aws:TagKeys",
      got: left,
      text: `no hop of the path allows the session tag ${left}`,
    };
    return {
      refusal: {
        hop: hop === undefined ? "" : nameOf(hop.role),
        reasons: [reason],
        help: "leave out `--tag`, or add the tag to `sessionTags` in the map",
      },
    };
  }
  return { calls };
}

/** The call with the entry that fits best: of those that are not certain to be denied, the one with fewest doubts. */
function planHop(
  { role, entries }: Hop,
  state: HopState,
): { readonly call: HopCall } | { readonly refusal: Refusal } {
  const seconds = secondsOf(role, state);
  if (typeof seconds !== "number") return { refusal: { hop: nameOf(role), ...seconds } };
  const tried = entries.map((entry) => tryEntry(role, entry, seconds, state));
  const open = tried.filter((each) => each.certain.length === 0);
  const best = open.sort((a, b) => a.call.doubts.length - b.call.doubts.length)[0];
  if (best !== undefined) return { call: best.call };
  const nearest = tried.sort((a, b) => a.certain.length - b.certain.length)[0];
  const reasons = nearest?.certain ?? [];
  return { refusal: { hop: nameOf(role), reasons, help: helpFor(reasons, state) } };
}

interface Tried {
  readonly call: HopCall;
  readonly certain: readonly Reason[];
}

function tryEntry(role: IndexRole, entry: IndexEntry, seconds: number, state: HopState): Tried {
  const { caller, carried, wishes, isLast } = state;
  const { value: identity, reasons } = identityFor(entry, state);
  const externalId = (isLast ? wishes.externalId : undefined) ?? entry.externalIds?.[0];
  const allowed = entry.tags ?? [];
  const tags = Object.fromEntries(
    Object.entries(state.tags).filter(([key]) =>
      allowed.some((tag) => tag.key === key && tag.from.kind !== "carried"),
    ),
  );
  const usesMfa = entry.conditions?.mfa !== undefined && caller?.kind === "user";
  const mfaSerial = usesMfa ? wishes.mfaSerial : undefined;
  const all = [
    ...reasons,
    ...entryReasons(entry, {
      time: state.time,
      externalId,
      sourceIdentity: identity ?? carried,
      tags,
      mfa: mfaSerial !== undefined,
      sourceIp: wishes.sourceIp,
    }),
  ].filter(
    (each, index, list) =>
      list.findIndex(({ key }) => key !== undefined && key === each.key) === index ||
      each.key === undefined,
  );
  const sessionName =
    wishes.sessionName ?? identity ?? carried ?? validName(wishes.as ?? state.startName);
  const { from } = entry;
  const webIdentity =
    from.kind === "webIdentity"
      ? { webIdentity: from.audience === undefined ? {} : { audience: from.audience } }
      : {};
  return {
    certain: all.filter(({ certain }) => certain),
    call: {
      role,
      entry,
      sessionName,
      seconds,
      ...(externalId === undefined ? {} : { externalId }),
      ...(identity === undefined ? {} : { sourceIdentity: identity }),
      tags,
      transitiveTags: allowed
        .filter(({ key, transitive }) => transitive && key in tags)
        .map(({ key }) => key),
      ...(mfaSerial === undefined ? {} : { mfaSerial }),
      ...webIdentity,
      doubts: all.filter(({ certain }) => !certain),
    },
  };
}

function secondsOf(
  role: IndexRole,
  { wishes, isChained, isLast, caller }: HopState,
): number | Omit<Refusal, "hop"> {
  const most = isChained ? CHAINED_SECONDS : role.maxSessionSeconds;
  if (!isLast) {
    // Later hops are renewed from this session, which cannot be had again without a code.
    return caller?.kind === "user" && wishes.mfaSerial !== undefined ? most : Math.min(most, 3600);
  }
  const wanted = wishes.seconds;
  if (wanted === undefined) return Math.min(most, 3600);
  if (wanted <= most) return wanted;
  const text = isChained
    ? `a session of a role that another role's session assumes lasts at most an hour, got ${wanted} seconds`
    : `sessions of ${nameOf(role)} last at most ${most} seconds, got ${wanted}`;
  const help = isChained
    ? "leave out `--duration`: credentials are renewed while the command runs"
    : `use at most ${most / 60} minutes, or raise \`maxSession\` in the map`;
  return {
    reasons: [
      {
        side: "call",
        key: "sts:DurationSeconds",
        wanted: String(most),
        got: String(wanted),
        certain: true,
        text,
      },
    ],
    help,
  };
}

function helpFor(reasons: readonly Reason[], { caller }: HopState): string {
  const keys = new Set(reasons.map(({ key }) => key));
  if (keys.has("aws:MultiFactorAuthPresent")) {
    return caller?.kind === "user"
      ? "name your MFA device with `--mfa-serial`, and give its code when asked"
      : "only the first credentials, of an IAM user, can carry MFA: start with the user's key, not with a session";
  }
  if (keys.has("sts:SourceIdentity"))
    return "name yourself with `--as NAME`, as the map has it for you";
  if (keys.has("aws:CurrentTime"))
    return "ask for access at another time, or have the window in the map changed";
  if (keys.has("sts:ExternalId"))
    return "pass the external ID of the map: leave out `--external-id`";
  if (keys.has("aws:TagKeys")) return "leave out `--tag`, or have the tag allowed in the map";
  return caller === undefined
    ? "have the map changed"
    : `${callerWords(caller)} cannot assume it; have the map changed`;
}
