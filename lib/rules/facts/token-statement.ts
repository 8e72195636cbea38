import { builtInProvider } from "../../iam/federation/built-in-provider";
import { claimOfKey } from "../../iam/federation/claim-key";
import type { TestedClaims } from "../../iam/federation/subjects/breadth";
import { alwaysClaimed } from "../../iam/federation/issuer-claims";
import { conditionLines } from "../../iam/grammar/condition-line";
import type { ConditionLine } from "../../iam/grammar/condition-line";
import { valuesOf } from "../../iam/policy-document";
import type { PolicySource, StatementShape } from "../../iam/policy-shape";

/** A statement of a trust document that lets tokens of one provider assume the role. */
export interface TokenStatement {
  readonly document: string;
  readonly statement: StatementShape;
  /** The provider's issuer without its scheme, in lower case. */
  readonly issuer: string;
  /** The place of the provider. */
  readonly at: readonly (string | number)[];
  /** The tests of the issuer's claims, with the claim of each in lower case. */
  readonly tests: readonly (ConditionLine & { readonly claim: string })[];
}

/** The statements of trust documents that allow tokens of OIDC providers, one for each provider. */
export function tokenStatements(
  documents: ReadonlyMap<string, PolicySource>,
): readonly TokenStatement[] {
  return [...documents].flatMap(([document, { document: shape }]) =>
    (shape.Statement ?? []).flatMap((statement, index) =>
      statement === null ? [] : tokensOf(document, statement, ["Statement", index]),
    ),
  );
}

function tokensOf(
  document: string,
  statement: StatementShape,
  at: readonly (string | number)[],
): TokenStatement[] {
  const { Effect, Principal, Action } = statement;
  if (Effect !== "Allow" || typeof Principal !== "object") return [];
  const assumes = valuesOf(Action).some((action) =>
    /^sts:AssumeRoleWithWebIdentity$/i.test(action),
  );
  if (!assumes) return [];
  return valuesOf(Principal.Federated).flatMap((provider, index) => {
    const issuer = issuerOfProvider(provider);
    if (issuer === undefined) return [];
    const place = [...at, "Principal", "Federated", index];
    return [{ document, statement, issuer, at: place, tests: testsOf(statement, issuer, at) }];
  });
}

/** The issuer that a Federated principal names; `undefined` for SAML providers and wildcards. */
function issuerOfProvider(provider: string): string | undefined {
  const [, url] = provider.split(":oidc-provider/");
  return (url ?? builtInProvider(provider)?.host)?.toLowerCase();
}

function testsOf(
  statement: StatementShape,
  issuer: string,
  at: readonly (string | number)[],
): TokenStatement["tests"] {
  return [...conditionLines(statement, at)].flatMap((line) => {
    const key = claimOfKey(line.key);
    return key?.issuer === issuer ? [{ ...line, claim: key.claim.toLowerCase() }] : [];
  });
}

/** The claims that a token must have, with the values that pass. */
export function claimsOf({ tests, issuer }: TokenStatement): TestedClaims {
  return new Map(
    tests
      .filter(({ claim, operator }) => {
        if (operator.family !== "String" || operator.negated) return false;
        // Without the claim such a test holds as well.
        const openWithout = operator.ifExists || operator.quantifier === "all";
        return !openWithout || alwaysClaimed(issuer, claim);
      })
      .map(({ claim, values }) => [claim, values]),
  );
}
