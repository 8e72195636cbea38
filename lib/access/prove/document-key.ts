import { parseOperator } from "../../iam/condition/condition-operator";
import { canonicalDocument } from "../../iam/policy-text";
import { valuesOf } from "../../iam/policy-document";
import type { PolicyDocument } from "../../iam/policy-document";
import { accountDistinctions } from "./account-distinctions";

/** A trust policy as a text that is equal for documents which differ in nothing that a proof depends on. */
export interface DocumentKey {
  /** The document, in which external ids stand as their numbers where one is as good as another. */
  readonly text: string;
  /** The external ids by their numbers; `undefined` where it matters which they are. */
  readonly externalIds: readonly string[] | undefined;
  /** Whether a pattern may tell the account of the role from others. */
  readonly tellsAccounts: boolean;
}

/** The key of a document. */
export function documentKey(document: PolicyDocument): DocumentKey {
  const { arnPatterns, idPatterns, problem } = accountDistinctions([document]);
  const tellsAccounts = arnPatterns.length > 0 || idPatterns.length > 0 || problem !== undefined;
  const canonical = canonicalDocument(document);
  const plain = JSON.stringify(canonical);
  const lower = plain.toLowerCase();
  if (!lower.includes(EXTERNAL_ID)) return { text: plain, externalIds: [], tellsAccounts };
  const numbered = lower.includes(`\${${EXTERNAL_ID}`) ? undefined : withNumbers(canonical);
  return numbered === undefined
    ? { text: plain, externalIds: undefined, tellsAccounts }
    : { ...numbered, tellsAccounts };
}

const EXTERNAL_ID = "sts:externalid";
/** A value that the key can have (rule ID-12): another one in its place makes no difference. */
const POSSIBLE_ID = /^[\w+=,.@:/-]{2,1224}$/;
/** Before the number of an external id: no policy has this character (rule ID-22). */
const NUMBER = "\u0001";

/**
 * Numbers external ids in the order in which they occur. Where they are compared for equality alone, all that
 * a proof can tell of them is which of them are the same.
 */
function withNumbers(document: PolicyDocument): Numbered | undefined {
  const numbers = new Map<string, number>();
  for (const { Condition = {} } of document.Statement) {
    for (const [operator, keys] of Object.entries(Condition)) {
      for (const [key, values] of Object.entries(keys)) {
        if (!isExternalId(operator, key)) continue;
        if (!isEquality(operator) || !valuesOf(values).every((id) => POSSIBLE_ID.test(id))) {
          return undefined;
        }
        for (const id of valuesOf(values)) if (!numbers.has(id)) numbers.set(id, numbers.size);
      }
    }
  }
  const numbered = document.Statement.map(({ Condition = {}, ...statement }) => ({
    ...statement,
    Condition: mapValues(Condition, (keys, operator) =>
      mapValues(keys, (values, key) =>
        isExternalId(operator, key)
          ? valuesOf(values).map((id) => `${NUMBER}${numbers.get(id) ?? ""}`)
          : values,
      ),
    ),
  }));
  return {
    text: JSON.stringify({ ...document, Statement: numbered }),
    externalIds: [...numbers.keys()],
  };
}

type Numbered = Pick<DocumentKey, "text" | "externalIds">;

/** Whether an operator tests the external id itself, and not whether there is one. */
function isExternalId(operator: string, key: string): boolean {
  return key.toLowerCase() === EXTERNAL_ID && operator !== "Null";
}

function isEquality(operatorName: string): boolean {
  const operator = parseOperator(operatorName);
  return (
    operator?.family === "String" &&
    operator.comparison === "equals" &&
    operator.quantifier === "none"
  );
}

function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  by: (value: T, key: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, by(value, key)]));
}
