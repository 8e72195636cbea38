import fc from "fast-check";
import { proveContained } from "../../../../lib/access/prove/prove-contained";
import type { AccessRequest } from "../../../../lib/access/access-request";
import type { Verdict } from "../../../../lib/access/prove/prove-contained";
import { callerAccount, sessionArn } from "../../../../lib/iam/condition/caller";
import { evaluatePolicy } from "../../../../lib/iam/condition/evaluate-policy";
import type { OneOrMore, PolicyDocument, Statement } from "../../../../lib/iam/policy-document";
import {
  ACCOUNTS,
  ROLE_ARN,
  changed,
  trustPolicies,
  trustRequests,
} from "../../../support/arbitrary/arbitrary-trust";
import { naivelyAllowed, naivelyAllowedDirectly } from "../../../support/naive/naive-evaluator";

/** A policy and a changed one, in either order: near enough for proofs and refutations both. */
const pairs = trustPolicies.chain((document) =>
  fc
    .tuple(fc.constant(document), changed(document), fc.boolean())
    .map(([one, other, swapped]): [PolicyDocument, PolicyDocument] =>
      swapped ? [other, one] : [one, other],
    ),
);

function prove(granted: PolicyDocument, declared: PolicyDocument): Verdict {
  return proveContained({ roleArn: ROLE_ARN, accounts: ACCOUNTS, granted, declared });
}

/** Requests to try, always the same ones; where in them to begin is random. */
const REQUESTS = fc.sample(trustRequests, { numRuns: 8000, seed: 1 });
const TRIES = 150;
const offsets = fc.nat(REQUESTS.length - TRIES);

test("the evaluator and the naive one agree on random policies and random requests", () => {
  const evaluated = (policy: PolicyDocument, request: AccessRequest): boolean | undefined => {
    const { decision } = evaluatePolicy("trust", policy, { ...request, resource: ROLE_ARN });
    return decision === "unknown" ? undefined : decision === "allow";
  };
  fc.assert(
    fc.property(trustPolicies, offsets, (policy, from) => {
      const disagreed = REQUESTS.slice(from, from + TRIES).filter(
        (request) => evaluated(policy, request) !== naivelyAllowed(policy, request),
      );
      expect(disagreed).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("what is proved has no counterexample among 100,000 random requests", () => {
  let tried = 0;
  fc.assert(
    fc.property(pairs, offsets, ([granted, declared], from) => {
      if (prove(granted, declared).verdict !== "proved") return;
      const refutes = (request: AccessRequest, allowed: typeof naivelyAllowed): boolean =>
        allowed(granted, request) === true && allowed(declared, request) === false;
      const ofOwnAccount = ({ caller }: AccessRequest): boolean =>
        callerAccount(caller) === ROLE_ARN.split(":")[4];
      const requests = REQUESTS.slice(from, from + TRIES);
      expect(requests.filter((request) => refutes(request, naivelyAllowed))).toEqual([]);
      const own = requests.filter(ofOwnAccount);
      expect(own.filter((request) => refutes(request, naivelyAllowedDirectly))).toEqual([]);
      tried += requests.length;
    }),
    { numRuns: 1000 },
  );
  expect(tried).toBeGreaterThan(100_000);
}, 60_000);

test("every counterexample is confirmed by the naive evaluator", () => {
  const verdicts = new Map<string, number>();
  fc.assert(
    fc.property(pairs, ([granted, declared]) => {
      const answer = prove(granted, declared);
      verdicts.set(answer.verdict, (verdicts.get(answer.verdict) ?? 0) + 1);
      if (answer.verdict !== "refuted") return;
      const { request, withoutPermission } = answer.counterexample;
      const allowed = withoutPermission ? naivelyAllowedDirectly : naivelyAllowed;
      expect(allowed(granted, request)).toBe(true);
      expect(allowed(declared, request)).toBe(false);
    }),
    { numRuns: 1500 },
  );
  expect(verdicts.get("refuted")).toBeGreaterThan(100);
  expect(verdicts.get("proved")).toBeGreaterThan(100);
}, 60_000);

test("containment is reflexive, and transitive where it is proved", () => {
  fc.assert(
    fc.property(pairs, trustPolicies, ([one, two], three) => {
      expect(prove(one, one)).toEqual({ verdict: "proved" });
      const first = prove(one, two).verdict;
      const second = prove(two, three).verdict;
      if (first === "proved" && second === "proved") {
        expect(prove(one, three).verdict).toBe("proved");
      }
    }),
    { numRuns: 300 },
  );
});

test("the prover and the evaluator agree on random policies and random requests", () => {
  const decided = { allowed: 0, denied: 0, untold: 0 };
  fc.assert(
    fc.property(trustPolicies, trustRequests, (policy, request) => {
      const keys = policy.Statement.flatMap(({ Condition = {} }) =>
        Object.values(Condition).flatMap(Object.keys),
      );
      const only = pinned(request, keys);
      const decide = (document: PolicyDocument): string =>
        evaluatePolicy("trust", document, { ...request, resource: ROLE_ARN }).decision;
      expect(decide(only)).toBe("allow");
      const decision = decide(policy);
      if (decision === "unknown") return;
      const { verdict } = proveContained({
        roleArn: ROLE_ARN,
        accounts: ACCOUNTS,
        granted: only,
        declared: policy,
        assumePermission: true,
      });
      if (verdict === "unknown") decided.untold++;
      else if (decision === "allow") decided.allowed++;
      else decided.denied++;
      expect([decision === "allow" ? "proved" : "refuted", "unknown"]).toContain(verdict);
    }),
    { numRuns: 600 },
  );
  expect(decided.allowed).toBeGreaterThan(40);
  expect(decided.denied).toBeGreaterThan(200);
  expect(decided.untold).toBeLessThan(20);
});

/** A trust policy that lets in what policies testing these keys cannot tell from a request, and nothing else. */
function pinned(
  { caller, action, context }: AccessRequest,
  keys: readonly string[],
): PolicyDocument {
  const Condition: Record<string, Record<string, OneOrMore>> = {};
  const test = (operator: string, key: string, values: OneOrMore): void => {
    (Condition[operator] ??= {})[key] = values;
  };
  for (const { name, values } of context.values()) {
    test(EXACT[name] ?? "StringEquals", name, values);
  }
  for (const key of keys) if (!context.has(key.toLowerCase())) test("Null", key, "true");
  const Principal =
    caller.kind === "service"
      ? { Service: caller.service }
      : "provider" in caller
        ? { Federated: caller.provider }
        : { AWS: caller.kind === "user" ? caller.arn : sessionArn(caller) };
  return {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal, Action: action, Condition },
      // None of the tags may be missing.
      ...(context.get("aws:tagkeys")?.values ?? []).map((key): Statement => ({
        Effect: "Deny",
        Principal: "*",
        Action: "*",
        Condition: { "ForAllValues:StringNotEquals": { "aws:TagKeys": key } },
      })),
    ],
  };
}

/** Operators that leave one value, by key; all others hold texts. */
const EXACT: Readonly<Record<string, string>> = {
  "aws:CurrentTime": "DateEquals",
  "aws:TokenIssueTime": "DateEquals",
  "aws:MultiFactorAuthAge": "NumericEquals",
  "aws:MultiFactorAuthPresent": "Bool",
  "aws:SourceIp": "IpAddress",
  "aws:TagKeys": "ForAllValues:StringEquals",
};
