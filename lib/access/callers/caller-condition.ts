import { parseOperator } from "../../iam/condition/condition-operator";
import { valuesOf } from "../../iam/policy-document";
import type { ConditionBlock } from "../../iam/policy-document";
import { issuerOfKey } from "../decide/condition-key";

/** What a condition of a trust policy is about; `other` for all that has no name here. */
export type ConditionKind =
  | "mfa"
  | "mfa-age"
  | "source-address"
  | "vpc-endpoint"
  | "vpc"
  | "time"
  | "external-id"
  | "source-identity"
  | "session-name"
  | "session-tag"
  | "session-tag-keys"
  | "principal-tag"
  | "principal-arn"
  | "principal-account"
  | "organization"
  | "organizational-unit"
  | "source-arn"
  | "source-account"
  | "source-organization"
  | "audience"
  | "claim"
  | "other";

/** A condition that a request must fulfil: exactly what the policy tests, and what that is about. */
export interface CallerCondition {
  readonly kind: ConditionKind;
  /** As the policy writes it, with prefix and suffix. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * The conditions of a statement, in its order, each key of each operator by itself.
 *
 * @param consumed operator and key of tests that say who the caller is, joined by a space
 */
export function callerConditions(
  condition: ConditionBlock = {},
  consumed: ReadonlySet<string> = new Set(),
): readonly CallerCondition[] {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]): CallerCondition[] =>
      consumed.has(`${operator} ${key}`)
        ? []
        : [{ kind: kindOf(operator, key), operator, key, values: valuesOf(values) }],
    ),
  );
}

/** Whether a condition asks for one of its values, without exception for requests that lack the key. */
export function asksFor(operator: string): boolean {
  const parsed = parseOperator(operator);
  return (
    parsed !== undefined &&
    !parsed.negated &&
    !parsed.ifExists &&
    parsed.quantifier !== "all" &&
    parsed.family !== "Null"
  );
}

const KINDS: Readonly<Record<string, ConditionKind>> = {
  "aws:multifactorauthpresent": "mfa",
  "aws:multifactorauthage": "mfa-age",
  "aws:sourceip": "source-address",
  "aws:sourcevpce": "vpc-endpoint",
  "aws:sourcevpc": "vpc",
  "aws:currenttime": "time",
  "aws:epochtime": "time",
  "sts:externalid": "external-id",
  "sts:sourceidentity": "source-identity",
  "aws:sourceidentity": "source-identity",
  "sts:rolesessionname": "session-name",
  "aws:tagkeys": "session-tag-keys",
  "aws:principalarn": "principal-arn",
  "aws:principalaccount": "principal-account",
  "aws:principalorgid": "organization",
  "aws:principalorgpaths": "organizational-unit",
  "aws:sourcearn": "source-arn",
  "aws:sourceaccount": "source-account",
  "aws:sourceorgid": "source-organization",
  "saml:aud": "audience",
};

function kindOf(operator: string, key: string): ConditionKind {
  const name = key.toLowerCase();
  if (parseOperator(operator) === undefined) return "other";
  const known = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (known !== undefined) return known;
  if (name.startsWith("aws:requesttag/")) return "session-tag";
  if (name.startsWith("aws:principaltag/")) return "principal-tag";
  if (name.startsWith("saml:")) return "claim";
  if (issuerOfKey(name) === undefined) return "other";
  return name.endsWith(":aud") ? "audience" : "claim";
}
