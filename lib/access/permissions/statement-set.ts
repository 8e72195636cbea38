import { parseOperator } from "../../iam/condition/condition-operator";
import { hasVariables } from "../../iam/condition/evaluate-policy";
import type { ConditionBlock, PolicyDocument, Statement } from "../../iam/policy-document";
import { canonicalDocument } from "../../iam/policy-text";
import { byKey } from "../../values/order";

/** A statement of an identity policy, and whether `${` is a variable in it (rule GR-01). */
export interface OwnStatement {
  readonly statement: Statement;
  readonly variables: boolean;
}

/** Statements by a text that is the same for those that say the same in the same words. */
export type StatementSet = ReadonlyMap<string, OwnStatement>;

/**
 * The statements of documents as a set: in whatever order, under whatever Sid and in whichever document they
 * are, with their lists sorted and their conditions without what changes nothing.
 */
export function statementSet(documents: readonly PolicyDocument[]): StatementSet {
  return new Map(
    documents.flatMap((document) => {
      const variables = hasVariables(document);
      return canonicalDocument(document).Statement.map(({ Sid: _, ...written }) => {
        const statement = plainStatement(written);
        const text = JSON.stringify(statement);
        // Without `${`, the version of the language makes no difference (rule GR-01).
        return text.includes("${")
          ? [`${String(variables)} ${text}`, { statement, variables }]
          : [text, { statement, variables: true }];
      });
    }),
  );
}

/** The entries of a set that another one lacks. */
export function besides(own: StatementSet, others: StatementSet): readonly OwnStatement[] {
  return [...own].flatMap(([text, statement]) => (others.has(text) ? [] : [statement]));
}

function plainStatement(statement: Statement): Statement {
  const { Condition, ...rest } = statement;
  if (Condition === undefined) return statement;
  const plain = withoutIdleParts(Condition);
  return Object.keys(plain).length === 0 ? rest : { ...rest, Condition: plain };
}

/**
 * A condition without suffixes and operators that change nothing: an operator that negates holds where the key
 * is absent, with `IfExists` and without (rule GR-16), and one without keys always holds.
 */
function withoutIdleParts(condition: ConditionBlock): ConditionBlock {
  const entries = Object.entries(condition)
    .filter(([name, keys]) => parseOperator(name) === undefined || Object.keys(keys).length > 0)
    .map(([name, keys]) => [plainName(name, condition), keys] as const);
  return Object.fromEntries(entries.sort(byKey));
}

function plainName(name: string, condition: ConditionBlock): string {
  const operator = parseOperator(name);
  if (operator?.negated !== true || !operator.ifExists || operator.quantifier !== "none") {
    return name;
  }
  const base = name.slice(0, -"IfExists".length);
  return base in condition ? name : base;
}
