import type { STSClient } from "@aws-sdk/client-sts";
import type { SessionCredentials } from "./session-credentials";

/** Attempts of a call that is throttled or fails on its way. */
const MAX_ATTEMPTS = 6;

/**
 * A client of STS for one hop. Endpoint, retries, FIPS and whatever else is no credential come from the environment and
 * the user's configuration. It is loaded when it is first needed: what is in the cache does not pay for it.
 */
export function stsClient(region: string, credentials: SessionCredentials | undefined): STSClient {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const { STSClient: Client } = sts();
  const { accessKeyId = "", secretAccessKey = "", sessionToken } = credentials ?? {};
  return new Client({
    region,
    ...(process.env.AWS_MAX_ATTEMPTS === undefined ? { maxAttempts: MAX_ATTEMPTS } : {}),
    credentials: {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
    },
    requestHandler: {
      connectionTimeout: 10_000,
      requestTimeout: 20_000,
      throwOnRequestTimeout: true,
    },
  });
}

/** The SDK's STS, loaded when it is first needed. */
export function sts(): typeof import("@aws-sdk/client-sts") {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("@aws-sdk/client-sts") as typeof import("@aws-sdk/client-sts");
}
