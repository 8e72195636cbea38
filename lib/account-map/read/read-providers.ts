import { quoteText } from "../../diagnostics/quote";
import { issuerOf } from "../../iam/arn";
import { builtInProvider } from "../../iam/federation/built-in-provider";
import { usualAudience } from "../../iam/federation/usual-audience";
import type { OidcProvider, SamlProvider } from "../model/principal";
import type { RawAccountMap, RawIdentityProvider } from "./raw-account-map";
import { checkIdentifier, sortedEntries } from "./reading";
import type { Reporter } from "../../source/reporter";
import type { Path } from "../../source/source";

/** Reads the identity providers of a map. */
export function readProviders(
  raw: RawAccountMap,
  readFile: (path: string) => string | undefined,
  reporter: Reporter,
): Map<string, OidcProvider | SamlProvider> {
  const providers = new Map<string, OidcProvider | SamlProvider>();
  for (const [key, provider] of sortedEntries(raw.identityProviders)) {
    const path = ["identityProviders", key];
    if ((provider.oidc === undefined) === (provider.saml === undefined)) {
      reporter.report(path, {
        rule: "missing-key",
        atKey: true,
        message: `an identity provider is exactly one of \`oidc\` and \`saml\`, got ${provider.oidc === undefined ? "none" : "both"}`,
        help: "write one of them below the provider's key",
      });
      reporter.unread.add("identityProviders", key);
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
  const { url, audiences = defaultAudiences(issuerOf(raw.oidc.url)) } = raw.oidc;
  const fits = url.length <= 255;
  // A space makes an URL that is too long one that does not fit the pattern.
  checkIdentifier(reporter, at, "oidcUrl", "an issuer", fits ? url : `${url} `);
  const known = builtInProvider(issuerOf(url));
  if (known !== undefined && raw.create === true) {
    reporter.report([...path, "create"], {
      rule: "OI-02",
      atKey: true,
      message: `${known.name} is built into AWS: AWS would not use a provider for ${known.host} in the account`,
      help: "remove `create:`",
    });
  }
  return { key, kind: "oidc", url, audiences, create: raw.create ?? false };
}

/** What tokens carry where the map names no audience: none for a provider whose tokens have no usual one. */
export function defaultAudiences(issuer: string): readonly string[] {
  if (builtInProvider(issuer) !== undefined) return [];
  const usual = usualAudience(issuer);
  return [usual === undefined || usual.isForm ? "sts.amazonaws.com" : usual.audience];
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
  const at = [...path, "saml", "metadata"];
  const namePath = raw.saml.name === undefined ? path : [...path, "saml", "name"];
  checkIdentifier(reporter, namePath, "samlProviderName", "a SAML provider's name", name);
  if (create && metadata === undefined) {
    reporter.report([...path, "saml"], {
      rule: "missing-key",
      atKey: true,
      message: "a SAML provider that this map creates needs its metadata document",
      help: "add `metadata:` with the path of the file, or remove `create:`",
    });
  }
  const text =
    metadata === undefined || !create ? undefined : readMetadata(metadata, at, readFile, reporter);
  return { key, kind: "saml", name, create, metadata: text };
}

function readMetadata(
  file: string,
  at: Path,
  readFile: (path: string) => string | undefined,
  reporter: Reporter,
): string | undefined {
  // What is read lands in Terraform: a map must not bring in files that are no part of its project.
  if (/^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)/.test(file)) {
    reporter.report(at, {
      rule: "file-outside",
      message: `a metadata document must be below the folder of this file, got ${quoteText(file)}`,
      help: "copy it there; its path must not contain `..` or start with `/`",
    });
    return undefined;
  }
  const text = readFile(file);
  const { min, max } = METADATA_LENGTH;
  if (text === undefined) {
    reporter.report(at, {
      rule: "unreadable-file",
      message: `the file ${quoteText(file)} cannot be read`,
      help: "write its path as seen from the folder of this file",
    });
  } else if (text.length < min || text.length > max) {
    reporter.report(at, {
      rule: "ID-34",
      message: `a metadata document has ${min} to ${max} characters, this one has ${text.length}`,
    });
  }
  return text;
}
