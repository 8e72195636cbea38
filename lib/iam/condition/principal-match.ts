import { parseArn } from "../arn";
import { valuesOf } from "../policy-document";
import type { PrincipalElement } from "../policy-document";
import { parseAwsPrincipal } from "./aws-principal";
import type { AwsPrincipal } from "./aws-principal";
import { principalArn, sessionArn } from "./caller";
import type { Caller } from "./caller";
import { anyOf, match, noMatch, unknown } from "./outcome";
import type { Outcome } from "./outcome";

/** How a principal element names a caller: what else is needed depends on it (rules TR-01 to TR-05). */
export type PrincipalWay =
  "anyone" | "account" | "user" | "role" | "session" | "service" | "federated";

/** Whether a principal element names a caller, and in which ways. */
export interface PrincipalMatch extends Outcome {
  readonly ways: readonly PrincipalWay[];
}

/**
 * Whether a Principal element names a caller. A list is OR (rule TR-14); ARNs compare case-sensitively.
 *
 * `unknown` for forms that IAM rejects or replaces: wildcards within a name (rule GR-07) or for services
 * (rule GR-08), unique ids (rule TR-20), and `{"AWS": "*"}` for services and federated callers, of which
 * AWS says only that it equals `"*"` for anonymous users.
 */
export function matchPrincipal(element: PrincipalElement | "*", caller: Caller): PrincipalMatch {
  if (element === "*") return { ...match("everyone is named"), ways: ["anyone"] };
  const results = [
    ...valuesOf(element.AWS).map((value) => matchAws(value, caller)),
    ...valuesOf(element.Service).map((value) =>
      matchName(value, "service", caller.kind === "service" ? caller.service : undefined),
    ),
    ...valuesOf(element.Federated).map((value) =>
      matchName(value, "federated", "provider" in caller ? caller.provider : undefined),
    ),
  ];
  const outcome =
    results.length === 0 ? unknown("no principal") : anyOf(results, "the caller is not named");
  return { ...outcome, ways: [...new Set(results.flatMap((result) => result.ways))] };
}

/**
 * Whether a NotPrincipal element covers a caller, that is, does not name it. Where it names a user, role
 * or session but not its account too, AWS may cover the caller all the same: `unknown`.
 */
export function matchNotPrincipal(element: PrincipalElement | "*", caller: Caller): Outcome {
  const named = matchPrincipal(element, caller);
  if (named.outcome === "no-match") return match("the caller is not excepted");
  if (named.outcome === "unknown") return named;
  const completely = named.ways.some(
    (way) => way === "anyone" || way === "service" || way === "federated",
  );
  const needed: readonly PrincipalWay[] =
    caller.kind === "user" ? ["account", "user"] : ["account", "role"];
  return completely || needed.every((way) => named.ways.includes(way))
    ? noMatch("the caller is excepted")
    : unknown("the caller is excepted, but not with its account and its user or role");
}

function matchAws(value: string, caller: Caller): PrincipalMatch {
  const principal = parseAwsPrincipal(value);
  if (principal.form === "unknown") {
    return { ...unknown(`\`${value}\` is not a principal that IAM keeps as it is`), ways: [] };
  }
  const arn = principalArn(caller);
  if (principal.form === "anyone" && arn === undefined) {
    return {
      ...unknown(`\`{"AWS": "*"}\` for a ${caller.kind} caller is not documented`),
      ways: [],
    };
  }
  const way = arn === undefined ? undefined : wayOf(principal, arn, caller);
  return way === undefined
    ? { ...noMatch(`the caller is not \`${value}\``), ways: [] }
    : { ...match(`\`${value}\` is named`), ways: [way] };
}

function wayOf(principal: AwsPrincipal, arn: string, caller: Caller): PrincipalWay | undefined {
  switch (principal.form) {
    case "anyone":
      return "anyone";
    case "account": {
      const partition = principal.partition ?? parseArn(arn)?.partition ?? "";
      return arn.startsWith(`arn:${partition}:iam::${principal.accountId}:`)
        ? "account"
        : undefined;
    }
    case "entity":
      if (principal.arn !== arn) return undefined;
      return caller.kind === "user" ? "user" : "role";
    case "session": {
      const { partition, accountId, roleName, sessionName } = principal;
      const named = `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
      return caller.kind === "role-session" && named === sessionArn(caller) ? "session" : undefined;
    }
    case "federated-user":
    case "unknown":
      return undefined;
  }
}

function matchName(
  value: string,
  way: "service" | "federated",
  name: string | undefined,
): PrincipalMatch {
  if (value === "*" && name !== undefined) {
    // Of an account only its own providers can be named (rule OI-02), those built into AWS have none.
    return way === "federated" && !name.startsWith("arn:")
      ? { ...unknown("`*` for a provider that is built into AWS is not documented"), ways: [] }
      : { ...match(`every ${way === "service" ? "service" : "provider"} is named`), ways: [way] };
  }
  if (value !== "*" && value.includes("*")) {
    return { ...unknown(`a wildcard in a ${way} principal`), ways: [] };
  }
  return value === name
    ? { ...match(`\`${value}\` is named`), ways: [way] }
    : { ...noMatch(`the caller is not \`${value}\``), ways: [] };
}
