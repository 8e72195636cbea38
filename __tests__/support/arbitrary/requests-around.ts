import type { AccessRequest } from "../../../lib/access/access-request";
import { keyPresence } from "../../../lib/access/decide/condition-key";
import { completeContext } from "../../../lib/access/decide/complete-context";
import type { PermissionRequest } from "../../../lib/access/permissions/requests";
import type { AccountDirectory } from "../../../lib/access/account-directory";
import { actionsOf } from "../../../lib/access/decide/sts-action";
import type { Caller } from "../../../lib/iam/condition/caller";
import { valuesOf } from "../../../lib/iam/policy-document";
import type { PolicyDocument } from "../../../lib/iam/policy-document";

const NO_GRAPH = {
  accounts: new Map(),
  roles: new Map(),
  users: new Map(),
  grants: [],
  instanceProfiles: new Map(),
  providers: new Map(),
};
const STRANGER = "999999999999";
const TIME = "2026-01-01T00:00:00Z";

/**
 * Random requests for a role, made of what trust policies name and ask for and of what is near it; the same
 * ones for the same documents. They keep to the axioms of the prover.
 *
 * @param accounts what is known of accounts; of others every organization and none are tried
 */
export function trustRequestsAround(
  documents: readonly PolicyDocument[],
  roleArn: string,
  accounts: AccountDirectory,
  count: number,
): AccessRequest[] {
  const tested = testedValues(documents);
  const callers = callersAround(documents, tested, roleArn);
  const pick = picker();
  return Array.from({ length: count }, () => {
    const caller = pick(callers);
    const action = pick(weighted(actionsOf(caller.kind)));
    const time = pick(tested.get("aws:CurrentTime") ?? [TIME]);
    const keys = keysOf(caller, tested, pick);
    const context = completeContext({ caller, roleArn, time, keys }, { accounts, graph: NO_GRAPH });
    return { caller, action, roleArn, context };
  });
}

/** Random requests of somebody with identity policies, likewise. */
export function permissionRequestsAround(
  documents: readonly PolicyDocument[],
  count: number,
): PermissionRequest[] {
  const statements = documents.flatMap(({ Statement }) => Statement);
  const named = statements.flatMap(({ Action, NotAction }) => valuesOf(Action ?? NotAction));
  const actions = ["s3:GetObject", "sts:AssumeRole", ...named.map(example)];
  const resources = statements.flatMap(({ Resource, NotResource }) =>
    valuesOf(Resource ?? NotResource).flatMap(near),
  );
  const tested = testedValues(documents);
  const pick = picker();
  return Array.from({ length: count }, () => {
    const keys: Record<string, string> = {};
    for (const [key, values] of tested) if (pick([true, true, false])) keys[key] = pick(values);
    return { action: pick(actions), resource: pick(["arn:aws:s3:::other/x", ...resources]), keys };
  });
}

type Pick = <T>(from: readonly T[]) => T;

/** Picks from lists, always in the same order: the linear congruential generator of POSIX. */
function picker(): Pick {
  let state = 1;
  return <T>(from: readonly T[]) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return from[Math.floor((state / 2 ** 31) * from.length)] as T;
  };
}

/** Keys of a request: half of the time those that fulfil, all but one. */
function keysOf(
  caller: Caller,
  tested: ReadonlyMap<string, readonly string[]>,
  pick: Pick,
): Record<string, string | string[]> {
  const provider = "provider" in caller ? caller.provider : undefined;
  const fulfilling = pick([true, false]);
  const other = pick(["", ...tested.keys()]);
  const overEndpoint = pick([true, false, false]);
  const keys: Record<string, string | string[]> = {};
  for (const [key, values] of tested) {
    if (SETTLED.has(key.toLowerCase())) continue;
    if (overEndpoint ? key === "aws:SourceIp" : /^aws:(SourceVpce?|VpcSourceIp)$/.test(key)) {
      continue;
    }
    const first = values.slice(0, fulfilling && key !== other ? 1 : values.length);
    const isThere =
      keyPresence(key, caller.kind, provider) === "always" ||
      first.length === 1 ||
      pick([true, true, false]);
    if (isThere) keys[key] = pick(first);
  }
  // CK-16: who has no MFA has no age of it.
  const mfa = pick(["true", "true", "false", undefined]);
  if (mfa !== undefined) keys["aws:MultiFactorAuthPresent"] = mfa;
  if (mfa === "true") {
    keys["aws:MultiFactorAuthAge"] = pick(tested.get("aws:MultiFactorAuthAge") ?? ["1"]);
  }
  const organization = pick([undefined, ...(tested.get("aws:PrincipalOrgID") ?? ["o-other"])]);
  if (organization !== undefined) {
    const places = tested.get("aws:PrincipalOrgPaths") ?? [];
    const own = places.filter((place) => place.startsWith(`${organization}/`));
    keys["aws:PrincipalOrgID"] = organization;
    keys["aws:PrincipalOrgPaths"] = pick([...own, `${organization}/r-xy12/`]);
  }
  const passed = Object.keys(keys).filter((key) => /^aws:requesttag\//i.test(key));
  const tags = passed.map((key) => key.slice("aws:RequestTag/".length));
  if (tags.length > 0) {
    keys["aws:TagKeys"] = [...new Set([...valuesOf(keys["aws:TagKeys"]), ...tags])];
  }
  return keys;
}

/** Keys that follow from the caller, or that are chosen together. */
const SETTLED: ReadonlySet<string> = new Set([
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:multifactorauthpresent",
  "aws:multifactorauthage",
  "aws:currenttime",
]);

/** The values that documents test keys against, with such as are near them. */
function testedValues(documents: readonly PolicyDocument[]): ReadonlyMap<string, string[]> {
  const tested = new Map<string, string[]>();
  for (const { Condition = {} } of documents.flatMap(({ Statement }) => Statement)) {
    for (const keys of Object.values(Condition)) {
      for (const [key, values] of Object.entries(keys)) {
        tested.set(key, [...(tested.get(key) ?? []), ...valuesOf(values).flatMap(near)]);
      }
    }
  }
  return tested;
}

function near(value: string): string[] {
  if (/^\d{4}-\d\d-\d\dT/.test(value)) {
    return [-1, 0, 1].map(
      (step) => `${new Date(Date.parse(value) + step * 1000).toISOString().slice(0, 19)}Z`,
    );
  }
  if (/^\d+$/.test(value) && value.length < 12) {
    return [-1, 0, 1].map((step) => String(Math.max(0, Number(value) + step)));
  }
  if (/^[\d.]+\/\d+$/.test(value)) return [value.split("/")[0] ?? value, "198.51.100.1"];
  if (value === "true" || value === "false") return ["true", "false"];
  return [example(value), example(value), `${example(value)}x`];
}

function example(pattern: string): string {
  return pattern.replaceAll("*", "any").replaceAll("?", "x");
}

function callersAround(
  documents: readonly PolicyDocument[],
  tested: ReadonlyMap<string, string[]>,
  roleArn: string,
): readonly Caller[] {
  const [, partition = "", , , home = ""] = roleArn.split(":");
  const principals = documents
    .flatMap(({ Statement }) => Statement)
    .flatMap(({ Principal }) => (typeof Principal === "object" ? [Principal] : []));
  const named = [
    ...principals.flatMap(({ AWS }) => valuesOf(AWS)),
    ...(tested.get("aws:PrincipalArn") ?? []),
  ];
  const ids = new Set([STRANGER, home, ...named.flatMap((each) => /\d{12}/.exec(each) ?? [])]);
  const arns = [
    ...named.filter((each) => /:iam::\d{12}:(role|user)\//.test(each)),
    ...[...ids].flatMap((id) => [
      `arn:${partition}:iam::${id}:role/any`,
      `arn:${partition}:iam::${id}:user/any`,
    ]),
  ];
  const services = principals.flatMap(({ Service }) => valuesOf(Service));
  const federated = principals.flatMap(({ Federated }) => valuesOf(Federated));
  const provider = `arn:${partition}:iam::${home}`;
  return [
    ...arns.map((arn): Caller =>
      arn.includes(":user/")
        ? { kind: "user", arn }
        : { kind: "role-session", roleArn: arn, sessionName: "any" },
    ),
    ...["any.amazonaws.com", ...services].map((service): Caller => ({ kind: "service", service })),
    ...[`${provider}:saml-provider/any`, ...federated].map((each): Caller => ({
      kind: each.includes(":saml-provider/") ? "saml" : "web-identity",
      provider: each,
    })),
  ];
}

/** The call for the role more often than what goes with it. */
function weighted<T>([call, ...others]: readonly T[]): T[] {
  return call === undefined ? [] : [call, call, call, call, ...others];
}
