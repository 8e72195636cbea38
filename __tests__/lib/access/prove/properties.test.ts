import fc from "fast-check";
import { proveContained } from "../../../../lib/access/prove/prove-contained";
import type { AccessRequest } from "../../../../lib/access/access-request";
import type { Verdict } from "../../../../lib/access/prove/prove-contained";
import { callerAccount } from "../../../../lib/iam/condition/caller";
import { evaluatePolicy } from "../../../../lib/iam/condition/evaluate-policy";
import type { PolicyDocument } from "../../../../lib/iam/policy-document";
import {
  ACCOUNTS,
  ROLE_ARN,
  changed,
  trustPolicies,
  trustRequests,
} from "../../../support/arbitrary-trust";
import { naivelyAllowed, naivelyAllowedDirectly } from "../../../support/naive-evaluator";

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
