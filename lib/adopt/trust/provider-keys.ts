import type { RawIdentityProvider } from "../../account-map/read/raw-account-map";
import { issuerOf } from "../../iam/arn";
import { defaultAudiences } from "../../account-map/read/read-providers";
import { freeKey } from "../../account-map/model/free-key";

/** The identity providers of the map by what they are, with those that have to be added. */
export class ProviderKeys {
  /** Providers that the map lacks, by key: all of them exist. */
  readonly added = new Map<string, RawIdentityProvider>();
  readonly #known: ReadonlyMap<string, RawIdentityProvider>;

  constructor(known: Readonly<Record<string, RawIdentityProvider>>) {
    this.#known = new Map(Object.entries(known));
  }

  /** Key of the OIDC provider of an issuer, an issuer being the one in its ARN. */
  oidc(issuer: string): string {
    return this.#keyOf(
      ({ oidc }) => oidc !== undefined && issuerOf(oidc.url) === issuer,
      issuer.split("/")[0] ?? issuer,
      { oidc: { url: `https://${issuer}` } },
    );
  }

  /** The audiences that a provider of the map takes. @default - the map has none of the issuer */
  audiencesOf(issuer: string): readonly string[] | undefined {
    const found = [...this.#known.values()].find(
      ({ oidc }) => oidc !== undefined && issuerOf(oidc.url) === issuer,
    );
    return found === undefined ? undefined : (found.oidc?.audiences ?? defaultAudiences(issuer));
  }

  /** Key of the SAML provider of a name. */
  saml(name: string): string {
    const matches = ({ saml }: RawIdentityProvider, key: string): boolean =>
      saml !== undefined && (saml.name ?? key) === name;
    return this.#keyOf(matches, name, { saml: { name } });
  }

  #keyOf(
    matches: (provider: RawIdentityProvider, key: string) => boolean,
    words: string,
    provider: RawIdentityProvider,
  ): string {
    const all = new Map([...this.#known, ...this.added]);
    const found = [...all].find(([key, each]) => matches(each, key));
    if (found !== undefined) return found[0];
    const key = freeKey(words, all, "adopted");
    this.added.set(key, provider);
    return key;
  }
}
