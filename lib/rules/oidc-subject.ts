import type { AccountMap } from "../account-map/account-map";
import type { OidcPrincipal } from "../account-map/principal";
import type { Path } from "../account-map/yaml-source";
import { issuerOf } from "../iam/arn";
import { entrancesOf } from "./entrance";
import type { Entrance } from "./entrance";

/** A subject of an OIDC provider that the map allows. */
export interface OidcSubject {
  readonly wayIn: Entrance<OidcPrincipal>["wayIn"];
  /** The provider's URL without its scheme, in lower case. */
  readonly issuer: string;
  /** May hold `*` and `?`. */
  readonly subject: string;
  readonly at: Path;
}

/** Every subject of a principal of kind `oidc`. */
export function oidcSubjects(map: AccountMap): readonly OidcSubject[] {
  return entrancesOf(map, "oidc").flatMap(({ wayIn }) => {
    const { provider, subjects } = wayIn.principal;
    const issuer = issuerOf(provider.url).toLowerCase();
    const at = [...wayIn.at, "oidc", "subject"];
    return subjects.map((subject, index) => ({
      wayIn,
      issuer,
      subject,
      at: subjects.length === 1 ? at : [...at, index],
    }));
  });
}

/** GitHub's issuer; an enterprise can have one of its own, with its name behind. */
export function isGithub(issuer: string): boolean {
  return /^token\.actions\.githubusercontent\.com(?:\/|$)/.test(issuer);
}
