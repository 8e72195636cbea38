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

/**
 * What a caller has to say so that the conditions of a trust statement hold, as far as it can choose: external
 * id, MFA, address, claims. What it is, such as its ARN and account, it cannot choose.
 */
export function fulfillingKeys({ Condition = {} }: Statement): RequestKeys {
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
      if (operator.family === "Null") continue;
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
