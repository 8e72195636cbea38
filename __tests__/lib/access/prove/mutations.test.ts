import { proveContained } from "../../../../lib/access/prove/prove-contained";
import { naivelyAllowed, naivelyAllowedDirectly } from "../../../support/naive/naive-evaluator";
import { mutants } from "../../../support/mutations/trust-mutations";
import { SPOKE_ARN, TRUST_POLICIES } from "../../../support/policies/trust-policies";

/** Of no account is the organization known: so a condition on it is never superfluous. */
const accounts = new Map();

/**
 * Changes after which exactly the same callers get in, by what makes them so: the caller's ARN is pinned
 * whatever the principal says, the key is always there, or the age of MFA implies MFA.
 */
const SAME_ACCESS: Readonly<Record<string, readonly string[]>> = {
  "account and pinned role": [
    'principal {"AWS":["arn:aws:iam::111111111111:root","666666666666"]}',
    'principal {"AWS":"*"}',
    "ArnEquals aws:PrincipalArn becomes ArnEqualsIfExists",
    "ArnEquals aws:PrincipalArn takes arn:aws:iam::111111111111:role/hub and arn:aws:iam::666666666666:role/hub",
  ],
  "permission set": [
    'principal {"AWS":["arn:aws:iam::111111111111:root","666666666666"]}',
    'principal {"AWS":"*"}',
    "ArnLike aws:PrincipalArn becomes ArnLikeIfExists",
    "ArnLike aws:PrincipalArn takes arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Admin_???????????????? and arn:aws:iam::666666666666:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Admin_????????????????",
  ],
  "user with MFA": [
    "Bool aws:MultiFactorAuthPresent is dropped",
    "Bool aws:MultiFactorAuthPresent becomes BoolIfExists",
    "Bool aws:MultiFactorAuthPresent takes true and false",
    "NumericLessThan aws:MultiFactorAuthAge becomes NumericLessThanIfExists",
  ],
  "network and time": [
    "DateGreaterThan aws:CurrentTime becomes DateGreaterThanIfExists",
    "DateLessThan aws:CurrentTime becomes DateLessThanIfExists",
    "StringEquals aws:SourceVpce becomes StringEqualsIfExists",
    "IpAddress aws:VpcSourceIp becomes IpAddressIfExists",
  ],
  "GitHub Actions": [
    'principal {"Federated":["arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com","arn:aws:iam::222222222222:saml-provider/intruder","arn:aws:iam::222222222222:oidc-provider/intruder.example.com"]}',
    "StringEquals token.actions.githubusercontent.com:aud becomes StringEqualsIfExists",
    "StringEquals token.actions.githubusercontent.com:sub becomes StringEqualsIfExists",
  ],
  SAML: ["StringEquals SAML:aud becomes StringEqualsIfExists"],
  "session tags and names": ["StringLike sts:RoleSessionName becomes StringLikeIfExists"],
  "own account": [
    'principal {"AWS":["arn:aws:iam::222222222222:root","666666666666"]}',
    "ArnEquals aws:PrincipalArn becomes ArnEqualsIfExists",
    "ArnEquals aws:PrincipalArn takes arn:aws:iam::222222222222:role/app and arn:aws:iam::666666666666:role/app",
  ],
};

describe.each(Object.entries(TRUST_POLICIES))("%s", (name, declared) => {
  test("is proved to let in whom it lets in, in any order", () => {
    const reversed = { ...declared, Statement: [...declared.Statement].reverse() };
    for (const granted of [declared, reversed]) {
      expect(proveContained({ roleArn: SPOKE_ARN, accounts, granted, declared })).toEqual({
        verdict: "proved",
      });
    }
  });

  test("is refuted after every change that lets in more, by a request that the naive evaluator confirms", () => {
    const survivors: string[] = [];
    for (const { change, document: granted } of mutants(declared)) {
      const verdict = proveContained({ roleArn: SPOKE_ARN, accounts, granted, declared });
      if (verdict.verdict !== "refuted") {
        expect({ change, verdict }).toEqual({ change, verdict: { verdict: "proved" } });
        survivors.push(change.replace(/^statement \d+: /, ""));
        continue;
      }
      const { request, withoutPermission } = verdict.counterexample;
      const allowed = withoutPermission ? naivelyAllowedDirectly : naivelyAllowed;
      expect([change, allowed(granted, request), allowed(declared, request)]).toEqual([
        change,
        true,
        false,
      ]);
    }
    expect(survivors).toEqual(SAME_ACCESS[name] ?? []);
  });

  test("lets in fewer after none of these changes", () => {
    for (const { change, document } of mutants(declared)) {
      const verdict = proveContained({
        roleArn: SPOKE_ARN,
        accounts,
        granted: declared,
        declared: document,
      });
      expect([change, verdict]).toEqual([change, { verdict: "proved" }]);
    }
  });
});
