/** Something that the prover takes for granted of all requests. */
export interface Axiom {
  /** Stable name, for tests. */
  readonly id: string;
  readonly text: string;
  /** The rules that it is the base of, by id. */
  readonly rules: readonly string[];
  /** Pages of AWS's documentation, by guide and page. */
  readonly source: string;
}

const CONDITION_KEYS = "IAM User Guide, reference_policies_condition-keys";
const STS_KEYS = "IAM User Guide, reference_policies_iam-condition-keys";
const MFA = "IAM User Guide, id_credentials_mfa_configure-api-require";
const IDENTIFIERS = "IAM User Guide, reference_identifiers";
const PRINCIPALS = "IAM User Guide, reference_policies_elements_principal";
const ASSUME_ROLE = "STS API Reference, API_AssumeRole";

/**
 * What the prover takes for granted, one row for each fact. Where pages contradict one another, or none says,
 * everything that they leave possible is tried.
 */
export const AXIOM_TABLE: readonly Axiom[] = [
  {
    id: "organization",
    text: "an account in the map is in the organization that the map says; for any other account every organization and none are tried",
    rules: ["CK-01"],
    source: CONDITION_KEYS,
  },
  {
    id: "callers",
    text: "a caller is exactly one of a user, a role session, an AWS service, a web identity and a SAML identity; an account's root user can assume no role",
    rules: ["TR-13"],
    source: `${PRINCIPALS}; ${ASSUME_ROLE}`,
  },
  {
    id: "partition",
    text: "callers and the role are in the same partition",
    rules: ["PT-03"],
    source: "IAM User Guide, reference-arns",
  },
  {
    id: "principal-arn",
    text: "aws:PrincipalArn of a role session is the ARN of its role, with path; aws:PrincipalAccount is the account in it",
    rules: ["CK-07"],
    source: CONDITION_KEYS,
  },
  {
    id: "user-id",
    text: "aws:userid of a user is its unique ID, AIDA and more; of a role session it is the role's unique ID, AROA and more, a colon and the session name",
    rules: ["CK-20"],
    source: `${IDENTIFIERS}; IAM User Guide, reference_policies_variables`,
  },
  {
    id: "session-name",
    text: "whoever assumes a role chooses the session name, 2 to 64 letters, digits and _+=,.@-; AWS names a session of IAM Identity Center after its user, which proves nothing about other roles",
    rules: ["ID-13", "SSO-06"],
    source: `${ASSUME_ROLE}; IAM Identity Center User Guide, understanding-key-concepts`,
  },
  {
    id: "no-organization",
    text: "services and federated callers have no aws:PrincipalOrgID; federated callers have no aws:PrincipalArn",
    rules: ["CK-03", "CK-04"],
    source: `${CONDITION_KEYS}; aws-samples, data-perimeter-policy-examples, resource_control_policies`,
  },
  {
    id: "external-id",
    text: "users, role sessions and services can pass an external ID, 2 to 1224 letters, digits and _+=,.@:/-, as Amazon Cognito does; federated callers cannot",
    rules: ["ID-12", "TR-19"],
    source: `${ASSUME_ROLE}, API_AssumeRoleWithWebIdentity, API_AssumeRoleWithSAML; Amazon Cognito Developer Guide, cognito-user-pool-settings-mfa-sms-text-message`,
  },
  {
    id: "mfa",
    text: "only users have MFA; requests of a role session carry aws:MultiFactorAuthPresent with false or lack it, and both are tried, because AWS says both",
    rules: ["CK-15"],
    source: `${CONDITION_KEYS}; ${MFA}`,
  },
  {
    id: "mfa-age",
    text: "aws:MultiFactorAuthAge is present only with MFA, in whole seconds from 0 to 129600, the longest life of credentials of GetSessionToken",
    rules: ["CK-16"],
    source: `${CONDITION_KEYS}; STS API Reference, API_GetSessionToken`,
  },
  {
    id: "source-address",
    text: "aws:SourceIp is absent exactly if the call came through a VPC endpoint, which brings aws:SourceVpc, aws:SourceVpce and aws:VpcSourceIp",
    rules: ["CK-11", "CK-12"],
    source: CONDITION_KEYS,
  },
  {
    id: "source-keys",
    text: "only services send aws:SourceArn, aws:SourceAccount and related keys, and none is certain to",
    rules: ["CK-10"],
    source: CONDITION_KEYS,
  },
  {
    id: "claims",
    text: "claims of an identity provider come only with its tokens, always with sub and aud, except for Facebook and Login with Amazon: no page says that those have either",
    rules: ["OI-01", "OI-02"],
    source: STS_KEYS,
  },
  {
    id: "time",
    text: "aws:CurrentTime is always there, in whole seconds, and never before aws:TokenIssueTime",
    rules: ["CK-23"],
    source: CONDITION_KEYS,
  },
  {
    id: "organization-ids",
    text: "an organization's ID is o- and at least 10 lowercase letters and digits, a root's r- and at least 4, an OU's ou-, at least 4, a dash and at least 8; OUs nest at most 5 deep",
    rules: ["ID-04"],
    source:
      "AWS Organizations API Reference, API_Organization, API_Root, API_OrganizationalUnit; AWS Organizations User Guide, orgs_reference_limits",
  },
  {
    id: "tag-keys",
    text: "the tags that a call passes are those in aws:TagKeys",
    rules: ["TR-15b"],
    source: `${CONDITION_KEYS}; IAM User Guide, id_session-tags`,
  },
  {
    id: "types",
    text: "a key that several operators test has a value of the type that they expect",
    rules: ["GR-15"],
    source: "IAM User Guide, reference_policies_elements_condition_operators",
  },
];

/** The axioms as they are printed with every verdict: the fact, the rules that rest on it, and its source. */
export const PROOF_ASSUMPTIONS: readonly string[] = AXIOM_TABLE.map(
  ({ text, rules, source }) => `${text} [${rules.join(", ")}] (${source})`,
);
