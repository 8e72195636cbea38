import { quoteText, shorten } from "../../diagnostics/quote";
import { issuerOf } from "../../iam/arn";
import { builtInProvider } from "../../iam/federation/built-in-provider";
import type { OidcProvider, OidcPrincipal } from "../model/principal";
import type { RawPrincipal } from "./raw-account-map";
import { listOf, sortedEntries } from "./reading";
import type { Reporter } from "../../source/reporter";
import type { Path } from "../../source/source";

/** Reads the workloads or people of an OIDC provider, of the account or built into AWS. */
export function readOidcPrincipal(
  raw: NonNullable<RawPrincipal["oidc"]>,
  provider: OidcProvider,
  path: Path,
  reporter: Reporter,
): OidcPrincipal {
  const issuer = issuerOf(provider.url);
  const known = builtInProvider(issuer);
  const name = shorten(issuer, 80);
  const subjects = listOf(raw.subject);
  const own = listOf(raw.audience);
  const audiences = own.length === 0 ? provider.audiences : own;
  if (subjects.length === 0 && known?.audienceHasOwner !== true) {
    reporter.report(path, {
      rule: "missing-key",
      atKey: true,
      message: `\`${path.join(".")}\` lacks the key \`subject\``,
      help: "add `subject:` with the subject of the workload that is meant",
    });
  }
  for (const [index, subject] of subjects.entries()) {
    if (/[^*?]/.test(subject)) continue;
    reporter.report([...path, "subject", ...(typeof raw.subject === "string" ? [] : [index])], {
      rule: "OI-04",
      message: `the subject ${quoteText(subject)} allows every identity from ${name}`,
      help: "write the subject of the workload that is meant",
    });
  }
  if (audiences.length === 0) {
    reporter.report(path, {
      rule: "OI-06",
      atKey: true,
      message: `tokens of ${name} have no usual audience, so the map must name one`,
      help: `add \`audience:\` with ${known?.audience.what ?? "the audience of the tokens"}, such as \`${known?.audience.example ?? "sts.amazonaws.com"}\``,
    });
  }
  return {
    kind: "oidc",
    provider,
    subjects,
    audiences,
    claims: new Map(sortedEntries(raw.claims).map(([claim, values]) => [claim, listOf(values)])),
  };
}
