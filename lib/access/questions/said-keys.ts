import { listNames, nearest } from "../../diagnostics/nearest";
import { quoteName, quoteText } from "../../diagnostics/quote";
import { parseAddressRange } from "../../iam/condition/address-range";
import { parseDate } from "../../iam/condition/date-value";
import { KNOWN_KEYS, isKnownKey } from "../../iam/condition-keys/known-keys";
import {
  claimKey,
  mappedClaims,
  subjectKey,
  audienceKey,
} from "../../iam/federation/issuer-claims";
import { valuesOf } from "../../iam/policy-document";
import type { OneOrMore } from "../../iam/policy-document";
import { isKnownService } from "../../iam/services/known-services";
import type { CallerIdentity } from "../callers/caller-in-request";
import {
  isMultiValued,
  issuerOfKey,
  issuerOfProvider,
  keyPresence,
  neverTrue,
} from "../decide/condition-key";
import { followingKeys } from "../decide/complete-context";
import type { RequestFacts } from "../decide/role-request";
import type { RoleCall } from "../decide/decide-call";
import type { AccountDirectory } from "../account-directory";
import type { TestedKeys } from "./tested-keys";

/** A key and value that somebody says of a request. */
export interface SaidKey {
  readonly key: string;
  readonly value: string;
}

/** Something wrong with a key that was said: a mistake, or what does not matter. */
export interface SaidKeyProblem {
  readonly problem: string;
  /** What to type. @default - the problem says it all */
  readonly help?: string;
}

/** What is wrong with the keys that were said of a request. */
export interface JudgedKeys {
  /** With any of these there is no answer. */
  readonly wrong: readonly SaidKeyProblem[];
  /** What is said, but changes nothing. */
  readonly idle: readonly SaidKeyProblem[];
}

/**
 * Judges the keys that were said of a call: wrong is what follows from who calls, what such a caller cannot send, and
 * what does not exist; idle is what no policy tests.
 *
 * @param identity the keys that say which caller of a provider or service it is
 */
export function judgeSaidKeys(
  said: readonly SaidKey[],
  call: Omit<RequestFacts, "keys"> & { readonly identity: CallerIdentity },
  tested: TestedKeys,
  accounts: AccountDirectory,
): JudgedKeys {
  const following = lowerCased({ ...followingKeys(call, accounts), ...call.identity });
  const wrong: SaidKeyProblem[] = [];
  const idle: SaidKeyProblem[] = [];
  const seen = new Set<string>();
  for (const { key, value } of said) {
    const name = key.toLowerCase();
    const problem =
      followingProblem(key, value, following.get(name)) ??
      impossibleProblem(key, value, call) ??
      unknownProblem(key, call, tested) ??
      valueProblem(key, value) ??
      (seen.has(name) && isMultiValued(name) !== true
        ? { problem: `${quoteName(key)} is said twice, and has one value in a request` }
        : undefined);
    seen.add(name);
    if (problem !== undefined) wrong.push(problem);
    else if (tested.isComplete && !tested.keys.has(name) && !NEEDS_ACTION.test(name)) {
      idle.push({ problem: `no policy tests ${quoteName(key)}: it changes nothing` });
    }
  }
  return { wrong, idle };
}

/** What passes into the session: it needs an action of its own, whatever policies test. */
const NEEDS_ACTION = /^(?:aws:requesttag\/|sts:sourceidentity$|aws:sourceidentity$)/;
const TIME_KEY = /^aws:(?:currenttime|epochtime)$/;

/** A call with what was said of it: tags, a source identity and the time are not keys alone. */
export function callWith(
  { caller, roleArn, time }: Omit<RequestFacts, "keys">,
  keys: Readonly<Record<string, OneOrMore>>,
  said: readonly SaidKey[],
): RoleCall {
  const all = new Map(
    Object.entries(keys).map(([key, value]) => [key.toLowerCase(), { key, value }]),
  );
  const tags: Record<string, string> = {};
  const transitiveTagKeys: string[] = [];
  let sourceIdentity: string | undefined;
  let moment = time;
  for (const { key, value } of said) {
    const name = key.toLowerCase();
    const tag = /^aws:RequestTag\/(?<name>.+)$/is.exec(key)?.groups?.name;
    if (tag !== undefined) tags[tag] = value;
    else if (name === "sts:sourceidentity") sourceIdentity = value;
    else if (name === "sts:transitivetagkeys") transitiveTagKeys.push(value);
    else if (TIME_KEY.test(name)) moment = value;
    else {
      const before = isMultiValued(name) === true ? valuesOf(all.get(name)?.value) : [];
      all.set(name, { key, value: before.length === 0 ? value : [...before, value] });
    }
  }
  return {
    caller,
    roleArn,
    time: moment,
    keys: Object.fromEntries([...all.values()].map(({ key, value }) => [key, value])),
    tags,
    transitiveTagKeys,
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
  };
}

function followingProblem(
  key: string,
  value: string,
  follows: OneOrMore | undefined,
): SaidKeyProblem | undefined {
  const name = key.toLowerCase();
  if (name === "aws:tagkeys") {
    return {
      problem: `${quoteName(key)} follows from the tags that are passed`,
      help: "say the tags themselves: `--with aws:RequestTag/KEY=VALUE`",
    };
  }
  if (follows === undefined || TIME_KEY.test(name)) return undefined;
  const known = valuesOf(follows);
  const is = known.length === 0 ? "is absent" : `is ${known.map(quoteText).join(", ")}`;
  return {
    problem: `${quoteName(key)} follows from the caller, the role and the map: it ${is}, not ${quoteText(value)}`,
    help: "leave it out, or ask about another caller",
  };
}

function impossibleProblem(
  key: string,
  value: string,
  { caller }: Pick<RequestFacts, "caller">,
): SaidKeyProblem | undefined {
  const provider = "provider" in caller ? caller.provider : undefined;
  const who = KINDS[caller.kind];
  if (keyPresence(key, caller.kind, provider) === "never") {
    return { problem: `requests of ${who} never have ${quoteName(key)}`, help: "leave it out" };
  }
  if (neverTrue(key, caller.kind) && value.toLowerCase() === "true") {
    return {
      problem: `${quoteName(key)} is never \`true\` in requests of ${who}: no role session has MFA`,
      help: "leave it out",
    };
  }
  return undefined;
}

const KINDS: Readonly<Record<RequestFacts["caller"]["kind"], string>> = {
  user: "a user",
  "role-session": "a role session",
  service: "a service",
  "web-identity": "the holder of a token",
  saml: "the holder of a SAML assertion",
};

function unknownProblem(
  key: string,
  { caller }: Pick<RequestFacts, "caller">,
  { keys }: TestedKeys,
): SaidKeyProblem | undefined {
  const name = key.toLowerCase();
  if (keys.has(name) || isKnownKey(name)) return undefined;
  const provider = "provider" in caller ? issuerOfProvider(caller.provider) : undefined;
  const claims =
    provider === undefined || caller.kind !== "web-identity"
      ? []
      : [
          subjectKey(provider),
          audienceKey(provider),
          ...mappedClaims(provider).map((claim) => claimKey(provider, claim)),
        ];
  if (claims.some((each) => each.toLowerCase() === name)) return undefined;
  const prefix = name.slice(0, name.indexOf(":"));
  // What keys a service has of its own is not known here.
  const isOfService = issuerOfKey(name) === undefined && !OWN.test(name) && isKnownService(prefix);
  if (isOfService) return undefined;
  const known = [...KNOWN_KEYS, ...claims, ...keys];
  const meant = nearest(key, known);
  const help =
    meant !== undefined
      ? `did you mean ${quoteName(meant)}?`
      : claims.length > 0
        ? `claims of the provider that AWS reads: ${listNames(claims)}`
        : undefined;
  return {
    problem: `there is no condition key ${quoteName(key)}`,
    ...(help === undefined ? {} : { help }),
  };
}

/** Keys whose names are all known: no service has others that begin so. */
const OWN = /^(?:aws|sts|saml):/;

function valueProblem(key: string, value: string): SaidKeyProblem | undefined {
  const name = key.toLowerCase();
  const wanted = VALUES.find(({ keys }) => keys.test(name));
  return wanted === undefined || wanted.isValue(value)
    ? undefined
    : { problem: `${quoteName(key)} is ${wanted.what}, not ${quoteText(value)}` };
}

const VALUES: readonly {
  readonly keys: RegExp;
  readonly what: string;
  readonly isValue: (value: string) => boolean;
}[] = [
  {
    keys: /^aws:(?:multifactorauthpresent|viaawsservice|assumedroot)$/,
    what: "`true` or `false`",
    isValue: (value) => /^(?:true|false)$/i.test(value),
  },
  {
    keys: /^aws:multifactorauthage$/,
    what: "a number of seconds",
    isValue: (value) => /^\d+$/.test(value),
  },
  {
    keys: /^aws:(?:sourceip|vpcsourceip|ec2instancesourceprivateipv4)$/,
    what: "one address, such as `203.0.113.7`",
    isValue: (value) => !value.includes("/") && parseAddressRange(value) !== undefined,
  },
  {
    keys: TIME_KEY,
    what: "a time, such as `2026-12-31T23:59:59Z`",
    isValue: (value) => parseDate(value) !== undefined,
  },
];

function lowerCased(keys: Readonly<Record<string, OneOrMore>>): ReadonlyMap<string, OneOrMore> {
  return new Map(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value]));
}
