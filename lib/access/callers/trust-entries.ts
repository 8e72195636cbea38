import { matchesAction } from "../../iam/condition/action-match";
import { parseAwsPrincipal } from "../../iam/condition/aws-principal";
import type { Caller } from "../../iam/condition/caller";
import { parseOperator } from "../../iam/condition/condition-operator";
import { valuesOf } from "../../iam/policy-document";
import type { PolicyDocument, Statement } from "../../iam/policy-document";
import { actionsOf } from "../decide/sts-action";
import type { StsAction } from "../decide/sts-action";
import { asksFor, callerConditions } from "./caller-condition";
import { identifiedCaller, isIdentityKey } from "./caller-identity";
import { providerKind, serviceKind } from "./caller-kind";
import type { CallerKind } from "./caller-kind";
import { callerOfArn } from "./named-caller";
import type { NamedCaller } from "./named-caller";
import { namePart } from "./name-part";
import type { IdentityTest, TrustEntry } from "./trust-entry";

/**
 * Whom a trust policy lets assume its role, or denies it, one entry for each caller that a statement names: each
 * pinned ARN, each subject of a provider, each source of a service. Read off the policy as it is; whether a request
 * is allowed is another question. What has no form here is an entry of kind `other`, never left out.
 *
 * @param partition of the role, for accounts that are named by their id alone
 */
export function trustEntries(document: PolicyDocument, partition: string): readonly TrustEntry[] {
  return document.Statement.flatMap((statement) => entriesOf(statement, partition)).filter(
    ({ actions }) => actions.length > 0,
  );
}

/** So many callers of one statement are told apart; of more, the second key of their names becomes a condition. */
const MOST_COMBINATIONS = 200;

function entriesOf(statement: Statement, partition: string): TrustEntry[] {
  const { Principal, NotPrincipal } = statement;
  if (Principal === undefined) {
    const text = JSON.stringify(NotPrincipal === undefined ? {} : { NotPrincipal });
    return [entryOf(statement, "*", { kind: "other", text }, ALL_KINDS)];
  }
  const element = Principal === "*" ? { AWS: "*" } : Principal;
  return [
    ...(element.AWS === undefined ? [] : awsEntries(statement, valuesOf(element.AWS), partition)),
    ...valuesOf(element.Service).flatMap((name) =>
      identifiedEntries(statement, serviceKind(name), "service"),
    ),
    ...valuesOf(element.Federated).flatMap((name) => {
      const kind = providerKind(name);
      return identifiedEntries(statement, kind, kind.kind === "saml" ? "saml" : "web-identity");
    }),
  ];
}

const ALL_KINDS: readonly Caller["kind"][] = [
  "user",
  "role-session",
  "service",
  "web-identity",
  "saml",
];
const IDENTITIES: readonly Caller["kind"][] = ["role-session"];

function awsEntries(
  statement: Statement,
  values: readonly string[],
  partition: string,
): TrustEntry[] {
  const pin = pinOf(statement);
  if (pin !== undefined) {
    const consumed = new Set([`${pin.operator} ${pin.key}`]);
    return pin.values.flatMap((arn) =>
      entryOf(statement, arn, callerOfArn(arn, pin.readsWildcards), IDENTITIES, consumed),
    );
  }
  return values.flatMap((value): TrustEntry[] => {
    const principal = parseAwsPrincipal(value);
    switch (principal.form) {
      case "anyone":
        return identifiedEntries(statement, { kind: "anyone", name: "*" }, "role-session");
      case "account": {
        const { accountId } = principal;
        const root = `arn:${principal.partition ?? partition}:iam::${accountId}:root`;
        return [entryOf(statement, root, { kind: "account", accountId }, IDENTITIES)];
      }
      case "entity":
        return [entryOf(statement, value, callerOfArn(value, false), IDENTITIES)];
      case "session": {
        const { accountId, roleName: role, sessionName: session } = principal;
        const who = { kind: "role-session", accountId, role, session } as const;
        return [entryOf(statement, value, who, IDENTITIES)];
      }
      case "federated-user":
      case "unknown":
        return [entryOf(statement, value, { kind: "other", text: value }, ALL_KINDS)];
    }
  });
}

/** The values to which a condition pins the caller's ARN; `undefined` where it does not. */
function pinOf({ Condition = {} }: Statement):
  | {
      readonly operator: string;
      readonly key: string;
      readonly values: readonly string[];
      readonly readsWildcards: boolean;
    }
  | undefined {
  for (const operator of ["ArnEquals", "ArnLike", "StringEquals", "StringLike"]) {
    for (const [key, tested] of Object.entries(Condition[operator] ?? {})) {
      const values = valuesOf(tested);
      if (key.toLowerCase() !== "aws:principalarn" || values.some(hasVariable)) continue;
      return { operator, key, values, readsWildcards: operator !== "StringEquals" };
    }
  }
  return undefined;
}

/** One entry for each combination of the values that tell callers of a provider or service apart. */
function identifiedEntries(
  statement: Statement,
  kind: CallerKind,
  caller: Caller["kind"],
): TrustEntry[] {
  const consumed = new Set<string>();
  const tested = new Set<string>();
  const keysTested = Object.values(statement.Condition ?? {}).flatMap(Object.keys);
  // Of somebody in a unit, the organization stays a condition.
  if (keysTested.some((key) => key.toLowerCase() === "aws:principalorgpaths")) {
    tested.add("aws:principalorgid");
  }
  let combinations: readonly (readonly IdentityTest[])[] = [[]];
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    for (const [key, list] of Object.entries(keys)) {
      const parts = identityParts(operator, valuesOf(list));
      const name = key.toLowerCase();
      const isTooMany =
        combinations.length > 1 && combinations.length * parts.length > MOST_COMBINATIONS;
      if (!isIdentityKey(kind, key) || tested.has(name) || parts.length === 0 || isTooMany)
        continue;
      tested.add(name);
      consumed.add(`${operator} ${key}`);
      combinations = combinations.flatMap((each) =>
        parts.map((part) => [...each, { operator, key, part }]),
      );
    }
  }
  return combinations.map((identity) =>
    entryOf(statement, kind.name, identifiedCaller(kind, identity), [caller], consumed, identity),
  );
}

function identityParts(
  operator: string,
  values: readonly string[],
): readonly IdentityTest["part"][] {
  const parsed = parseOperator(operator);
  const names = parsed?.family === "String" || parsed?.family === "Arn";
  const exact = parsed?.comparison === "equals" || parsed?.comparison === "like";
  if (!names || !exact || !asksFor(operator) || values.some(hasVariable)) return [];
  return [...new Set(values)].map((value) => namePart(value, parsed.comparison === "like"));
}

function hasVariable(value: string): boolean {
  return value.includes("${");
}

function entryOf(
  { Effect, Condition, ...statement }: Statement,
  principal: string,
  who: NamedCaller,
  kinds: readonly Caller["kind"][],
  consumed: ReadonlySet<string> = new Set(),
  identity: readonly IdentityTest[] = [],
): TrustEntry {
  const actions = [...new Set(kinds.flatMap(actionsOf))].filter((each) => covers(statement, each));
  return {
    effect: Effect,
    principal,
    who,
    actions,
    conditions: callerConditions(Condition, consumed),
    identity,
  };
}

function covers(
  { Action, NotAction }: Pick<Statement, "Action" | "NotAction">,
  action: StsAction,
): boolean {
  const named = valuesOf(Action ?? NotAction).some((each) => matchesAction(each, action));
  return named === (Action !== undefined);
}
