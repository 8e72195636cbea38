import type { RolePlan } from "../../plan/resolved-access";
import type { AccessGraph } from "../access-graph";
import type { DeclaredTrust } from "../declared/declared-trust";
import { describeRequest } from "../decide/describe-request";
import type { AccountDirectory } from "../account-directory";
import type { ProofProblem } from "./proof-problem";
import { documentKey } from "../prove/document-key";
import { proofKey } from "../prove/proof-key";
import { proveContained } from "../prove/prove-contained";
import type { ContainmentQuestion, Verdict } from "../prove/prove-contained";

/** What is known of no account: each may be in any organization, or leave its own tomorrow. */
const UNKNOWN_ACCOUNTS: AccountDirectory = new Map();

/** What is compared: the roles of the plan, whom each is declared to let in, and what the Terraform says. */
export interface TrustQuestion {
  readonly planned: ReadonlyMap<string, RolePlan>;
  readonly declared: DeclaredTrust;
  readonly graph: AccessGraph;
  readonly accounts: AccountDirectory;
  /** Told before each role how many were proved. @default - nobody */
  readonly onProved?: (roles: number) => void;
}

/**
 * Proves of each trust policy that it lets in, of all callers in the world, exactly the declared ones. That
 * nobody else gets in is proved for accounts in whatever organization, so that it still holds on the day
 * when an account leaves its own; that the declared get in, for the organizations of the map.
 */
export function proveTrust(question: TrustQuestion): readonly ProofProblem[] {
  const { planned, declared, graph, accounts } = question;
  const proved = new Set<string>();
  return [...planned.values()].flatMap((role, index): readonly ProofProblem[] => {
    question.onProved?.(index);
    const { arn: roleArn, at } = role;
    const node = graph.roles.get(roleArn);
    const wanted = declared.get(roleArn);
    if (node === undefined || wanted === undefined) return [];
    if (!node.trust.known) {
      const message = `its trust policy: ${node.trust.reason}`;
      return [{ verdict: "unknown", roleArn, at, message }];
    }
    const granted = node.trust.value;
    const admitted: ContainmentQuestion = { roleArn, granted, declared: wanted, accounts };
    const kept: ContainmentQuestion = { roleArn, granted: wanted, declared: granted, accounts };
    const [own, other] = [documentKey(granted), documentKey(wanted)];
    const anywhere = { ...admitted, accounts: UNKNOWN_ACCOUNTS };
    return [
      ...admits(admitted, ask(anywhere, proved, proofKey(anywhere, own, other)), role),
      ...problem(ask(kept, proved, proofKey(kept, other, own)), "keeps out", kept, role),
    ];
  });
}

/** @param anywhere the verdict for accounts in whatever organization */
function admits(
  question: ContainmentQuestion,
  anywhere: Verdict,
  role: RolePlan,
): readonly ProofProblem[] {
  if (anywhere.verdict !== "refuted") return problem(anywhere, "lets in", question, role);
  // Somebody who can come today tells more than somebody who can once an account has moved.
  const today = proveContained(question);
  return problem(today.verdict === "refuted" ? today : anywhere, "lets in", question, role);
}

/** Equal questions are proved once. */
function ask(question: ContainmentQuestion, proved: Set<string>, text: string): Verdict {
  const key = `${question.accounts === UNKNOWN_ACCOUNTS ? "anywhere" : "mapped"} ${text}`;
  if (proved.has(key)) return { verdict: "proved" };
  const verdict = proveContained(question);
  if (verdict.verdict === "proved") proved.add(key);
  return verdict;
}

function problem(
  verdict: Verdict,
  trust: "lets in" | "keeps out",
  question: ContainmentQuestion,
  { arn: roleArn, at }: RolePlan,
): readonly ProofProblem[] {
  switch (verdict.verdict) {
    case "proved":
      return [];
    case "unknown": {
      const message = `whom its trust policy ${trust} cannot be told: ${verdict.reasons.join("; ")}`;
      return [{ verdict: "unknown", roleArn, at, message }];
    }
    case "refuted": {
      const { request, withoutPermission } = verdict.counterexample;
      const who = describeRequest(request, question.accounts, testedKeys(question));
      const declared =
        trust === "lets in" ? "whom the map does not declare" : "whom the map declares";
      const means = withoutPermission ? " without a permission of its own" : "";
      const message = `its trust policy ${trust}${means} ${declared}: ${who}`;
      const counterexample = { request, trust, withoutPermission };
      return [{ verdict: "refuted", roleArn, at, message, counterexample }];
    }
  }
}

function testedKeys({ granted, declared }: ContainmentQuestion): string[] {
  const keys = [granted, declared].flatMap(({ Statement }) =>
    Statement.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap(Object.keys)),
  );
  return [...new Set(keys)].sort();
}
