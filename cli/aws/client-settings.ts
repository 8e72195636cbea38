/** How patient clients of AWS are. */
export interface ClientPatience {
  /** Attempts for a request that is throttled or fails on its way. @default - `AWS_MAX_ATTEMPTS`, or 5 */
  readonly maxAttempts?: number;
  /** How long a request may take, milliseconds. @default 15000 */
  readonly timeout?: number;
}

const MAX_ATTEMPTS = 5;
const TIMEOUT = 15_000;

/** Settings of a client of the SDK, for a region; endpoint and whatever else are those of the environment. */
export function clientSettings(region: string, { maxAttempts, timeout = TIMEOUT }: ClientPatience) {
  // Which versions of Node this program runs on is not the user's to hear from the SDK.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  const wanted = Number(process.env.AWS_MAX_ATTEMPTS ?? "");
  return {
    region,
    maxAttempts: maxAttempts ?? (wanted > 0 ? wanted : MAX_ATTEMPTS),
    requestHandler: {
      connectionTimeout: Math.min(timeout, 10_000),
      requestTimeout: timeout,
      throwOnRequestTimeout: true,
    },
  };
}
