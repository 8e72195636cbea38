import type { NewValue } from "../../account-map/edit/change";
import { formatDuration } from "../../account-map/model/duration";
import { quoteName } from "../../diagnostics/quote";
import { isMultiValuedClaim } from "../../iam/federation/issuer-claims";
import { parseOperator } from "../../iam/condition/condition-operator";
import { valuesOf } from "../../iam/policy-document";
import type { Statement } from "../../iam/policy-document";

/** The conditions of a trust statement, as far as the map has words for them. */
export interface TrustConditions {
  /** Values of `aws:PrincipalArn`. @default - any caller of the principal */
  readonly pins?: readonly string[];
  /** Values of `aws:PrincipalOrgPaths`. @default - not asked for */
  readonly organizationPaths?: readonly string[];
  /** External ids, one of which is to be passed. */
  readonly externalIds: readonly string[];
  /** What the map writes next to the principal, under its own keys. */
  readonly written: Readonly<Record<string, NewValue>>;
  /** Values of `sts:SourceIdentity`. @default - not asked for */
  readonly sourceIdentities?: readonly string[];
  /** Values of `aws:TagKeys`. @default - not asked for */
  readonly tagKeys?: readonly string[];
  /** Values of `aws:RequestTag/` by tag key. */
  readonly requestTags: Readonly<Record<string, readonly string[]>>;
  /** Values by key of those that only some kinds of callers carry: claims, attributes, sources. */
  readonly others: Readonly<Record<string, readonly string[]>>;
}

/** Reads the conditions of a trust statement, or returns which of them the map can't express. */
export function readTrustConditions({
  Condition = {},
}: Pick<Statement, "Condition">): TrustConditions | { readonly problem: string } {
  const found: { -readonly [K in keyof TrustConditions]: TrustConditions[K] } = {
    externalIds: [],
    written: {},
    requestTags: {},
    others: {},
  };
  const written: Record<string, NewValue> = {};
  const requestTags: Record<string, readonly string[]> = {};
  const others: Record<string, readonly string[]> = {};
  for (const [name, keys] of Object.entries(Condition)) {
    for (const [key, value] of Object.entries(keys)) {
      const values = valuesOf(value);
      const test = `${kindOf(name)} ${key.toLowerCase()}`;
      const tag = /^aws:requesttag\/(.+)$/i.exec(key)?.[1];
      if (/^text aws:principalarn$|^arn aws:principalarn$/.test(test)) found.pins = values;
      else if (test === "text aws:principalorgid") continue;
      else if (test === "any aws:principalorgpaths") found.organizationPaths = values;
      else if (test === "text sts:externalid") found.externalIds = values;
      else if (test === "truth aws:multifactorauthpresent" && values.join() === "true") {
        if (!("mfa" in written)) written.mfa = true;
      } else if (test === "less aws:multifactorauthage" && values.length === 1) {
        written.mfa = { maxAge: formatDuration(Number(values[0])) };
      } else if (test === "address aws:sourceip") written.sourceIps = values;
      else if (test === "text aws:sourcevpce") written.vpcEndpoints = values;
      else if (test === "from aws:currenttime" && values.length === 1) {
        written.notBefore = values[0] ?? "";
      } else if (test === "until aws:currenttime" && values.length === 1) {
        written.notAfter = values[0] ?? "";
      } else if (test === "text sts:sourceidentity") found.sourceIdentities = values;
      else if (test === "all aws:tagkeys") found.tagKeys = values;
      else if (test.startsWith("text ") && tag !== undefined) requestTags[tag] = values;
      else if (/^(?:text|arn) /.test(test) && OF_SOME_CALLERS.test(key)) others[key] = values;
      else if (test.startsWith("any ") && isMultiValuedClaim(key)) others[key] = values;
      else return { problem: `the map can't express the condition ${name} of ${quoteName(key)}` };
    }
  }
  return { ...found, written, requestTags, others };
}

/** Claims of identity providers, which have their issuer or `SAML` before the colon, and what services send. */
const OF_SOME_CALLERS =
  /^(?!(?:aws|sts):)[^:]+:.+$|^aws:Source(?:Arn|Account)$|^aws:PrincipalTag\/x509/i;

/** What an operator asks, in one word, as far as the map can ask it. */
function kindOf(name: string): string {
  const operator = parseOperator(name);
  if (operator === undefined || operator.ifExists || operator.negated) return "";
  const base = name.replace(/^.*:/, "").toLowerCase();
  switch (operator.quantifier) {
    case "none":
      return KINDS[base] ?? "";
    case "all":
      return base === "stringequals" ? "all" : "";
    default:
      return base === "stringequals" || base === "stringlike" ? "any" : "";
  }
}

const KINDS: Readonly<Record<string, string>> = {
  stringequals: "text",
  stringlike: "text",
  arnequals: "arn",
  arnlike: "arn",
  bool: "truth",
  numericlessthan: "less",
  ipaddress: "address",
  dategreaterthanequals: "from",
  datelessthan: "until",
};
