import { NO_ARN, parseArn } from "../../iam/arn";
import { evaluatePolicy } from "../../iam/condition/evaluate-policy";
import type { PolicyDocument } from "../../iam/policy-document";
import type { AccessRequest } from "../access-request";
import type { AccountDirectory } from "../account-directory";
import { actionsOf } from "../decide/sts-action";
import { accountDistinctions } from "./account-distinctions";
import { callerOutlines } from "./caller-outlines";
import { compileTrustPolicy, differences } from "./compile-policy";
import { and } from "./formula";
import { keyUsage } from "./key-usage";
import { representativeAccounts } from "./representative-accounts";
import { requestSpace } from "./request-space";
import type { CallerCase, Scenario, TargetRole } from "./scenario";
import { TOO_MANY_CELLS, search } from "./search";
import { stringSolver } from "./solvers/string-solver";
import { theory } from "./theory";
import { isTrial, variableTrials } from "./variable-trials";
import { witness } from "./witness";

/** A question to the prover: does one trust policy let in anyone whom another does not? */
export interface ContainmentQuestion {
  /** ARN of the role that both documents are about. */
  readonly roleArn: string;
  /** What is granted: the trust policy as it was read. */
  readonly granted: PolicyDocument;
  /** What was declared, as a trust policy of its own. */
  readonly declared: PolicyDocument;
  /**
   * The accounts of the map. An account that is left out may be in any organization: what is proved then
   * holds also for the day on which it leaves its own.
   */
  readonly accounts: AccountDirectory;
  /**
   * Whether all callers are taken to be permitted by their own side, so that it makes no difference which
   * grants need that. For the question whether all who were declared get in.
   *
   * @default false
   */
  readonly assumePermission?: boolean;
  /** @default DEFAULT_LIMITS */
  readonly limits?: ProofLimits;
}

/** How much the prover tries before it answers that it does not know. */
export interface ProofLimits {
  /** Choices in one case: a kind of caller, an account, an action. */
  readonly nodes: number;
  /** States of automata in one question about a string. */
  readonly states: number;
}

/** Enough for every trust policy that fits into IAM's quota and is not built to defeat it. */
export const DEFAULT_LIMITS: ProofLimits = { nodes: 20_000, states: 20_000 };

/** A request that is granted and was not declared; of those that were found, the smallest. */
export interface Counterexample {
  readonly request: AccessRequest;
  /**
   * Whether the request itself was declared, but only for callers whose own policies permit it: the grant
   * needs no such permission (rules TR-02 to TR-05).
   */
  readonly withoutPermission: boolean;
}

/** The answer of the prover. */
export type Verdict =
  | { readonly verdict: "proved" }
  | { readonly verdict: "refuted"; readonly counterexample: Counterexample }
  /** Never success: something cannot be told, or there was too much to try. */
  | { readonly verdict: "unknown"; readonly reasons: readonly string[] };

/**
 * Decides for all callers in the world whether the granted trust policy lets in only whom the declared one
 * does; asked the other way round, whether it lets in all of them. Exact within the axioms of the
 * environment ({@link PROOF_ASSUMPTIONS}): `proved` speaks for every request, a counterexample is confirmed by the
 * evaluator before it is returned.
 */
export function proveContained(question: ContainmentQuestion): Verdict {
  const { granted, declared, accounts, limits = DEFAULT_LIMITS } = question;
  const documents = [granted, declared];
  const role = targetRole(question.roleArn, accounts);
  if (role === undefined) return unknown([`\`${question.roleArn}\` is not the ARN of a role`]);
  const distinctions = accountDistinctions(documents, role.accountId);
  if (distinctions.problem !== undefined) return unknown([distinctions.problem]);
  const representatives = representativeAccounts(
    accounts,
    distinctions,
    role.partition,
    limits.states,
  );
  if (representatives === undefined) return unknown([TOO_MANY_CELLS]);

  const usage = keyUsage(documents);
  const values = theory(stringSolver(limits.states));
  const reasons = new Set<string>();
  const found: Counterexample[] = [];
  const callers = callerOutlines(documents, usage, representatives, role);
  for (const scenario of scenarios(callers, role, question.assumePermission ?? false)) {
    const space = requestSpace(scenario, usage);
    const compiled = compileTrustPolicy(granted, space);
    if (compiled.allows.length === 0) continue;
    let nodes = limits.nodes;
    for (const formula of differences(compiled, compileTrustPolicy(declared, space))) {
      const result = search(formula, space.dimensions, values, nodes);
      nodes -= result.nodes;
      if (result.outcome === "none") continue;
      if (result.outcome === "unknown") {
        const tried = byTrials(scenario, space.open);
        if (tried !== undefined) {
          found.push(tried);
          break;
        }
        for (const reason of result.reasons) reasons.add(reason);
        continue;
      }
      const request = witness(space, result.model, usage, values);
      const withoutPermission = scenario.grants === "direct";
      if (isConfirmed(request, withoutPermission, question)) {
        found.push({ request, withoutPermission });
        break;
      }
      reasons.add("the evaluator does not confirm the request that was found");
    }
  }
  /** A counterexample in which policy variables have certain values. */
  function byTrials(scenario: Scenario, open: ReadonlySet<string>): Counterexample | undefined {
    const outer = requestSpace(scenario, usage);
    for (const trial of variableTrials(open, documents, outer, values)) {
      const space = requestSpace(scenario, usage, trial.assumed);
      const given = isTrial(trial, space);
      const parts = differences(
        compileTrustPolicy(granted, space),
        compileTrustPolicy(declared, space),
      );
      for (const part of parts) {
        const result = search(and(given, part), space.dimensions, values, TRIAL_NODES);
        if (result.outcome !== "found") continue;
        const request = witness(space, result.model, usage, values);
        const withoutPermission = scenario.grants === "direct";
        if (isConfirmed(request, withoutPermission, question))
          return { request, withoutPermission };
      }
    }
    return undefined;
  }

  const counterexample = smallest(found);
  if (counterexample !== undefined) return { verdict: "refuted", counterexample };
  return reasons.size === 0 ? { verdict: "proved" } : unknown([...reasons].sort());
}

/** Choices in one trial of the values of variables. */
const TRIAL_NODES = 300;

function unknown(reasons: readonly string[]): Verdict {
  return { verdict: "unknown", reasons };
}

function targetRole(arn: string, accounts: AccountDirectory): TargetRole | undefined {
  const { partition = "", service, accountId = "", resource = "" } = parseArn(arn) ?? NO_ARN;
  if (service !== "iam" || !resource.startsWith("role/")) return undefined;
  return { arn, partition, accountId, facts: accounts.get(accountId) };
}

function* scenarios(
  callers: readonly CallerCase[],
  role: TargetRole,
  assumePermission: boolean,
): Generator<Scenario> {
  for (const caller of callers) {
    const own = "accountId" in caller && caller.accountId === role.accountId && !assumePermission;
    for (const action of actionsOf(caller.kind)) {
      yield { caller, action, role, grants: "all" };
      if (own) yield { caller, action, role, grants: "direct" };
    }
  }
}

/** Asks the evaluator, which knows nothing of scenarios and formulas. */
function isConfirmed(
  request: AccessRequest,
  withoutPermission: boolean,
  { granted, declared }: ContainmentQuestion,
): boolean {
  const lets = (document: PolicyDocument): boolean | undefined => {
    const outcome = evaluatePolicy("trust", document, { ...request, resource: request.roleArn });
    if (outcome.decision !== "allow" || !withoutPermission) {
      return outcome.decision === "unknown" ? undefined : outcome.decision === "allow";
    }
    const allows = outcome.applied.filter(({ statement }) => statement.Effect === "Allow");
    const direct = allows.filter(({ ways }) => ways.some((way) => way !== "account"));
    if (direct.some(({ outcome: applies }) => applies === "match")) return true;
    return direct.length === 0 ? false : undefined;
  };
  return lets(granted) === true && lets(declared) === false;
}

/** Fewest keys first, then the shortest text: the order of callers and actions decides the rest. */
function smallest(found: readonly Counterexample[]): Counterexample | undefined {
  const size = ({ request: { caller, context } }: Counterexample): number =>
    context.size * 1000 + JSON.stringify([caller, [...context]]).length;
  return found.reduce<Counterexample | undefined>(
    (best, each) => (best === undefined || size(each) < size(best) ? each : best),
    undefined,
  );
}
