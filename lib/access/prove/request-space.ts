import { keyPresence } from "../decide/condition-key";
import { fixedValues, providerOf } from "./fixed-key";
import { TRUE, and, ask, not, or } from "./formula";
import type { Atom, Formula } from "./formula";
import type { KeyUsage } from "./key-usage";
import { SESSION_NAMES, organizationPaths, principalArns } from "./solvers/languages";
import {
  ORGANIZATION_DIMENSION,
  PRINCIPAL_DIMENSION,
  TIME_DIMENSION,
  derivedValue,
  ownValue,
} from "./open-value";
import type { OpenValue } from "./open-value";
import type { Scenario } from "./scenario";
import type { ElementKind } from "./solvers/set-solver";
import { pattern, text, textIgnoringCase } from "./solvers/string-pattern";
import type { StringPattern } from "./solvers/string-pattern";
import type { Dimension } from "./theory";

/** What a scenario says of a condition key: its values (none: absent), or what they depend on. */
export type KeyState =
  | { readonly fixed: readonly string[] }
  | { readonly fixed?: undefined; readonly presence: Formula; readonly value: OpenValue };

/** The condition keys of requests: what is fixed of them and what is open. */
export interface KeySpace {
  /** What is said of a key, spelled in any case. */
  keyState(key: string): KeyState;
  /** Values that policy variables are taken to have, by key in lower case. */
  readonly assumed: ReadonlyMap<string, string>;
  /** Keys in lower case of variables that depend on the request. Grows as they are met. */
  readonly open: Set<string>;
}

/** The requests of one scenario: what is fixed of them and what is open. */
export interface RequestSpace extends KeySpace {
  readonly scenario: Scenario;
  /** Grows as keys are asked for. */
  readonly dimensions: ReadonlyMap<string, Dimension>;
}

/** The name of the calling session, in scenarios with a role session. */
export const SESSION_DIMENSION = "calling session";

/** From 1970 to the end of 9999, in seconds: what ISO 8601 writes with four digits. */
export const TIME_DOMAIN = { integer: true, min: 0, max: 253_402_300_799 };

/**
 * The requests of a scenario, as far as the keys in use go.
 *
 * @param assumed values of policy variables, by key in lower case. @default - they are left open
 */
export function requestSpace(
  scenario: Scenario,
  usage: KeyUsage,
  assumed: ReadonlyMap<string, string> = new Map(),
): RequestSpace {
  const dimensions = scenarioDimensions(scenario);
  const states = new Map<string, KeyState>();

  function keyState(key: string): KeyState {
    const name = key.toLowerCase();
    const known = states.get(name);
    if (known !== undefined) return known;
    const fixed = fixedValues(name, scenario);
    const state = fixed === undefined ? openState(name) : { fixed };
    states.set(name, state);
    return state;
  }

  function openState(name: string): KeyState {
    const use = usage.get(name);
    let value = derivedValue(name, use, scenario);
    if (value === undefined) {
      const own = ownValue(name, use, scenario.caller);
      dimensions.set(name, own.dimension);
      value = own.value;
    }
    return { presence: presence(name, scenario, keyState), value };
  }

  return { scenario, dimensions, keyState, assumed, open: new Set() };
}

/** An atom about a string. */
export function stringAtom(dimension: string, of: StringPattern): Atom {
  return { kind: "string", id: `${dimension} ${of.id}`, dimension, pattern: of };
}

/** An atom about an element of a set. */
export function elementAtom(dimension: string, element: ElementKind): Atom {
  const ids = [element.inside, element.outside].map((part) =>
    part
      .map((each) => each.id)
      .sort()
      .join(" & "),
  );
  return { kind: "element", id: `${dimension} ${ids.join(" without ")}`, dimension, element };
}

function scenarioDimensions({ caller, role }: Scenario): Map<string, Dimension> {
  const dimensions = new Map<string, Dimension>([
    [TIME_DIMENSION, { kind: "time", domain: TIME_DOMAIN }],
  ]);
  if ("accountId" in caller) {
    const { accountId, kind, organization } = caller;
    const id = organization.known ? organization.facts.organizationId : undefined;
    dimensions
      .set(
        PRINCIPAL_DIMENSION,
        stringDimension(() => principalArns(role.partition, accountId, kind)),
      )
      .set(
        ORGANIZATION_DIMENSION,
        stringDimension(() => organizationPaths(id)),
      )
      .set(
        SESSION_DIMENSION,
        stringDimension(() => SESSION_NAMES),
      );
  }
  return dimensions;
}

/** Most questions are settled before a value is asked for, so the language is made when it is. */
function stringDimension(make: () => StringPattern): Dimension {
  let language: StringPattern | undefined;
  return {
    kind: "string",
    get language() {
      return (language ??= make());
    },
  };
}

const REQUEST_TAG = "aws:requesttag/";

/** When a key is there, as far as it hangs together with others. */
function presence(
  name: string,
  { caller, action }: Scenario,
  keyState: (key: string) => KeyState,
): Formula {
  if (keyPresence(name, caller.kind, providerOf(caller)) === "always") return TRUE;
  if (name.startsWith(REQUEST_TAG)) {
    // A tag that is passed stands in the list of tag keys too.
    keyState("aws:tagkeys");
    const tag = pattern(textIgnoringCase(name.slice(REQUEST_TAG.length)));
    return and(
      flag("aws:tagkeys"),
      ask(elementAtom("aws:tagkeys", { inside: [tag], outside: [] })),
    );
  }
  switch (name) {
    case "aws:sourceip":
      // CK-11, CK-12: absent through a VPC endpoint, which brings keys of its own.
      return not(flag("vpc endpoint"));
    case "aws:sourcevpc":
    case "aws:sourcevpce":
    case "aws:vpcsourceip":
      return flag("vpc endpoint");
    case "aws:multifactorauthage":
      // CK-16: only with MFA.
      keyState(MFA);
      return and(flag(MFA), ask(stringAtom(MFA, pattern(text("true")))));
    case "aws:tokenissuetime":
      // CK-15, CK-23: both come with temporary credentials, this one with all of them.
      return or(flag(name), flag(MFA));
    case "aws:principalorgid":
    case "aws:principalorgpaths":
      return "accountId" in caller && caller.organization.known ? TRUE : flag("organization");
    case "sts:rolesessionname":
      // Calls for a role require it; what a service passes is not documented (EC-09).
      return action.startsWith("sts:AssumeRole") && caller.kind !== "service" ? TRUE : flag(name);
    default:
      return flag(name);
  }
}

const MFA = "aws:multifactorauthpresent";

function flag(name: string): Formula {
  return ask({ kind: "flag", id: `present ${name}` });
}
