import type { OidcProvider, SamlProvider } from "./principal";
import type { RawAccountMap, RawIdentityProvider } from "./raw-account-map";
import { checkIdentifier } from "./reading";
import type { Reporter } from "./reporter";

/** Reads the identity providers of a map. */
export function readProviders(
  raw: RawAccountMap,
  readFile: (path: string) => string | undefined,
  reporter: Reporter,
): Map<string, OidcProvider | SamlProvider> {
  const providers = new Map<string, OidcProvider | SamlProvider>();
  for (const [key, provider] of Object.entries(raw.identityProviders ?? {})) {
    const path = ["identityProviders", key];
    if ((provider.oidc === undefined) === (provider.saml === undefined)) {
      reporter.report(path, {
        rule: "missing-key",
        atKey: true,
        message: "an identity provider is exactly one of `oidc` and `saml`",
      });
      continue;
    }
    const read =
      provider.oidc === undefined
        ? readSaml(key, provider, path, readFile, reporter)
        : readOidc(key, provider, path, reporter);
    if (read !== undefined) providers.set(key, read);
  }
  return providers;
}

function readOidc(
  key: string,
  raw: RawIdentityProvider,
  path: readonly string[],
  reporter: Reporter,
): OidcProvider | undefined {
  if (raw.oidc === undefined) return undefined;
  const at = [...path, "oidc", "url"];
  const { url, audiences = ["sts.amazonaws.com"] } = raw.oidc;
  const fits = url.length <= 255;
  checkIdentifier(reporter, at, "oidcUrl", "an issuer", fits ? url : `${url} `);
  return { key, kind: "oidc", url, audiences, create: raw.create ?? false };
}

/** Smallest and largest metadata document, characters (rule ID-34). */
const METADATA_LENGTH = { min: 1000, max: 10_000_000 };

function readSaml(
  key: string,
  raw: RawIdentityProvider,
  path: readonly string[],
  readFile: (path: string) => string | undefined,
  reporter: Reporter,
): SamlProvider | undefined {
  if (raw.saml === undefined) return undefined;
  const { name = key, metadata } = raw.saml;
  const create = raw.create ?? false;
  checkIdentifier(reporter, [...path, "saml"], "samlProviderName", "a SAML provider's name", name);
  if (create && metadata === undefined) {
    reporter.report([...path, "saml"], {
      rule: "missing-key",
      atKey: true,
      message: "a SAML provider that is made here needs its metadata document",
      help: "add `metadata:` with the path of the file, or take `create:` away",
    });
  }
  const text = metadata === undefined || !create ? undefined : readFile(metadata);
  if (create && metadata !== undefined && text === undefined) {
    reporter.report([...path, "saml", "metadata"], {
      rule: "unreadable-file",
      message: `the file ${JSON.stringify(metadata)} cannot be read`,
    });
  }
  if (
    text !== undefined &&
    (text.length < METADATA_LENGTH.min || text.length > METADATA_LENGTH.max)
  ) {
    reporter.report([...path, "saml", "metadata"], {
      rule: "ID-34",
      message: `a metadata document has 1,000 to 10,000,000 characters, this one has ${text.length}`,
    });
  }
  return { key, kind: "saml", name, create, metadata: text };
}
