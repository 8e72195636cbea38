import { parseAwsPrincipal } from "../../iam/condition/aws-principal";
import type { AwsPrincipal } from "../../iam/condition/aws-principal";
import { matchPrincipal } from "../../iam/condition/principal-match";
import { valuesOf } from "../../iam/policy-document";
import type { PrincipalElement, Statement } from "../../iam/policy-document";
import { ANY } from "./solvers/characters";
import { FALSE, TRUE, and, ask, constant, not, opaque, or } from "./formula";
import type { Formula } from "./formula";
import { PRINCIPAL_DIMENSION } from "./open-value";
import { SESSION_DIMENSION, stringAtom } from "./request-space";
import type { CallerCase, Scenario } from "./scenario";
import { many, pattern, text } from "./solvers/string-pattern";

/**
 * When a Principal element names the caller, in the requests of a scenario; of an allow only in the ways
 * that count there.
 */
export function compilePrincipal(
  element: PrincipalElement | "*",
  effect: Statement["Effect"],
  { caller, role, grants }: Scenario,
): Formula {
  if (!("accountId" in caller)) return compileFixed(element, caller);
  const { account, entity, other } = namings(element, caller, role.partition);
  return effect === "Allow" && grants === "direct" ? or(entity, other) : or(account, entity, other);
}

/**
 * When a NotPrincipal element covers the caller: certainly where nothing names it, certainly not where
 * its account and its user or role are both named.
 */
export function compileNotPrincipal(
  element: PrincipalElement | "*",
  { caller, role }: Scenario,
): Formula {
  if (!("accountId" in caller)) return not(compileFixed(element, caller));
  if (element === "*") return FALSE;
  const { account, entity, other, anyone } = namings(element, caller, role.partition);
  const excepted = or(constant(anyone), and(account, entity));
  const partly = opaque(
    `NotPrincipal ${JSON.stringify(element)}`,
    "a NotPrincipal names the caller, but not with its account and its user or role",
  );
  return and(not(excepted), or(not(or(account, entity, other)), partly));
}

interface Namings {
  readonly anyone: boolean;
  /** The caller's account is named. */
  readonly account: Formula;
  /** The caller's user or role is named by its ARN. */
  readonly entity: Formula;
  /** The caller's session is named, or everyone, or something that cannot be told. */
  readonly other: Formula;
}

type AwsCaller = Extract<CallerCase, { readonly accountId: string }>;

function namings(element: PrincipalElement | "*", caller: AwsCaller, partition: string): Namings {
  if (element === "*") return { anyone: true, account: FALSE, entity: FALSE, other: TRUE };
  const principals = valuesOf(element.AWS).map((value) => ({
    value,
    principal: parseAwsPrincipal(value),
  }));
  const anyone = principals.some(({ principal }) => principal.form === "anyone");
  const all = { account: FALSE, entity: FALSE, other: constant(anyone) };
  for (const { value, principal } of principals) {
    const named = whenNamed(value, principal, caller, partition);
    if (principal.form === "account") all.account = or(all.account, named);
    else if (principal.form === "entity") all.entity = or(all.entity, named);
    else all.other = or(all.other, named);
  }
  const { AWS, Service, Federated } = element;
  const empty = [AWS, Service, Federated].every((each) => valuesOf(each).length === 0);
  if (empty) all.other = NOBODY;
  return { anyone, ...all };
}

function whenNamed(
  value: string,
  principal: AwsPrincipal,
  caller: AwsCaller,
  partition: string,
): Formula {
  switch (principal.form) {
    case "anyone":
      return TRUE;
    case "account":
      return constant(
        principal.accountId === caller.accountId &&
          (principal.partition ?? partition) === partition,
      );
    case "entity": {
      const type = caller.kind === "user" ? "user" : "role";
      const prefix = `arn:${partition}:iam::${caller.accountId}:${type}/`;
      if (!principal.arn.startsWith(prefix)) return FALSE;
      return ask(stringAtom(PRINCIPAL_DIMENSION, pattern(text(principal.arn))));
    }
    case "session": {
      if (caller.kind !== "role-session" || principal.accountId !== caller.accountId) return FALSE;
      if (principal.partition !== partition) return FALSE;
      const prefix = text(`arn:${partition}:iam::${caller.accountId}:role/`);
      const name = text(principal.roleName);
      const roles = pattern([...prefix, ...name], [...prefix, many(ANY), ...text("/"), ...name]);
      return and(
        ask(stringAtom(PRINCIPAL_DIMENSION, roles)),
        ask(stringAtom(SESSION_DIMENSION, pattern(text(principal.sessionName)))),
      );
    }
    case "federated-user":
      return FALSE;
    case "unknown":
      return opaque(
        `AWS principal ${value}`,
        `\`${value}\` is not a principal that IAM keeps as it is`,
      );
  }
}

/** Services and federated callers are fixed by the scenario: the evaluator knows them, value by value. */
function compileFixed(
  element: PrincipalElement | "*",
  caller: Exclude<CallerCase, AwsCaller>,
): Formula {
  if (element === "*") return TRUE;
  const parts: Formula[] = [];
  for (const kind of ["AWS", "Service", "Federated"] as const) {
    for (const value of valuesOf(element[kind])) {
      const { outcome, reason } = matchPrincipal({ [kind]: value }, caller);
      parts.push(
        outcome === "unknown"
          ? opaque(`${caller.kind} named by ${kind} ${value}`, reason)
          : constant(outcome === "match"),
      );
    }
  }
  return parts.length === 0 ? NOBODY : or(...parts);
}

const NOBODY = opaque("Principal {}", "a principal element names nobody");
