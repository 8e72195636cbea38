/** Something that AWS answers, what it means and what to do. */
export interface Cause {
  /** Stays the same: scripts and the page of causes use it. */
  readonly id: string;
  /** Code of the error. @default - any */
  readonly code?: RegExp;
  /** In the message. @default - any */
  readonly message?: RegExp;
  /** In lower case and without a final period. */
  readonly text: string;
  /** What to do. */
  readonly help: string;
  /** Whose policy it is, where a policy denies. @default - no policy denies */
  readonly side?: "trust policy" | "permissions policy" | "control policy" | "session";
}

/**
 * Causes by what AWS answers, the most telling first.
 *
 * Sources: IAM user guide, "Troubleshoot IAM roles", "Troubleshoot access denied error messages" and "Policy evaluation
 * logic"; STS API reference, AssumeRole, common errors.
 */
export const CAUSES: readonly Cause[] = [
  {
    id: "service-control-policy",
    message: /explicit deny in a service control policy|no service control policy allows/i,
    text: "a service control policy denies it",
    help: "exempt the role in the policy, in the management account; nothing in the account itself can change it",
    side: "control policy",
  },
  {
    id: "resource-control-policy",
    message: /explicit deny in a resource control policy|no resource control policy allows/i,
    text: "a resource control policy denies it",
    help: "exempt the caller in the policy, in the management account",
    side: "control policy",
  },
  {
    id: "permissions-boundary",
    message: /explicit deny in a permissions boundary|no permissions boundary allows/i,
    text: "the permissions boundary of the caller does not allow it",
    help: "change the boundary of the caller",
    side: "permissions policy",
  },
  {
    id: "session-policy",
    message: /explicit deny in a session policy|no session policy allows/i,
    text: "the session policy of the calling session does not allow it",
    help: "start without `--policy` and `--read-only`, or narrow only the last hop",
    side: "session",
  },
  {
    id: "identity-policy",
    message: /explicit deny in an identity-based policy|no identity-based policy allows/i,
    text: "the caller's own permissions policy does not allow it",
    help: "the owner of the caller must add the permission to assume the role; for a permission set, `trustwheel synth` prints the statement",
    side: "permissions policy",
  },
  {
    id: "trust-policy",
    message: /explicit deny in a resource-based policy|no resource-based policy allows/i,
    text: "the trust policy of the role does not allow it",
    help: "compare the role's trust policy with the map: was the last synthesis applied?",
    side: "trust policy",
  },
  {
    id: "set-source-identity",
    code: /AccessDenied/,
    message: /not authorized to perform: sts:SetSourceIdentity/,
    text: "the source identity is not allowed: both sides need sts:SetSourceIdentity, and a session that has one cannot change it",
    help: "leave out `--as` if the session has a source identity; else have sts:SetSourceIdentity added to the caller's permission",
    side: "permissions policy",
  },
  {
    id: "tag-session",
    code: /AccessDenied/,
    message: /not authorized to perform: sts:TagSession/,
    text: "session tags are not allowed: both sides need sts:TagSession, and the session may carry transitive tags",
    help: "leave out `--tag`; else have sts:TagSession added to the caller's permission",
    side: "permissions policy",
  },
  {
    id: "mfa-code",
    code: /AccessDenied/,
    message: /MultiFactorAuthentication failed/,
    text: "the MFA code is wrong, was used already, or is of another device",
    help: "wait for the next code, and check `--mfa-serial`",
    side: "session",
  },
  {
    id: "web-identity-denied",
    code: /AccessDenied/,
    message: /sts:AssumeRoleWithWebIdentity/,
    text: "the trust policy does not allow this token: its subject or audience is another one",
    help: "compare the token's `sub` and `aud` with the principal in the map: branch, environment, repository",
    side: "trust policy",
  },
  {
    id: "denied",
    code: /AccessDenied|AccessDeniedException/,
    text: "AWS denies it, and does not say which side; a role that does not exist is answered alike",
    help: "check that the last synthesis was applied, and that the caller's own permission is there; a new role or policy can take a minute",
    side: "trust policy",
  },
  {
    id: "expired",
    code: /^ExpiredToken/,
    text: "the credentials have expired",
    help: "sign in again, for example with `aws sso login`, and rerun the command",
  },
  {
    id: "expired",
    message: /security token included in the request is expired|token has expired|Token expired/i,
    text: "the credentials have expired",
    help: "sign in again, for example with `aws sso login`, and rerun the command",
  },
  {
    id: "clock",
    message:
      /Signature expired|Signature not yet current|RequestTimeTooSkewed|difference between the request time/i,
    text: "the clock of this machine is wrong",
    help: "set the clock; AWS accepts requests within 5 minutes",
  },
  {
    id: "signature",
    code: /^SignatureDoesNotMatch/,
    text: "the secret key does not belong to the access key, or a proxy changes requests",
    help: "check that AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN belong together",
  },
  {
    id: "unknown-key",
    code: /^InvalidClientTokenId|^UnrecognizedClient|^InvalidAccessKeyId/,
    text: "AWS does not know the access key: it was deleted, belongs to another partition, or its session token is missing",
    help: "for a key that begins with ASIA set AWS_SESSION_TOKEN, too; in China and GovCloud use credentials of that partition",
  },
  {
    id: "unknown-key",
    message: /security token included in the request is invalid|does not exist in our records/i,
    text: "AWS does not know the access key: it was deleted, belongs to another partition, or its session token is missing",
    help: "for a key that begins with ASIA set AWS_SESSION_TOKEN, too; in China and GovCloud use credentials of that partition",
  },
  {
    id: "chain-hour",
    message: /1 hour session limit for roles assumed by role chaining/i,
    text: "a role that another role's session assumes has sessions of at most an hour",
    help: "leave out `--duration`, or set `duration_seconds` to at most 3600 in the profile",
  },
  {
    id: "max-session",
    message: /exceeds the MaxSessionDuration/i,
    text: "the duration is longer than the role's sessions last",
    help: "ask for a shorter one, or raise `maxSession` in the map",
  },
  {
    id: "region-disabled",
    code: /^RegionDisabled/,
    text: "STS is not activated in this region for the account",
    help: "choose another region with AWS_REGION, or activate the region in the account",
  },
  {
    id: "packed-policy",
    code: /^PackedPolicyTooLarge/,
    text: "session policy and tags are together too large when packed",
    help: "shorten the document of `--policy`, or pass fewer tags",
  },
  {
    id: "malformed-policy",
    code: /^MalformedPolicyDocument/,
    text: "the session policy is not a valid policy",
    help: "check the document of `--policy` with `trustwheel check`",
  },
  {
    id: "token-rejected",
    code: /^InvalidIdentityToken|^IDPCommunicationError/,
    text: "AWS does not accept the token: the account has no provider for its issuer, or the provider cannot be reached",
    help: "apply the account's stack: it creates the identity provider",
  },
  {
    id: "throttled",
    code: /^Throttl|^TooManyRequests|^RequestLimitExceeded/,
    text: "AWS throttles the calls",
    help: "rerun the command later, or run fewer jobs at once with `--parallel`",
  },
  {
    id: "validation",
    code: /^ValidationError|^InvalidParameter/,
    text: "AWS does not accept a parameter of the call",
    help: "check `--as`, `--session-name`, `--tag` and `--external-id`",
  },
  {
    id: "no-profile",
    message: /config profile .* could not be found|Could not resolve credentials using profile/i,
    text: "the profile does not exist in the AWS configuration of this machine",
    help: "write it with `trustwheel profiles --write`, or check AWS_PROFILE",
  },
  {
    id: "no-credentials",
    message: /Unable to locate credentials|Could not load credentials|NoCredentialProviders/i,
    text: "there are no credentials",
    help: "sign in, for example with `aws sso login`, and name the profile with `--from`",
  },
  {
    id: "network",
    message:
      /ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT|ECONNRESET|Could not connect to the endpoint|socket hang up|timed? ?out/i,
    text: "AWS cannot be reached",
    help: "check network, proxy and VPC endpoint, and AWS_ENDPOINT_URL if it is set",
  },
];

/** An answer of AWS, as far as it is known. */
export interface AwsAnswer {
  /** @default - not known */
  readonly code?: string;
  readonly message: string;
}

/** The cause of an answer; `undefined` for one that is not known. */
export function causeOf({ code, message }: AwsAnswer): Cause | undefined {
  return CAUSES.find(
    (cause) =>
      (cause.code === undefined || (code !== undefined && cause.code.test(code))) &&
      (cause.message === undefined || cause.message.test(`${code ?? ""} ${message}`)),
  );
}
