import type { AccessRequest } from "../../../lib/access/access-request";
import type { ConditionBlock, PolicyDocument, Statement } from "../../../lib/iam/policy-document";

/*
 * A second opinion on trust policies, written plainly from the rules and sharing nothing with the library
 * but types: regular expressions where the library has globs, numbers for addresses, no prover. It knows
 * well-formed documents; of anything else it says that it does not know.
 */

/** `undefined`: not known. */
type Truth = boolean | undefined;

/** Whether a trust policy lets a request in. */
export function naivelyAllowed(document: PolicyDocument, request: AccessRequest): Truth {
  return decide(document, request, false);
}

/** Whether a trust policy lets a request of the role's own account in without the caller's permission. */
export function naivelyAllowedDirectly(document: PolicyDocument, request: AccessRequest): Truth {
  return decide(document, request, true);
}

const withVariables = new WeakMap<PolicyDocument, boolean>();

function hasVariables(document: PolicyDocument): boolean {
  const known = withVariables.get(document);
  if (known !== undefined) return known;
  const has = document.Version === "2012-10-17" && JSON.stringify(document).includes("${");
  withVariables.set(document, has);
  return has;
}

function decide(document: PolicyDocument, request: AccessRequest, direct: boolean): Truth {
  let allowed: Truth = false;
  let denied: Truth = false;
  for (const written of document.Statement) {
    const statement = hasVariables(document) ? filledIn(written, request) : written;
    if (statement === undefined) return undefined;
    if (statement.Effect === "Allow") allowed = or(allowed, applies(statement, request, direct));
    else denied = or(denied, applies(statement, request, false));
  }
  return and(allowed, not(denied));
}

/** Marks a character of a value that was filled in, which is no wildcard: no policy and no request has it. */
const PLAIN = "\ue000";
/** Stands for a value that a variable without a value makes: nothing equals it. */
const NULL_VALUE = "\ue001";

/** A value of every type that nothing equals. */
const NEVER = "\ue002:\ue002:\ue002:\ue002:\ue002:\ue002";

/**
 * A statement whose policy variables are filled in, by the user guide's page on policy variables: a single value of
 * the request or, where there is none, the default; `${*}`, `${?}` and `${$}` are the characters. A variable without
 * a value makes one that is equal to nothing or voids the statement, as the page has both.
 */
function filledIn(statement: Statement, { context }: AccessRequest): Statement | undefined {
  const Condition: Record<string, Record<string, string[]>> = {};
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    const own: Record<string, string[]> = (Condition[operator] = {});
    const isFilled = /^(ForAnyValue:|ForAllValues:)?(String|Arn)/.test(operator);
    for (const [key, values] of Object.entries(keys)) {
      own[key] = isFilled ? list(values).map((each) => fill(each, context)) : list(values);
    }
  }
  return { ...statement, ...(statement.Condition && { Condition }) };
}

function fill(value: string, context: AccessRequest["context"]): string {
  const missing: string[] = [];
  const filled = value.replace(/\$\{([^}]*)\}/g, (_, inner: string) => {
    if (inner === "*" || inner === "?" || inner === "$") return PLAIN + inner;
    const comma = inner.indexOf(",");
    const name = (comma < 0 ? inner : inner.slice(0, comma)).trim().toLowerCase();
    const quoted = comma < 0 ? undefined : /'([^']*)'/.exec(inner.slice(comma))?.[1];
    const found = context.get(name)?.values ?? [];
    const text = found.length === 1 ? found[0] : quoted;
    if (text === undefined) missing.push(name);
    return (text ?? "").replace(/[^]/gu, (each) => PLAIN + each);
  });
  return missing.length > 0 ? NULL_VALUE : filled;
}

function applies(statement: Statement, request: AccessRequest, direct: boolean): Truth {
  if (statement.Resource !== undefined || statement.NotResource !== undefined) return undefined;
  if ((statement.Principal === undefined) === (statement.NotPrincipal === undefined))
    return undefined;
  let action: boolean;
  if (statement.Action !== undefined)
    action = list(statement.Action).some((each) => isAction(each, request));
  else action = !list(statement.NotAction).some((each) => isAction(each, request));
  if (!action) return false;
  const principal =
    statement.Principal === undefined
      ? excepted(statement, request)
      : named(statement.Principal, request, direct);
  return and(principal, conditionsHold(statement.Condition ?? {}, request));
}

function isAction(pattern: string, request: AccessRequest): boolean {
  return regex(pattern.toLowerCase()).test(request.action.toLowerCase());
}

function named(
  principal: NonNullable<Statement["Principal"]>,
  request: AccessRequest,
  direct: boolean,
): Truth {
  if (principal === "*") return true;
  const { caller } = request;
  let result: Truth = false;
  for (const value of list(principal.AWS)) {
    if (caller.kind === "user" || caller.kind === "role-session") {
      const arn = caller.kind === "user" ? caller.arn : caller.roleArn;
      const [, partition, , , account] = arn.split(":");
      if (value === "*" || value === arn) result = true;
      else if (value === account || value === `arn:${partition}:iam::${account}:root`) {
        if (!direct) result = true;
      } else if (value.startsWith(`arn:${partition}:sts::${account}:assumed-role/`)) {
        const [, role, session] = value.split("/");
        const name = arn.split("/").at(-1);
        if (caller.kind === "role-session" && role === name && session === caller.sessionName)
          result = true;
      } else if (value.includes("*") || !/^\d{12}$|^arn:/.test(value))
        result = or(result, undefined);
    } else if (value.includes("*") || !/^\d{12}$|^arn:/.test(value)) result = or(result, undefined);
  }
  for (const value of list(principal.Service)) {
    if (caller.kind === "service" && value === caller.service) result = true;
  }
  for (const value of list(principal.Federated)) {
    if ((caller.kind === "web-identity" || caller.kind === "saml") && value === caller.provider)
      result = true;
  }
  return result;
}

/** Only for elements that name accounts together with their users and roles, or services, or nothing of the caller's. */
function excepted({ NotPrincipal }: Statement, request: AccessRequest): Truth {
  if (NotPrincipal === undefined) return undefined;
  const whole = named(NotPrincipal, request, false);
  if (whole !== true) return not(whole);
  const { caller } = request;
  if (caller.kind !== "user" && caller.kind !== "role-session") return false;
  if (NotPrincipal === "*" || list(NotPrincipal.AWS).includes("*")) return false;
  const arn = caller.kind === "user" ? caller.arn : caller.roleArn;
  const account = arn.split(":")[4] ?? "";
  const accounts = list(NotPrincipal.AWS).some(
    (each) => each === account || each.endsWith(`:${account}:root`),
  );
  return accounts && list(NotPrincipal.AWS).includes(arn) ? false : undefined;
}

/** Whether all conditions of a statement hold in the context of a request. */
export function conditionsHold(
  block: ConditionBlock,
  request: Pick<AccessRequest, "context">,
): Truth {
  let result: Truth = true;
  for (const [operator, keys] of Object.entries(block)) {
    for (const [key, policy] of Object.entries(keys)) {
      const values = request.context.get(key.toLowerCase())?.values ?? [];
      result = and(result, conditionHolds(operator, list(policy), [...values]));
    }
  }
  return result;
}

function conditionHolds(operator: string, policy: string[], values: string[]): Truth {
  if (policy.length === 0) return undefined;
  if (policy.includes(NULL_VALUE)) {
    // In one reading no value equals it, in the other the statement is void.
    const others = policy.filter((each) => each !== NULL_VALUE);
    const holds = conditionHolds(operator, others.length === 0 ? [NEVER] : others, values);
    return holds === false ? false : undefined;
  }
  if (operator === "Null")
    return policy.some((each) => (each === "true") === (values.length === 0));
  const any = operator.startsWith("ForAnyValue:");
  const all = operator.startsWith("ForAllValues:");
  const ifExists = operator.endsWith("IfExists");
  const name = operator.replace(/^For(Any|All)Values?:/, "").replace(/IfExists$/, "");
  const positive = name.replace("Not", "");
  const negated = positive !== name;
  if (policy.some((each) => passes(positive, each, undefined) === undefined)) return undefined;
  if (values.length === 0) {
    if (all) return true;
    if (any) return ifExists ? undefined : false;
    return ifExists || negated;
  }
  const results = values.map((value) => {
    let one: Truth = false;
    for (const each of policy) one = or(one, passes(positive, each, value));
    return negated ? not(one) : one;
  });
  const some = results.reduce<Truth>(or, false);
  const every = results.reduce<Truth>(and, true);
  if (any) return some;
  if (all || some === every) return every;
  return undefined;
}

/** Without a value: whether the policy's value is well-formed. */
function passes(operator: string, written: string, value: string | undefined): Truth {
  const isPattern = operator === "StringLike" || operator.startsWith("Arn");
  const policy = isPattern ? written : written.replaceAll(PLAIN, "");
  switch (operator) {
    case "StringEquals":
      return value === undefined || value === policy;
    case "StringEqualsIgnoreCase":
      return value === undefined || value.toLowerCase() === policy.toLowerCase();
    case "StringLike":
      return value === undefined || regex(policy).test(value);
    case "ArnEquals":
    case "ArnLike": {
      // Whether a colon that is filled in ends a field, no page says.
      if (policy.includes(`${PLAIN}:`)) return undefined;
      const pattern = policy.split(":");
      if (pattern.length < 6) return undefined;
      if (value === undefined) return true;
      const parts = value.split(":");
      if (parts.length < 6) return false;
      const last = regex(pattern.slice(5).join(":")).test(parts.slice(5).join(":"));
      return (
        last &&
        [0, 1, 2, 3, 4].every((index) => regex(pattern[index] ?? "").test(parts[index] ?? ""))
      );
    }
    case "Bool":
      if (policy !== "true" && policy !== "false") return undefined;
      if (value !== undefined && value !== "true" && value !== "false") return undefined;
      return value === undefined || value === policy;
    case "IpAddress": {
      const [network = "", bits] = policy.split("/");
      const address = value ?? network;
      const one = bitsOf(network);
      const other = bitsOf(address);
      if (one === undefined || other === undefined) return undefined;
      if (bits !== undefined && !(Number(bits) <= one.length)) return undefined;
      const length = bits === undefined ? one.length : Number(bits);
      return one.length === other.length && one.slice(0, length) === other.slice(0, length);
    }
    default: {
      const [, family, comparison] = /^(Numeric|Date)(.*)$/.exec(operator) ?? [];
      const number = (text: string): number => {
        if (family === "Numeric") return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
        return /^\d{10}$/.test(text) ? Number(text) * 1000 : Date.parse(text);
      };
      const bound = number(policy);
      const given = value === undefined ? bound : number(value);
      if (family === undefined || Number.isNaN(bound) || Number.isNaN(given)) return undefined;
      if (comparison === "Equals") return given === bound;
      if (comparison === "LessThan") return value === undefined || given < bound;
      if (comparison === "LessThanEquals") return given <= bound;
      if (comparison === "GreaterThan") return value === undefined || given > bound;
      if (comparison === "GreaterThanEquals") return given >= bound;
      return undefined;
    }
  }
}

/** An address as a string of bits; IPv6 with one `::` or none. */
function bitsOf(address: string): string | undefined {
  if (/^\d+(\.\d+){3}$/.test(address)) {
    const bytes = address.split(".").map(Number);
    return bytes.every((byte) => byte < 256)
      ? bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("")
      : undefined;
  }
  if (!/^[0-9a-f:]+$/i.test(address) || !address.includes(":")) return undefined;
  const [head = "", tail] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros =
    tail === undefined ? [] : new Array<string>(8 - left.length - right.length).fill("0");
  const groups = [...left, ...zeros, ...right];
  return groups.length === 8
    ? groups.map((each) => parseInt(each, 16).toString(2).padStart(16, "0")).join("")
    : undefined;
}

const expressions = new Map<string, RegExp>();

/** A pattern of IAM as a regular expression. */
export function regex(glob: string): RegExp {
  const known = expressions.get(glob);
  if (known !== undefined) return known;
  const parts = glob.match(/\ue000[^]|\*+|\?|[^]/gu) ?? [];
  const translated = parts.map((part) => {
    if (part.startsWith("*")) return "[^]*";
    if (part === "?") return "[^]";
    return part.replace(PLAIN, "").replace(/[.+^${}()|[\]\\*?]/g, "\\$&");
  });
  const expression = new RegExp(`^${translated.join("")}$`);
  expressions.set(glob, expression);
  return expression;
}

/** The values of an element. */
export function list(value: string | readonly string[] | undefined): string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : [...value];
}

function and(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === true && b === true ? true : undefined;
}

function or(a: Truth, b: Truth): Truth {
  return not(and(not(a), not(b)));
}

function not(a: Truth): Truth {
  return a === undefined ? undefined : !a;
}
