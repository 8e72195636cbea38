import type { PrincipalEntry } from "../../account-map/model/account-map";
import type { OidcPrincipal } from "../../account-map/model/principal";
import { issuerOf } from "../../iam/arn";
import { claimsAskedApart } from "../../iam/federation/issuer-claims";
import type { ReportFinding } from "../parameters";

/**
 * Reports condition keys that a principal would ask for twice, in whatever case: IAM rejects such a
 * document, or keeps one of the two (rule GR-13). Tells whether there is any.
 */
export function reportConditionKeyClashes(wayIn: PrincipalEntry, report: ReportFinding): boolean {
  const { principal, conditions, at } = wayIn;
  const asked: readonly Asked[] = [
    ...(principal.kind === "oidc"
      ? [
          {
            what: "claim",
            at: [...at, "oidc", "claims"],
            names: [...principal.claims.keys()],
            always: askedOfTokens(principal),
          },
        ]
      : []),
    ...(principal.kind === "saml"
      ? [
          {
            what: "attribute",
            at: [...at, "saml", "attributes"],
            names: [...principal.attributes.keys()],
            always: { "saml:aud": ": the audience of the sign-in page" },
          },
        ]
      : []),
    {
      what: "session tag",
      at: [...at, "sessionTags"],
      names: conditions.sessionTags.map(({ key }) => key),
      always: {},
    },
  ];
  let clashes = 0;
  for (const { what, at: place, names, always } of asked) {
    const by = new Map(Object.entries(always));
    for (const name of names) {
      const earlier = by.get(name.toLowerCase());
      if (earlier === undefined) {
        by.set(name.toLowerCase(), `, by \`${name}\`; condition keys ignore case`);
        continue;
      }
      clashes += 1;
      report([...place, name], {
        rule: "GR-13",
        atKey: true,
        message: `the ${what} \`${name}\` is already required${earlier}`,
        help: "remove one of them",
      });
    }
  }
  return clashes > 0;
}

/** What is asked for by `subject:` and `audience:`. */
function askedOfTokens({ provider, claims }: OidcPrincipal): Readonly<Record<string, string>> {
  const apart = claimsAskedApart(issuerOf(provider.url), claims.keys());
  return Object.fromEntries([...apart].map(([claim, key]) => [claim, `, by \`${key}:\``]));
}

interface Asked {
  readonly what: string;
  readonly at: PrincipalEntry["at"];
  readonly names: readonly string[];
  /** Keys, in lower case, that are asked for in any case, and by what. */
  readonly always: Readonly<Record<string, string>>;
}
