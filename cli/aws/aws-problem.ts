/** Why AWS could not be asked, in a sentence, and what to do about it. */
export interface AwsProblem {
  readonly kind:
    | "denied"
    | "no-credentials"
    | "expired"
    | "invalid-credentials"
    | "no-region"
    | "throttled"
    | "timeout"
    | "network"
    | "refused";
  readonly message: string;
  readonly help: string;
}

/** The fields of an SDK error that are used. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
}

const EXPIRED = new Set(["ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired"]);
const INVALID = new Set([
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "IncompleteSignature",
  "AuthFailure",
]);
const THROTTLED = new Set([
  "TooManyRequestsException",
  "ThrottlingException",
  "Throttling",
  "RequestLimitExceeded",
  "LimitExceededException",
]);
const UNREACHABLE = /\b(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|EHOSTUNREACH|EPIPE)\b/;

/**
 * Explains an error of an AWS client; `undefined` for any other error, which is a failure of ours.
 *
 * @param action - the IAM action that was asked for, such as `organizations:ListAccounts`
 */
export function awsProblem(error: unknown, action: string): AwsProblem | undefined {
  const { name = "", message = "", code = "", $metadata } = error as SdkError;
  const attempts = $metadata?.attempts ?? 1;
  if (name.startsWith("AccessDenied")) {
    return {
      kind: "denied",
      message: `AWS denies ${action}: ${message}`,
      help: `allow ${action} for the role or user of these credentials`,
    };
  }
  if (EXPIRED.has(name) || /token.*expired|session.*expired|expired.*token/i.test(message)) {
    return {
      kind: "expired",
      message: "the AWS credentials have expired",
      help: "sign in again, for example with `aws sso login`, and rerun the command",
    };
  }
  if (name === "CredentialsProviderError" || /^Token(?:Provider)?Error$/.test(name)) {
    return {
      kind: "no-credentials",
      message: `there are no AWS credentials: ${message}`,
      help: "sign in, for example with `aws sso login`, and set AWS_PROFILE; in a pipeline, assume a role first",
    };
  }
  if (INVALID.has(name)) {
    return {
      kind: "invalid-credentials",
      message: `AWS does not accept the credentials: ${message}`,
      help: "check that AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN belong together and that the clock is right",
    };
  }
  if (message === "Region is missing") {
    return {
      kind: "no-region",
      message: "no AWS region is set",
      help: "set AWS_REGION, for example `AWS_REGION=us-east-1`, or `region` in the profile",
    };
  }
  if (THROTTLED.has(name) || $metadata?.httpStatusCode === 429) {
    return {
      kind: "throttled",
      message: `AWS still throttles ${action} after ${String(attempts)} attempts`,
      help: "rerun the command later, or set AWS_MAX_ATTEMPTS higher; other programs that call the same API use up its rate limit",
    };
  }
  if (name === "TimeoutError" || code === "ETIMEDOUT" || code === "ESOCKETTIMEDOUT") {
    return {
      kind: "timeout",
      message: `AWS did not answer ${action} in time, in ${String(attempts)} attempts`,
      help: "check that this machine can reach AWS: proxy, firewall, VPC endpoint",
    };
  }
  if (UNREACHABLE.test(`${code} ${message}`)) {
    return {
      kind: "network",
      message: `AWS cannot be reached: ${message.replace(/^.* wrapper for Error: /, "")}`,
      help: "check that this machine can reach AWS: proxy, firewall, VPC endpoint, and AWS_ENDPOINT_URL if it is set",
    };
  }
  if ($metadata?.httpStatusCode === undefined) return undefined;
  return {
    kind: "refused",
    message: `AWS rejects ${action}: ${name}: ${message}`,
    help: `it answered with HTTP status ${String($metadata.httpStatusCode)}`,
  };
}
