import { parseArn } from "../../iam/arn";
import { callerAccount, principalArn, sessionArn } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import { globOf, matchesGlob } from "../../iam/condition/glob";
import { valuesOf } from "../../iam/policy-document";
import type { OneOrMore } from "../../iam/policy-document";
import type { AccessRequest } from "../access-request";
import type { RoleNode } from "../access-graph";
import { identifiedCaller, isIdentityKey } from "./caller-identity";
import { kindOfCaller } from "./caller-kind";
import { callerOfArn } from "./named-caller";
import type { NamedCaller } from "./named-caller";
import { matchesPart, partExample, partText } from "./name-part";
import { trustEntries } from "./trust-entries";
import type { IdentityTest, TrustEntry } from "./trust-entry";

/** The keys of a request that say which caller it is, beside its ARN, service or provider. */
export type CallerIdentity = Readonly<Record<string, OneOrMore>>;

/** A value that no caller has: of a key that says who a caller is where its name says nothing. */
const NOBODYS = "zz-nobody";

const known = new WeakMap<RoleNode, readonly TrustEntry[]>();

/** The entries of a role's trust policy, allowing and denying; `undefined` where the policy is not known. */
export function entriesOfRole(role: RoleNode): readonly TrustEntry[] | undefined {
  if (!role.trust.known) return undefined;
  const before = known.get(role);
  if (before !== undefined) return before;
  const entries = trustEntries(role.trust.value, role.partition);
  known.set(role, entries);
  return entries;
}

/** The keys by which a request is one of the caller that an entry names. */
export function identityOf({ who, identity }: TrustEntry): CallerIdentity {
  const keys = Object.fromEntries(identity.map(({ key, part }) => [key, partExample(part)]));
  switch (who.kind) {
    case "organizational-unit":
      return { ...keys, "aws:PrincipalOrgID": partText(who.path).split("/")[0] ?? "" };
    case "organization": {
      const id = partExample(who.organization);
      return { ...keys, "aws:PrincipalOrgPaths": `${id}/r-zz00/ou-zz00-zznobody/` };
    }
    default:
      return keys;
  }
}

/**
 * The keys of a request of a caller that says all that a statement asks for, except who it is: that is as its
 * identity says, and where that says nothing, it is none that a policy names.
 */
export function asCaller(
  caller: Caller,
  identity: CallerIdentity,
  keys: Readonly<Record<string, OneOrMore>>,
): Readonly<Record<string, OneOrMore>> {
  const kind = kindOfCaller(caller);
  const own = new Set(Object.keys(identity).map((key) => key.toLowerCase()));
  const others = Object.entries(keys).filter(([key]) => !own.has(key.toLowerCase()));
  return {
    ...Object.fromEntries(
      others.map(([key, value]) => [key, isIdentityKey(kind, key) ? NOBODYS : value]),
    ),
    ...identity,
  };
}

/** The entries that name a caller, or more than it. */
export function entriesFor(
  entries: readonly TrustEntry[],
  caller: Caller,
  identity: CallerIdentity,
): readonly TrustEntry[] {
  const values = new Map(
    Object.entries(identity).map(([key, value]) => [key.toLowerCase(), valuesOf(value)]),
  );
  return entries.filter(
    (entry) =>
      isNamed(entry, caller) && entry.identity.every((test) => isSaid(test, entry, values)),
  );
}

/** The entries whose principal names a caller; of a provider or a service, whichever of its callers they are about. */
export function entriesNaming(
  entries: readonly TrustEntry[],
  caller: Caller,
): readonly TrustEntry[] {
  return entries.filter((entry) => isNamed(entry, caller));
}

function isNamed({ who, principal }: TrustEntry, caller: Caller): boolean {
  const arn = principalArn(caller);
  switch (who.kind) {
    case "other":
      return true;
    case "anyone":
    case "organization":
    case "organizational-unit":
      return arn !== undefined;
    case "account":
      return callerAccount(caller) === who.accountId;
    case "role-session":
      return caller.kind === "role-session" && sessionArn(caller) === principal;
    case "user":
    case "role":
    case "permission-set":
    case "arn-pattern":
      return (
        arn !== undefined && parseArn(arn) !== undefined && matchesGlob(globOf(principal), arn)
      );
    default:
      return kindOfCaller(caller).name === principal;
  }
}

function isSaid(
  { key, part }: IdentityTest,
  { who }: TrustEntry,
  values: ReadonlyMap<string, readonly string[]>,
): boolean {
  const said = values.get(key.toLowerCase());
  // In which organization the account of a user or role is, its request says, and not its name.
  if (said === undefined) return who.kind === "organization" || who.kind === "organizational-unit";
  return said.some((value) => matchesPart(part, value));
}

/** Who calls in a request, by all of it that says so. */
export function callerOfRequest({ caller, context }: AccessRequest): NamedCaller {
  const arn = principalArn(caller);
  if (arn !== undefined) return callerOfArn(arn, false);
  const kind = kindOfCaller(caller);
  const tests = [...context.values()].flatMap(({ name, values }): IdentityTest[] => {
    const [value] = values;
    return isIdentityKey(kind, name) && value !== undefined
      ? [{ operator: "StringEquals", key: name, part: { equals: value } }]
      : [];
  });
  return identifiedCaller(kind, tests);
}
