import { isGithubIssuer } from "../../iam/federation/github-issuer";
import { requiredClaim } from "../../iam/federation/shared-issuers";
import { isPinned } from "../../iam/federation/subjects/breadth";
import { conditionLines } from "../../iam/grammar/condition-line";
import type { StatementShape } from "../../iam/policy-shape";
import type { Rule } from "../rule";
import type { RuleFinding } from "../rule-finding";
import type { DocumentContext } from "../rule-context";

export const sharedIssuerTenant: Rule = {
  id: "OI-04",
  severity: "error",
  summary: "a subject of an issuer that many customers share names the customer",
  why: "Anyone can get tokens from such an issuer: with a wildcard before the end of the customer's name, others can assume the role. Without any condition on the subject IAM rejects the role.",
  source: "IAM User Guide, id_roles_providers_oidc_secure-by-default",
  *inDocuments(context) {
    yield* untested(context);
    for (const { issuer, subject, claims, place } of context.subjects) {
      const shared = isGithubIssuer(issuer) ? undefined : SHARED.get(issuer); // GitHub: rule OI-05
      if (shared === undefined || !/[*?]/.test(subject) || shared.pinned.test(subject)) continue;
      if (isPinned(claims, ...shared.claims)) continue;
      yield {
        ...place,
        message: `${shared.tenant} must be written in full, because anyone can get tokens from ${issuer}, got ${JSON.stringify(subject)}`,
        help: `write a subject such as \`${shared.example}\``,
      };
    }
  },
};

/** Trust documents that do not say whose tokens are meant: IAM refuses them. In a map each way in has a subject. */
function* untested({ documents, tokens }: DocumentContext): Generator<RuleFinding> {
  for (const { document, issuer, at, tests } of tokens) {
    const claim = requiredClaim(issuer);
    const key = `${issuer}:${claim ?? ""}`;
    if (claim === undefined || tests.some((test) => test.claim === claim && !test.operator.negated))
      continue;
    if (isDenied(documents.get(document)?.document.Statement ?? [], key)) continue;
    const example = issuer === GITHUB ? GITHUB_SUBJECT : SHARED.get(issuer)?.example;
    yield {
      at,
      document,
      message: `no condition tests \`${key}\`, and everyone can get tokens of ${issuer}: IAM refuses the role`,
      help: `add {"StringEquals": {"${key}": "${example ?? (claim === "aud" ? "AUDIENCE" : "SUBJECT")}"}}`,
    };
  }
}

/** Whether a denial tests a key: it can leave only the subjects that are meant. */
function isDenied(statements: readonly (StatementShape | null)[], key: string): boolean {
  return statements.some(
    (statement) =>
      statement?.Effect === "Deny" &&
      [...conditionLines(statement, [])].some((line) => line.key.toLowerCase() === key),
  );
}

const GITHUB = "token.actions.githubusercontent.com";
const GITHUB_SUBJECT = "repo:OWNER/REPOSITORY:ref:refs/heads/BRANCH";

interface SharedIssuer {
  /** Subjects that say whose they are. */
  readonly pinned: RegExp;
  readonly tenant: string;
  readonly example: string;
  /** Claims that say so as well. */
  readonly claims: readonly string[];
}

/** Shared issuers whose subjects are documented: the part that says whose they are. */
const SHARED: ReadonlyMap<string, SharedIssuer> = new Map([
  [
    "gitlab.com",
    {
      pinned: /^project_path:[^/:*?]+\//,
      tenant: "the group",
      example: "project_path:GROUP/PROJECT:ref_type:branch:ref:main",
      claims: ["project_id", "namespace_id"],
    },
  ],
  [
    "app.terraform.io",
    {
      pinned: /^organization:[^:*?]+:/,
      tenant: "the organization",
      example: "organization:ORGANIZATION:project:*:workspace:WORKSPACE:run_phase:apply",
      claims: [],
    },
  ],
  [
    "agent.buildkite.com",
    {
      pinned: /^organization:[^:*?]+:/,
      tenant: "the organization",
      example: "organization:ORGANIZATION:pipeline:PIPELINE:ref:refs/heads/main:*",
      claims: ["organization_id", "organization_slug", "pipeline_id"],
    },
  ],
]);
