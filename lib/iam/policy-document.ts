/** One value or several; IAM reads a single string as a list of one. */
export type OneOrMore = string | readonly string[];

/** The principals of a trust statement, by kind (rule GR-08). */
export interface PrincipalElement {
  readonly AWS?: OneOrMore;
  readonly Federated?: OneOrMore;
  readonly Service?: OneOrMore;
}

/** Operator, then condition key, then values: operators and keys are ANDed, values ORed (rule GR-14). */
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;

/** One statement of a policy document, as IAM's grammar has it (rules GR-03 to GR-05). */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: PrincipalElement | "*";
  readonly NotPrincipal?: PrincipalElement | "*";
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: ConditionBlock;
}

/** A policy document. Written ones always carry the version in which variables work (rule GR-01). */
export interface PolicyDocument {
  readonly Version?: "2012-10-17" | "2008-10-17";
  readonly Id?: string;
  readonly Statement: readonly Statement[];
}

/** The version every written document carries (rule GR-01). */
export const POLICY_VERSION = "2012-10-17";

/** The values of an element that may be one string or several. */
export function valuesOf(element: OneOrMore | undefined): readonly string[] {
  if (element === undefined) return [];
  return typeof element === "string" ? [element] : element;
}

/** A document of these statements, in the order given. */
export function policyDocument(statements: readonly Statement[]): PolicyDocument {
  return { Version: POLICY_VERSION, Statement: statements };
}
