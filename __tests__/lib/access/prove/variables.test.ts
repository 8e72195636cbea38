import fc from "fast-check";
import type { AccessRequest } from "../../../../lib/access/access-request";
import { proveContained } from "../../../../lib/access/prove/prove-contained";
import type { Verdict } from "../../../../lib/access/prove/prove-contained";
import { callerAccount } from "../../../../lib/iam/condition/caller";
import type { PolicyDocument } from "../../../../lib/iam/policy-document";
import { ACCOUNTS, ROLE_ARN, trustRequests } from "../../../support/arbitrary/arbitrary-trust";
import { pairsWithVariables } from "../../../support/arbitrary/arbitrary-variables";
import { naivelyAllowed, naivelyAllowedDirectly } from "../../../support/naive/naive-evaluator";

function prove(granted: PolicyDocument, declared: PolicyDocument): Verdict {
  return proveContained({ roleArn: ROLE_ARN, accounts: ACCOUNTS, granted, declared });
}

/** Requests to try; each says in which account the role is, as all requests for roles do. */
const REQUESTS = fc
  .sample(trustRequests, { numRuns: 4000, seed: 2 })
  .map((request): AccessRequest => {
    const name = "aws:ResourceAccount";
    const values = [ROLE_ARN.split(":")[4] ?? ""];
    const context = new Map([...request.context, [name.toLowerCase(), { name, values }]]);
    return { ...request, context };
  });

test("of random pairs with policy variables most are decided, and none against the naive evaluator", () => {
  const verdicts = { proved: 0, refuted: 0, unknown: 0 };
  fc.assert(
    fc.property(pairsWithVariables, fc.nat(3800), ([granted, declared], from) => {
      const answer = prove(granted, declared);
      verdicts[answer.verdict]++;
      if (answer.verdict === "refuted") {
        const { request, withoutPermission } = answer.counterexample;
        const allowed = withoutPermission ? naivelyAllowedDirectly : naivelyAllowed;
        expect([allowed(granted, request), allowed(declared, request)]).toEqual([true, false]);
      }
      if (answer.verdict !== "proved") return;
      const refutes = (request: AccessRequest, allowed: typeof naivelyAllowed): boolean =>
        allowed(granted, request) === true && allowed(declared, request) === false;
      const requests = REQUESTS.slice(from, from + 200);
      expect(requests.filter((each) => refutes(each, naivelyAllowed))).toEqual([]);
      const own = requests.filter(({ caller }) => callerAccount(caller) === ROLE_ARN.split(":")[4]);
      expect(own.filter((each) => refutes(each, naivelyAllowedDirectly))).toEqual([]);
    }),
    { numRuns: 1328, seed: 8 },
  );
  expect(verdicts.proved).toBeGreaterThan(300);
  expect(verdicts.refuted).toBeGreaterThan(100);
  expect(verdicts.unknown).toBeLessThan(126);
}, 120_000);
