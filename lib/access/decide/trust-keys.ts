import { formatDate, parseDate } from "../../iam/condition/date-value";
import { parseNumeric } from "../../iam/condition/numeric-value";
import { parseOperator } from "../../iam/condition/condition-operator";
import { valuesOf } from "../../iam/policy-document";
import type { OneOrMore, Statement } from "../../iam/policy-document";

/** What a caller says in a request, so that a trust statement's conditions can hold. */
export interface RequestKeys {
  readonly keys: Readonly<Record<string, OneOrMore>>;
  /** @default - the statement asks for none */
  readonly sourceIdentity?: string;
  /** @default - the statement does not test the time */
  readonly time?: string;
}

/** What AWS asserts about a caller, by keys in lower case. */
export interface AssertedKeys {
  /** The name that stands for it: a user's, or that of its session. @default - of nobody in particular */
  readonly name?: string;
  /** Its other keys, such as its tags. @default - none is known */
  readonly keys?: ReadonlyMap<string, string>;
}

/**
 * What a caller has to say so that the conditions of a trust statement hold, as far as it can choose: external
 * id, MFA, address, claims. What it is, such as its ARN and account, it cannot choose. A source identity that must
 * agree with what AWS asserts is the caller's own (rule CK-21).
 */
export function fulfillingKeys(
  { Condition = {} }: Statement,
  asserted: AssertedKeys = {},
): RequestKeys {
  const keys: Record<string, OneOrMore> = {};
  let sourceIdentity: string | undefined;
  let time: string | undefined;
  for (const [name, tested] of Object.entries(Condition)) {
    const operator = parseOperator(name);
    if (operator === undefined || operator.negated) continue;
    for (const [key, values] of Object.entries(tested)) {
      const lower = key.toLowerCase();
      const [first] = valuesOf(values);
      if (first === undefined || IS_CALLER.test(lower)) continue;
      if (operator.family === "Null") {
        if (lower === "sts:sourceidentity" && first === "false") {
          sourceIdentity ??= asserted.name ?? SOMEONE;
        }
        continue;
      }
      const own = ownIdentity(lower, first, asserted);
      if (own !== undefined) {
        ({ sourceIdentity } = own);
        Object.assign(keys, own.keys);
        continue;
      }
      const value = exampleOf(operator.family, name, first);
      if (lower === "sts:sourceidentity") sourceIdentity = value;
      else if (lower === "aws:currenttime") time = value;
      // Both keys say the same moment; a number of it is in seconds.
      else if (lower === "aws:epochtime") time = operator.family === "Date" ? value : moment(value);
      else keys[key] = value;
    }
  }
  return {
    keys,
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    ...(time === undefined ? {} : { time }),
  };
}

/** Who sets an identity, where no name stands for it. */
const SOMEONE = "someone";

/** The identity that a comparison with what AWS asserts leaves to a caller; `undefined` for any other condition. */
function ownIdentity(
  key: string,
  value: string,
  { name = SOMEONE, keys = new Map() }: AssertedKeys,
): Required<Pick<RequestKeys, "keys" | "sourceIdentity">> | undefined {
  if (key === "aws:userid" && /^\*:\$\{sts:SourceIdentity\}$/i.test(value)) {
    const known = keys.get(key);
    return {
      sourceIdentity: name,
      keys: known === undefined ? { [key]: `AROAEXAMPLE:${name}` } : {},
    };
  }
  if (key !== "sts:sourceidentity") return undefined;
  const variable = /^\$\{([^,}]+)\}$/.exec(value)?.[1]?.trim().toLowerCase();
  if (variable === undefined) return undefined;
  const known = keys.get(variable);
  return {
    sourceIdentity: known ?? name,
    keys:
      known === undefined && variable.startsWith("aws:principaltag/") ? { [variable]: name } : {},
  };
}

function moment(seconds: string): string {
  const date = parseDate(seconds);
  return date === undefined ? seconds : formatDate(date);
}

const IS_CALLER = /^aws:principal(arn|account|type|orgid|orgpaths|isawsservice|servicename)/;

function exampleOf(family: string, operator: string, value: string): string {
  const one = operator.includes("Less") ? -1 : operator.includes("Greater") ? 1 : 0;
  if (family === "Numeric") {
    const number = parseNumeric(value);
    return number === undefined ? value : String(number + one);
  }
  if (family === "Date") {
    const date = parseDate(value);
    // Of a text that is no date, nothing is earlier or later: the statement decides.
    return date === undefined ? value : formatDate(date + one * 1000);
  }
  if (family === "Ip") return value.split("/")[0] ?? value;
  return value.replace(/[*?]/g, "x");
}
