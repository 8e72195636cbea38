import type { SessionWishes } from "../calls/hop-state";
import { planCalls } from "../calls/plan-calls";
import type { HopCall } from "../calls/plan-calls";
import type { SessionCaller } from "../caller";
import type { AccessIndex } from "../index/access-index";
import { nameOf } from "../ways/find-role";
import { findWays, viaOf } from "../ways/find-ways";
import type { Way } from "../ways/find-ways";

/** Where profiles are used: with a profile of the user's, on an instance, or in a pipeline with a token. */
export type ProfilesFor = "laptop" | "instance" | "ci";

/** What profiles are made from. */
export interface ProfilesInput {
  readonly index: AccessIndex;
  readonly caller: SessionCaller;
  readonly for: ProfilesFor;
  /** Name of the profile that has the first credentials; for laptops. */
  readonly source: string;
  readonly prefix: string;
  readonly wishes: SessionWishes;
  /** Only paths that begin with this role. @default - all */
  readonly via?: string;
  /** Milliseconds. */
  readonly time: number;
  /** What follows `trustwheel credentials ROLE@ACCOUNT --format process`, already quoted. */
  readonly processOptions: readonly string[];
}

/** One profile: its settings in order. */
export interface Profile {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Why it is no plain `role_arn` profile. @default - it is */
  readonly why?: string;
}

/**
 * A profile for each role that the caller can reach, sorted by name: a plain `role_arn` profile where a profile can say
 * every hop, else one that asks `trustwheel credentials`.
 */
export function planProfiles(input: ProfilesInput): readonly Profile[] {
  const profiles = new Map<string, Profile>();
  for (const role of input.index.roles) {
    const ways = findWays(input.index, input.caller, role).filter(
      (way) =>
        way.length > 0 &&
        (input.via === undefined ||
          viaOf(way) === input.via ||
          way[0]?.role.name === input.via ||
          way[0]?.role.key === input.via),
    );
    const [way, ...others] = ways;
    if (way === undefined) continue;
    const planned = planCalls(way, input.caller, input.wishes, input.time);
    if ("refusal" in planned) continue;
    const { calls } = planned;
    const obstacle = obstacleOf(calls, input, others);
    if (obstacle === undefined) addPlain(calls, input, profiles);
    else addProcess(way, calls, obstacle, input, profiles);
  }
  return [...profiles.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Why a profile cannot say the hops of a path. */
function obstacleOf(
  calls: readonly HopCall[],
  input: ProfilesInput,
  others: readonly Way[],
): string | undefined {
  for (const call of calls) {
    const hop = nameOf(call.role);
    if (call.webIdentity !== undefined) return `${hop} takes a token, which is asked for each time`;
    if (call.sourceIdentity !== undefined)
      return `${hop} needs a source identity, which no profile can say`;
    if (Object.keys(call.tags).length > 0)
      return `${hop} is passed session tags, which no profile can say`;
  }
  if (input.for === "ci") return "in a pipeline the first credentials are not in a profile";
  if (others.length > 0) return "there are several paths";
  return undefined;
}

function addPlain(
  calls: readonly HopCall[],
  input: ProfilesInput,
  profiles: Map<string, Profile>,
): void {
  let source: Readonly<Record<string, string>> =
    input.for === "instance"
      ? { credential_source: "Ec2InstanceMetadata" }
      : { source_profile: input.source };
  for (const call of calls) {
    const name = profileName(call, input);
    const known = profiles.get(name);
    // A hub that needs its own command cannot be the source of a plain profile's hop twice.
    if (known === undefined || known.why !== undefined) {
      profiles.set(name, {
        name,
        settings: {
          role_arn: call.role.arn,
          ...source,
          role_session_name: call.sessionName,
          ...(call.externalId === undefined ? {} : { external_id: call.externalId }),
          ...(call.mfaSerial === undefined ? {} : { mfa_serial: call.mfaSerial }),
          duration_seconds: String(call.seconds),
          ...region(call, input),
        },
      });
    }
    source = { source_profile: name };
  }
}

function addProcess(
  way: Way,
  calls: readonly HopCall[],
  why: string,
  input: ProfilesInput,
  profiles: Map<string, Profile>,
): void {
  const call = calls.at(-1);
  if (call === undefined) return;
  const name = profileName(call, input);
  if (profiles.has(name)) return;
  const words = [
    "trustwheel credentials",
    nameOf(call.role),
    "--format process",
    ...(input.for === "laptop" ? [`--from ${quoted(input.source)}`] : []),
    ...(way.length > 1 ? [`--via ${viaOf(way)}`] : []),
    ...input.processOptions,
  ];
  profiles.set(name, {
    name,
    why,
    settings: { credential_process: words.join(" "), ...region(call, input) },
  });
}

function profileName({ role }: HopCall, { prefix }: ProfilesInput): string {
  return `${prefix}${role.name}.${role.account}`;
}

function region({ role }: HopCall, { index }: ProfilesInput): Readonly<Record<string, string>> {
  const account = index.accounts[role.account];
  return account === undefined ? {} : { region: account.region };
}

/** A word of a command line that SDKs split as a shell does. */
export function quoted(text: string): string {
  return /^[\w+=,.@:/~-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, "\\$&")}"`;
}
