import type { Caller } from "../iam/condition/caller";
import { evaluateStatement } from "../iam/condition/evaluate-statement";
import { decide, hasVariables } from "../iam/condition/evaluate-policy";
import type { AppliedStatement, PolicyOutcome } from "../iam/condition/evaluate-policy";
import { parseOperator } from "../iam/condition/condition-operator";
import { requestContext } from "../iam/condition/request-context";
import { canonicalDocument } from "../iam/policy-text";
import type { OneOrMore, PolicyDocument, Statement } from "../iam/policy-document";
import { differenceRequests } from "./difference-requests";
import { covers } from "./statement-cover";

/** How two sets of identity policies differ. */
export type PermissionDifference =
  | { readonly kind: "none" }
  /** A request that one of them permits, and the other does not; or that one denies, and the other only does not permit. */
  | {
      readonly kind: "request";
      /** Whether it is the granted ones that permit more, or deny less. */
      readonly granted: boolean;
      /**
       * Whether they differ in an explicit denial alone, which also holds against what other policies permit,
       * such as that of a bucket.
       */
      readonly denialOnly: boolean;
      readonly action: string;
      readonly resource: string;
      readonly keys: Readonly<Record<string, OneOrMore>>;
    }
  /** They are written differently, and no request was found that shows it. */
  | { readonly kind: "untold"; readonly statements: readonly string[] };

/** Most requests that are tried on policies that are written differently. */
const TRIED_REQUESTS = 20_000;
/** Most of them once a difference in denials is known, to find one in what is permitted. */
const TRIED_BEHIND_DENIAL = 2_000;

/**
 * Whether granted policies permit and deny what declared ones do: the same statements, in whatever order,
 * policies and names, or such as add nothing to others. Where that does not show, requests at which they can
 * differ are tried.
 */
export function permissionDifference(
  granted: readonly PolicyDocument[],
  declared: readonly PolicyDocument[],
  caller: Caller,
): PermissionDifference {
  const own = statementsOf(granted);
  const wanted = statementsOf(declared);
  const added = [...own].filter(([text]) => !wanted.has(text));
  const missing = [...wanted].filter(([text]) => !own.has(text));
  const different = [...added, ...missing];
  if (different.length === 0) return { kind: "none" };
  const sides = [[...own.values()], [...wanted.values()]] as const;
  if (addNothing(added, missing, ...sides)) return { kind: "none" };
  let denial: PermissionDifference | undefined;
  let tried = 0;
  for (const { action, resource, keys } of differenceRequests(
    different.map(([, { statement }]) => statement),
    sides.flat().map(({ statement }) => statement),
  )) {
    if (tried++ > (denial === undefined ? TRIED_REQUESTS : TRIED_BEHIND_DENIAL)) break;
    const request = { caller, action, resource, context: requestContext(keys) };
    const [byGranted, byDeclared] = sides.map((statements) => decisionOf(statements, request));
    if (byGranted === undefined || byDeclared === undefined || byGranted === byDeclared) continue;
    if (byGranted === "unknown" || byDeclared === "unknown") continue;
    const denialOnly = byGranted !== "allow" && byDeclared !== "allow";
    const more = denialOnly ? byDeclared === "explicit-deny" : byGranted === "allow";
    const found = { kind: "request", granted: more, denialOnly, action, resource, keys } as const;
    // What is permitted tells more than what is denied.
    if (!denialOnly) return found;
    denial ??= found;
  }
  return denial ?? { kind: "untold", statements: different.map(([text]) => text) };
}

interface OwnStatement {
  readonly statement: Statement;
  readonly variables: boolean;
}

type Entry = readonly [text: string, statement: OwnStatement];

/**
 * Whether the statements that only one side has change nothing: each denial of them is within one of the
 * other side, and each permission within a permission or a denial of the other side.
 */
function addNothing(
  added: readonly Entry[],
  missing: readonly Entry[],
  own: readonly OwnStatement[],
  wanted: readonly OwnStatement[],
): boolean {
  const within = (list: readonly Entry[], others: readonly OwnStatement[]): boolean =>
    list.every(([, { statement, variables }]) =>
      others.some(
        (other) =>
          other.variables === variables &&
          (other.statement.Effect === "Deny" || statement.Effect === "Allow") &&
          covers(other.statement, statement),
      ),
    );
  return within(added, wanted) && within(missing, own);
}

function decisionOf(
  statements: readonly OwnStatement[],
  request: Parameters<typeof evaluateStatement>[2],
): PolicyOutcome["decision"] {
  const applied = statements.flatMap(({ statement, variables }, index): AppliedStatement[] => {
    const outcome = evaluateStatement("identity", statement, request, variables);
    return outcome.outcome === "no-match" ? [] : [{ ...outcome, statement, index }];
  });
  return decide(applied);
}

/** Statements by a text that is the same for those that mean the same. */
function statementsOf(documents: readonly PolicyDocument[]): ReadonlyMap<string, OwnStatement> {
  return new Map(
    documents.flatMap((document) =>
      canonicalDocument(document).Statement.map(({ Sid: _, ...written }) => {
        const statement = withoutIdleSuffix(written);
        const text = JSON.stringify(statement);
        const variables = hasVariables(document);
        // Without variables, `${` is text (rule GR-01).
        return [
          text.includes("${") ? `${String(variables)} ${text}` : text,
          { statement, variables },
        ];
      }),
    ),
  );
}

/** An operator that negates holds where the key is absent, with `IfExists` and without (rule GR-16). */
function withoutIdleSuffix(statement: Statement): Statement {
  const { Condition } = statement;
  if (Condition === undefined) return statement;
  const plain = (name: string): string => {
    const operator = parseOperator(name);
    if (operator?.negated !== true || !operator.ifExists || operator.quantifier !== "none") {
      return name;
    }
    const base = name.slice(0, -"IfExists".length);
    return base in Condition ? name : base;
  };
  const entries = Object.entries(Condition).map(([name, keys]) => [plain(name), keys] as const);
  const sorted = entries.sort(([one], [other]) => (one < other ? -1 : 1));
  return { ...statement, Condition: Object.fromEntries(sorted) };
}
