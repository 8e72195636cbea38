import { parseArn } from "../../iam/arn";
import { callerOfRequest } from "../../access/callers/caller-in-request";
import { describeRequest } from "../../access/decide/describe-request";
import type { AccessRequest } from "../../access/access-request";
import type { AccountDirectory } from "../../access/account-directory";
import { documentKey } from "../../access/prove/document-key";
import { proofKey } from "../../access/prove/proof-key";
import { proveContained } from "../../access/prove/prove-contained";
import type { ContainmentQuestion, Verdict } from "../../access/prove/prove-contained";
import { callerAccount, principalArn } from "../../iam/condition/caller";
import type { Caller } from "../../iam/condition/caller";
import { evaluatePolicy } from "../../iam/condition/evaluate-policy";
import type { PolicyDocument } from "../../iam/policy-document";
import type { ComparedSide } from "./compare-context";
import { decidingKeys } from "../../access/questions/deciding-keys";
import { renamedRequest } from "../../access/decide/renamed-request";
import type { WitnessText } from "./witness-text";

/** Whether a trust policy allows a caller that another does not. */
export type Excess =
  | { readonly verdict: "none" }
  | { readonly verdict: "some"; readonly witness: WitnessText }
  | { readonly verdict: "unknown"; readonly reason: string };

/** Finds a caller that a trust policy of one side allows and another does not. */
export type TrustProver = (
  side: ComparedSide,
  roleArn: string,
  granted: PolicyDocument,
  other: PolicyDocument,
) => Excess;

/** Of no account it is known in which organization it is: a change counts that shows on the day when it moves. */
const ANY_ACCOUNTS: AccountDirectory = new Map();

/** A prover that asks equal questions of many accounts once. */
export function trustProver(): TrustProver {
  const answers = new Map<AccountDirectory, Map<string, Answer>>();

  function ask(question: ContainmentQuestion): Verdict {
    const known = answers.get(question.accounts) ?? new Map<string, Answer>();
    answers.set(question.accounts, known);
    const key = proofKey(question);
    const before = known.get(key);
    const reused = before === undefined ? undefined : reuse(before, question);
    if (reused !== undefined) return reused;
    const verdict = proveContained(question);
    known.set(key, { question, verdict });
    return verdict;
  }

  return (side, roleArn, granted, other) => {
    const question = { roleArn, granted, declared: other, accounts: side.accounts };
    // A caller that is allowed today says more than one that is allowed once an account has moved.
    const today = ask(question);
    const verdict =
      today.verdict === "refuted" ? today : ask({ ...question, accounts: ANY_ACCOUNTS });
    if (verdict.verdict === "proved") return { verdict: "none" };
    if (verdict.verdict === "unknown") {
      return { verdict: "unknown", reason: verdict.reasons.join("; ") };
    }
    const { request, withoutPermission } = (today.verdict === "refuted" ? today : verdict)
      .counterexample;
    return {
      verdict: "some",
      witness: witnessText(side, request, withoutPermission, [granted, other]),
    };
  };
}

interface Answer {
  readonly question: ContainmentQuestion;
  readonly verdict: Verdict;
}

/** The answer to an equal question, with its request renamed and confirmed where it has one. */
function reuse(answer: Answer, question: ContainmentQuestion): Verdict | undefined {
  if (answer.verdict.verdict !== "refuted") return answer.verdict;
  const { request: found, withoutPermission } = answer.verdict.counterexample;
  if (withoutPermission && answer.question.roleArn !== question.roleArn) return undefined;
  const request = renamedRequest(found, renaming(answer.question, question));
  return isOwn(found) === isOwn(request) && isConfirmed(request, question)
    ? { verdict: "refuted", counterexample: { request, withoutPermission } }
    : undefined;
}

/** What equal questions may differ in: the role, its account, and external ids. */
function renaming(
  from: ContainmentQuestion,
  to: ContainmentQuestion,
): readonly (readonly [string, string])[] {
  const ids = (question: ContainmentQuestion): readonly string[] =>
    [question.granted, question.declared].flatMap((each) => documentKey(each).externalIds ?? []);
  const renamed = ids(to);
  return [
    [from.roleArn, to.roleArn],
    [accountOf(from.roleArn), accountOf(to.roleArn)],
    ...ids(from).map((id, index) => [id, renamed[index] ?? id] as const),
  ];
}

function accountOf(arn: string): string {
  return parseArn(arn)?.accountId ?? "";
}

function isOwn({ caller, roleArn }: AccessRequest): boolean {
  return callerAccount(caller) === accountOf(roleArn);
}

function isConfirmed(request: AccessRequest, { granted, declared }: ContainmentQuestion): boolean {
  const decision = (document: PolicyDocument): string =>
    evaluatePolicy("trust", document, { ...request, resource: request.roleArn }).decision;
  return decision(granted) === "allow" && decision(declared).endsWith("deny");
}

function witnessText(
  side: ComparedSide,
  request: AccessRequest,
  withoutPermission: boolean,
  documents: readonly [PolicyDocument, PolicyDocument],
): WitnessText {
  const { caller, action, context } = request;
  const account = callerAccount(caller);
  const text = describeRequest(request, side.accounts, testedKeys(documents));
  const decisive = decidingKeys(request, documents);
  const entries = decisive.flatMap((key) => {
    const entry = context.get(key.toLowerCase());
    return entry === undefined ? [] : [[entry.name, entry.values] as const];
  });
  return {
    request: withoutPermission ? `without its own permission to assume, ${text}` : text,
    ...(account !== undefined && !side.isOwn(account) ? { foreign: true } : {}),
    who: callerOfRequest(request),
    caller:
      principalArn(caller) ?? (caller.kind === "service" ? caller.service : callerName(caller)),
    action,
    with: Object.fromEntries(entries),
    without: decisive.filter((key) => !context.has(key.toLowerCase())),
  };
}

function callerName(caller: Caller): string {
  return "provider" in caller ? caller.provider : caller.kind;
}

function testedKeys(documents: readonly PolicyDocument[]): string[] {
  const keys = documents.flatMap(({ Statement }) =>
    Statement.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap(Object.keys)),
  );
  return [...new Set(keys)].sort();
}
