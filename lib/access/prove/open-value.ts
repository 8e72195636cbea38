import { nameInArn } from "../../iam/arn";
import { formatDate } from "../../iam/condition/date-value";
import type { OperatorFamily } from "../../iam/condition/condition-operator";
import { isMultiValued, neverTrue } from "../decide/condition-key";
import { ANY, NOT_SLASH } from "./solvers/characters";
import type { CharacterClass } from "./solvers/characters";
import type { KeyUse } from "./key-usage";
import {
  ANYTHING,
  BOOLEAN,
  EXTERNAL_IDS,
  FALSE,
  SESSION_IDS,
  SESSION_NAMES,
  USER_IDS,
} from "./solvers/languages";
import type { Scenario } from "./scenario";
import { many, pattern, text } from "./solvers/string-pattern";
import type { StringPattern, Token } from "./solvers/string-pattern";
import type { Dimension } from "./theory";

/** How the value of a key takes part in a dimension. */
export interface OpenValue {
  readonly dimension: string;
  /** `untold`: nothing can be told of the key but its presence, such as where operators of different types test it. */
  readonly kind: Dimension["kind"] | "untold";
  /** What a wildcard in a pattern for the key spans. */
  readonly wildcard: CharacterClass;
  /** The pattern for the dimension that a pattern for the key makes; `undefined` where both are the same. */
  readonly place: ((tokens: readonly Token[]) => StringPattern) | undefined;
  /** Which of two numbers the key is, in the dimension of time. */
  readonly of: "now" | "issued" | undefined;
  /** The key's values, read from a value of the dimension. */
  readonly read: (value: readonly string[]) => readonly string[];
}

/** The caller's ARN, in scenarios with an AWS principal. */
export const PRINCIPAL_DIMENSION = "principal";
/** The path of the caller's account in its organization. */
export const ORGANIZATION_DIMENSION = "organization";
/** When the caller's credentials were issued, and now. */
export const TIME_DIMENSION = "time";

const STRINGS: readonly OperatorFamily[] = ["String", "Arn"];
const PLAIN = {
  kind: "string",
  wildcard: ANY,
  place: undefined,
  of: undefined,
  read: (value: readonly string[]) => value,
} as const;

/** How the value of a key takes part in the dimension of something else; `undefined` for keys of their own. */
export function derivedValue(
  name: string,
  use: KeyUse | undefined,
  { caller, role }: Scenario,
): OpenValue | undefined {
  const accountId = "accountId" in caller ? caller.accountId : "";
  switch (name) {
    case "aws:principalarn":
      return typed(use, STRINGS, { ...PLAIN, dimension: PRINCIPAL_DIMENSION });
    case "aws:username": {
      const prefix = text(`arn:${role.partition}:iam::${accountId}:user/`);
      return typed(use, STRINGS, {
        ...PLAIN,
        dimension: PRINCIPAL_DIMENSION,
        wildcard: NOT_SLASH,
        place: (tokens) =>
          pattern([...prefix, ...tokens], [...prefix, many(ANY), ...text("/"), ...tokens]),
        read: ([arn = ""]) => [nameInArn(arn)],
      });
    }
    case "aws:principalorgid":
      return typed(use, STRINGS, {
        ...PLAIN,
        dimension: ORGANIZATION_DIMENSION,
        wildcard: NOT_SLASH,
        place: (tokens) => pattern([...tokens, ...text("/"), many(ANY)]),
        read: ([path = ""]) => path.split("/").slice(0, 1),
      });
    case "aws:principalorgpaths":
      return typed(use, STRINGS, { ...PLAIN, dimension: ORGANIZATION_DIMENSION });
    case "aws:principalservicename":
    case "aws:principalservicenameslist":
      // Part of the caller, which the scenario names: not worth a dimension.
      return { ...PLAIN, dimension: name, kind: "untold" };
    default:
      return timeValue(name, use);
  }
}

/** How the value of a key of time takes part in the dimension of time; `undefined` for other keys. */
export function timeValue(name: string, use: KeyUse | undefined): OpenValue | undefined {
  switch (name) {
    case "aws:currenttime":
      return typed(use, ["Date"], time("now", isoDate));
    case "aws:tokenissuetime":
      return typed(use, ["Date"], time("issued", isoDate));
    case "aws:epochtime":
      return typed(
        use,
        ["Date", "Numeric"],
        time("now", (seconds) => seconds),
      );
    default:
      return undefined;
  }
}

/**
 * The dimension of a key of its own, and how the key takes part in it.
 *
 * @param caller whose requests carry it. @default - anyone's: no value is left out
 */
export function ownValue(
  name: string,
  use: KeyUse | undefined,
  caller?: Pick<Scenario["caller"], "kind">,
): { readonly value: OpenValue; readonly dimension: Dimension } {
  const [dimension, allowed] = ownDimension(name, use, caller);
  const value: OpenValue = { ...PLAIN, dimension: name, kind: dimension.kind };
  return { dimension, value: typed(use, allowed, value) };
}

const BOOLEAN_KEYS: ReadonlySet<string> = new Set([
  "aws:multifactorauthpresent",
  "aws:securetransport",
  "aws:viaawsservice",
]);
const LANGUAGES: ReadonlyMap<string, StringPattern> = new Map([
  ["sts:externalid", EXTERNAL_IDS],
  ["sts:rolesessionname", SESSION_NAMES],
  ["sts:sourceidentity", SESSION_NAMES],
  ["aws:sourceidentity", SESSION_NAMES],
]);
/** The longest life of credentials that GetSessionToken gives for MFA, seconds. */
const OLDEST_MFA = 129_600;
/** Large enough for every quantity that a key counts, and written without an exponent. */
const LARGEST = 2 ** 40;

/** The dimension of a key, and the families of operators that can test it. */
function ownDimension(
  name: string,
  use: KeyUse | undefined,
  caller: Pick<Scenario["caller"], "kind"> | undefined,
): readonly [Dimension, readonly OperatorFamily[]] {
  const kind = caller?.kind;
  const multiValued = isMultiValued(name) ?? use?.quantified ?? false;
  if (multiValued) return [{ kind: "element", language: ANYTHING }, STRINGS];
  if (BOOLEAN_KEYS.has(name)) {
    const language = kind !== undefined && neverTrue(name, kind) ? FALSE : BOOLEAN;
    return [{ kind: "string", language }, [...STRINGS, "Bool"]];
  }
  if (name === "aws:userid" && (kind === "user" || kind === "role-session")) {
    const language = kind === "user" ? USER_IDS : SESSION_IDS;
    return [{ kind: "string", language }, STRINGS];
  }
  const language = LANGUAGES.get(name);
  if (language !== undefined) return [{ kind: "string", language }, STRINGS];
  if (name === "aws:multifactorauthage") {
    return [{ kind: "number", domain: { integer: true, min: 0, max: OLDEST_MFA } }, ["Numeric"]];
  }
  const [family = "String"] = use?.families ?? [];
  switch (family) {
    case "Numeric":
      return [
        { kind: "number", domain: { integer: false, min: -LARGEST, max: LARGEST } },
        ["Numeric"],
      ];
    case "Ip":
      return [{ kind: "address" }, ["Ip"]];
    case "Bool":
      return [{ kind: "string", language: BOOLEAN }, ["Bool"]];
    case "String":
    case "Arn":
      return [{ kind: "string", language: ANYTHING }, STRINGS];
    case "Date":
    case "Binary":
    case "Null":
      return [{ kind: "string", language: ANYTHING }, []];
  }
}

function typed(
  use: KeyUse | undefined,
  allowed: readonly OperatorFamily[],
  value: OpenValue,
): OpenValue {
  const fits = [...(use?.families ?? [])].every((family) => allowed.includes(family));
  return fits ? value : { ...value, kind: "untold" };
}

function time(of: "now" | "issued", format: (seconds: string) => string): OpenValue {
  return {
    ...PLAIN,
    dimension: TIME_DIMENSION,
    kind: "time",
    of,
    read: ([issued = "", now = ""]) => [format(of === "now" ? now : issued)],
  };
}

function isoDate(seconds: string): string {
  return formatDate(Number(seconds) * 1000);
}
