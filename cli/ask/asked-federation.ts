import type { CallerIdentity } from "../../lib/access/callers/caller-in-request";
import { issuerOfProvider } from "../../lib/access/decide/condition-key";
import { listNames, nearest } from "../../lib/diagnostics/nearest";
import { quoteName } from "../../lib/diagnostics/quote";
import { issuerOf, parseArn } from "../../lib/iam/arn";
import { splitArn } from "../../lib/iam/condition/arn-match";
import { builtInProvider } from "../../lib/iam/federation/built-in-provider";
import { subjectKey } from "../../lib/iam/federation/issuer-claims";
import { PARTITIONS, samlAudience } from "../../lib/iam/partition";
import { valuesOf } from "../../lib/iam/policy-document";
import type { UsageProblem } from "../system/usage-problem";
import type { AskedCaller, AskedCallers, AskedScope } from "./asked-scope";

const GITHUB = "token.actions.githubusercontent.com";

/** A run of GitHub Actions by the subject of its token: `repo:OWNER/NAME:...` (rules OI-05 to OI-08). */
export function githubCallers(text: string, scope: AskedScope): AskedCallers | UsageProblem {
  const run = /^repo:[^/:\s]+\/[^/:\s]+:(?<run>\S.*)$/s.exec(text)?.groups?.run;
  if (run === undefined || /[*?]/.test(text)) {
    return {
      problem: `${quoteName(text)} is no subject of one run of GitHub Actions`,
      help: "write repo:OWNER/NAME:ref:refs/heads/BRANCH, repo:OWNER/NAME:environment:NAME or repo:OWNER/NAME:pull_request, without wildcards",
    };
  }
  const ref = /^ref:(?<ref>refs\/.+)$/s.exec(run)?.groups?.ref;
  const environment = /^environment:(?<environment>.+)$/s.exec(run)?.groups?.environment;
  const identity = {
    [`${GITHUB}:sub`]: text,
    ...(ref === undefined ? {} : { [`${GITHUB}:ref`]: ref }),
    ...(environment === undefined ? {} : { [`${GITHUB}:environment`]: environment }),
  };
  return everyProvider("oidc", GITHUB, scope, () => identity);
}

/** Someone with a token or an assertion: `ISSUER SUBJECT`, `PROVIDER SAML:KEY=VALUE`. */
export function federatedCallers(
  kind: "oidc" | "saml",
  text: string,
  scope: AskedScope,
): AskedCallers | UsageProblem {
  const [, provider = "", rest = ""] = /^(\S+)\s+(\S.*)$/s.exec(text.trim()) ?? [];
  if (provider === "") {
    return {
      problem: `${quoteName(text)} does not say whom the provider speaks of`,
      help:
        kind === "oidc"
          ? 'write "oidc ISSUER SUBJECT", such as "oidc gitlab.com project_path:group/app:ref_type:branch:ref:main"'
          : 'write "saml PROVIDER SUBJECT", such as "saml Okta anna@example.org", or "saml Okta SAML:eduPersonOrgDN=ou=dev"',
    };
  }
  if (kind === "oidc") {
    const issuer = issuerOf(issuerOfProvider(provider));
    return everyProvider(kind, provider.startsWith("arn:") ? provider : issuer, scope, () => ({
      [subjectKey(issuer)]: rest,
    }));
  }
  const attributes = /^SAML:/i.test(rest)
    ? rest.split(/\s+(?=SAML:)/i).map((each) => {
        const equals = each.indexOf("=");
        return [each.slice(0, equals), each.slice(equals + 1)] as const;
      })
    : [["SAML:sub", rest] as const];
  const wrong = attributes.find(([key, value]) => key === "" || value === "");
  if (wrong !== undefined) {
    return { problem: `${quoteName(rest)} is not SAML:KEY=VALUE`, help: "write SAML:sub=anna" };
  }
  return everyProvider(kind, provider, scope, (partition) => ({
    ...audienceIn(partition),
    ...Object.fromEntries(attributes),
  }));
}

function audienceIn(partition: string): CallerIdentity {
  const known = PARTITIONS.find((each) => each === partition);
  const audience = known === undefined ? undefined : samlAudience(known);
  return audience === undefined ? {} : { "SAML:aud": audience };
}

/**
 * The holder of a token or an assertion, by the provider of each account that has one: a role can be assumed by that
 * of its own account alone (rule OI-02).
 *
 * @param provider an ARN, a name, or an issuer
 */
function everyProvider(
  kind: "oidc" | "saml",
  provider: string,
  scope: AskedScope,
  identity: (partition: string) => CallerIdentity,
): AskedCallers | UsageProblem {
  const caller = kind === "oidc" ? "web-identity" : "saml";
  const one = (name: string): AskedCaller => ({
    caller: { kind: caller, provider: name },
    identity: identity(parseArn(name)?.partition ?? "aws"),
  });
  const builtIn = kind === "oidc" ? builtInProvider(provider) : undefined;
  if (builtIn !== undefined) return [[one(builtIn.host)]];
  if (provider.startsWith("arn:")) return [[one(provider)]];
  const known = trustedProviders(kind, scope);
  const suffix = `:${kind}-provider/${provider}`;
  const own = splitArn(scope.roleArn ?? "");
  const named =
    own === undefined
      ? known.filter((arn) => arn.endsWith(suffix))
      : [`arn:${own[1]}:iam::${own[4]}${suffix}`];
  if (named.some((arn) => known.includes(arn)) || known.some((arn) => arn.endsWith(suffix))) {
    return [named.map(one)];
  }
  const names = [...new Set(known.map((arn) => arn.replace(/^.*?-provider\//s, "")))];
  const meant = nearest(provider, names);
  const help =
    meant === undefined
      ? `trust policies name ${listNames(names)}`
      : `did you mean ${quoteName(meant)}?`;
  return {
    problem: `no trust policy names ${kind === "oidc" ? "an OIDC" : "a SAML"} provider ${quoteName(provider)}`,
    help,
  };
}

function trustedProviders(kind: "oidc" | "saml", { graph }: AskedScope): readonly string[] {
  const named = [...graph.roles.values()].flatMap(({ trust }) =>
    trust.known
      ? trust.value.Statement.flatMap(({ Principal }) =>
          typeof Principal === "object" ? valuesOf(Principal.Federated) : [],
        )
      : [],
  );
  return [...new Set(named)].filter((arn) => arn.includes(`:${kind}-provider/`));
}
