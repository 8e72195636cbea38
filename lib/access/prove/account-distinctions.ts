import { parseArn } from "../../iam/arn";
import { arnFields } from "../../iam/condition/arn-match";
import { parseAwsPrincipal } from "../../iam/condition/aws-principal";
import { parseOperator } from "../../iam/condition/condition-operator";
import type { ConditionOperator } from "../../iam/condition/condition-operator";
import { hasVariables } from "../../iam/condition/evaluate-policy";
import { globOf, literalText } from "../../iam/condition/glob";
import { valuesOf } from "../../iam/policy-document";
import type { PolicyDocument, Statement } from "../../iam/policy-document";
import { arnGlob, glob, pattern, text, textIgnoringCase } from "./solvers/string-pattern";
import type { StringPattern, Token } from "./solvers/string-pattern";

/** How policies tell the accounts of callers apart. */
export interface AccountDistinctions {
  /** Accounts that are named by their ids. */
  readonly named: ReadonlySet<string>;
  /** Patterns for ARNs of principals in which the account is neither an id nor free. */
  readonly arnPatterns: readonly StringPattern[];
  /** Patterns for account ids with wildcards. */
  readonly idPatterns: readonly StringPattern[];
  /** Why the accounts cannot be told apart exactly; `undefined` where they can. */
  readonly problem: string | undefined;
}

/**
 * Collects how documents tell the accounts of callers apart.
 *
 * @param roleAccount the account of the role, which `${aws:ResourceAccount}` stands for. @default - any
 */
export function accountDistinctions(
  documents: readonly PolicyDocument[],
  roleAccount?: string,
): AccountDistinctions {
  const named = new Set<string>();
  const arnPatterns = new Map<string, StringPattern>();
  const idPatterns = new Map<string, StringPattern>();
  let problem: string | undefined;
  const notePattern = (patterns: Map<string, StringPattern>, tokens: readonly Token[]): void => {
    const made = pattern(tokens);
    patterns.set(made.id, made);
  };
  const statements = documents.flatMap((document) =>
    document.Statement.map((statement) => ({ statement, variables: hasVariables(document) })),
  );
  for (const { statement, variables } of statements) {
    for (const accountId of namedAccounts(statement)) named.add(accountId);
    for (const { operator: operatorName, key, value: written } of tests(statement)) {
      const value =
        variables && roleAccount !== undefined
          ? written.replace(ROLE_ACCOUNT, roleAccount)
          : written;
      const operator = parseOperator(operatorName);
      if (operator === undefined || operator.family === "Null") continue;
      if (operator.family !== "String" && operator.family !== "Arn") {
        problem = `${operatorName} on ${key}`;
        continue;
      }
      const onArn = key === "aws:principalarn";
      const plain = value.replace(OWN_ACCOUNT, "*");
      const field = onArn ? accountField(plain) : plain;
      if (ACCOUNT_ID.test(field ?? "")) named.add(field ?? "");
      else if (field === "*") continue;
      else if (!onArn && variables && isNoAccount(operator, value)) continue;
      else if (value.includes("${")) problem = `a policy variable in an account id: \`${value}\``;
      else notePattern(onArn ? arnPatterns : idPatterns, tokensOf(operator, value));
    }
  }
  return {
    named,
    arnPatterns: [...arnPatterns.values()],
    idPatterns: [...idPatterns.values()],
    problem,
  };
}

const ACCOUNT_ID = /^\d{12}$/;
/** Stands for the caller's own account whichever that is, so it tells none apart. */
const OWN_ACCOUNT = /\$\{aws:PrincipalAccount\}/gi;

/** Stands for the account of the role. */
const ROLE_ACCOUNT = /\$\{aws:ResourceAccount\}/gi;

/** Whether a value is compared as a whole and is no id of an account, such as `${*}x`: no caller has it. */
function isNoAccount({ comparison }: ConditionOperator, value: string): boolean {
  const literal = value.replace(/\$\{[*?$]\}/g, "*");
  const isWhole = comparison === "equals" || comparison === "equals-ignore-case";
  return isWhole && literal !== value && !literal.includes("${");
}

function namedAccounts({ Principal, NotPrincipal }: Statement): string[] {
  const elements = [Principal, NotPrincipal].filter((element) => typeof element === "object");
  return elements
    .flatMap((element) => valuesOf(element.AWS))
    .flatMap((value) => {
      const principal = parseAwsPrincipal(value);
      if (principal.form === "entity") return parseArn(principal.arn)?.accountId ?? [];
      return "accountId" in principal ? principal.accountId : [];
    });
}

interface Test {
  readonly operator: string;
  readonly key: string;
  readonly value: string;
}

/** The values against which a statement tests the caller's ARN or account. */
function tests({ Condition = {} }: Statement): Test[] {
  return Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys)
      .map(([key, values]) => ({ key: key.toLowerCase(), values: valuesOf(values) }))
      .filter(({ key }) => key === "aws:principalarn" || key === "aws:principalaccount")
      .flatMap(({ key, values }) => values.map((value) => ({ operator, key, value }))),
  );
}

/**
 * The account field of an ARN pattern, or `undefined` where a wildcard before it could reach into it, as
 * a `*` of StringLike can.
 */
function accountField(value: string): string | undefined {
  const fields = arnFields(globOf(value));
  if (fields === undefined) return undefined;
  const before = fields.slice(0, 4).map(literalText);
  if (before.includes(undefined)) return undefined;
  return parseArn(value)?.accountId;
}

function tokensOf(operator: ConditionOperator, value: string): Token[] {
  const parts = globOf(value);
  if (operator.family === "Arn" && arnFields(parts) !== undefined) return arnGlob(parts);
  if (operator.comparison === "equals-ignore-case") return textIgnoringCase(value);
  return operator.comparison === "equals" ? text(value) : glob(parts);
}
