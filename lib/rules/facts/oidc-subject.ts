import type { OidcPrincipal } from "../../account-map/model/principal";
import { issuerOf } from "../../iam/arn";
import { subjectKey } from "../../iam/federation/issuer-claims";
import type { TestedClaims } from "../../iam/federation/subjects/breadth";
import type { RuleFinding } from "../rule-finding";
import { claimsOf } from "./token-statement";
import type { TokenStatement } from "./token-statement";

/** Where a finding points. */
type Place = Pick<RuleFinding, "at" | "document" | "atKey">;

/** A subject that the map, or a trust document, lets in by an OIDC provider. */
export interface OidcSubject {
  /** The provider's URL without its scheme, in lower case. */
  readonly issuer: string;
  /** May hold `*` and `?`. */
  readonly subject: string;
  /** The claims that are tested beside it. */
  readonly claims: TestedClaims;
  /** The place of the subject. */
  readonly place: Place;
  /** What holds it, with others: a way in of the map or a statement, once for each. */
  readonly holder: object;
  /** The place of all the subjects that its holder has. */
  readonly key: Place;
}

/** The subjects of a principal of kind `oidc`. */
export function mappedSubjects(wayIn: {
  readonly principal: OidcPrincipal;
  readonly at: readonly (string | number)[];
}): OidcSubject[] {
  const { provider, subjects, claims } = wayIn.principal;
  const issuer = issuerOf(provider.url).toLowerCase();
  const at = [...wayIn.at, "oidc", "subject"];
  const tested = new Map([...claims].map(([claim, values]) => [claim.toLowerCase(), values]));
  return subjects.map((subject, index) => ({
    issuer,
    subject,
    claims: tested,
    place: { at: subjects.length === 1 ? at : [...at, index] },
    holder: wayIn,
    key: { at, atKey: true },
  }));
}

/** The subjects that a statement of a trust document lets in. */
export function writtenSubjects(written: TokenStatement): OidcSubject[] {
  const { issuer, document } = written;
  const claim = subjectKey(issuer).slice(issuer.length + 1);
  const tests = written.tests.filter(
    ({ claim: tested, operator }) =>
      tested === claim && operator.family === "String" && !operator.negated,
  );
  // All must hold: one that names subjects in full leaves nothing to the others.
  const exact = tests.filter(({ operator }) => operator.comparison !== "like");
  return (exact.length > 0 ? exact : tests).flatMap(({ values, at }) =>
    values.map((subject, index) => ({
      issuer,
      subject,
      claims: claimsOf(written),
      place: { at: [...at, index], document },
      holder: written,
      key: { at, document, atKey: true },
    })),
  );
}

/** The end of a help line: what is shorter in the map is no word of a document. */
export function orUse({ document }: Place): string {
  return document === undefined ? ", or use `githubActions:`" : "";
}
