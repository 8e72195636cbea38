import { readFileSync } from "node:fs";
import { AccessProblem } from "../access-refused";
import type { Environment } from "../user-folders";
import type { AskMfa } from "./mfa-code";
import type { SessionCredentials } from "./session-credentials";

/** Where the first hop starts: credentials, or a token that is exchanged for some. */
export type FirstCredentials =
  | { readonly kind: "credentials"; readonly get: () => Promise<SessionCredentials> }
  | { readonly kind: "token"; readonly get: (audience: string | undefined) => Promise<string> };

/** Where they are looked for. */
export interface FirstSource {
  readonly environment: Environment;
  /** Profile of the user's AWS configuration. @default - what the SDK finds */
  readonly from?: string | undefined;
  readonly askMfa: AskMfa;
}

/**
 * The credentials that the SDK finds: environment, profile, IAM Identity Center, `aws login`, process, web identity
 * with a role, container, instance. Without any of these, a token of GitHub Actions or of a file.
 */
export function firstCredentials({ environment, from, askMfa }: FirstSource): FirstCredentials {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_PROFILE } = environment;
  const hasProfile = from !== undefined || (AWS_PROFILE ?? "") !== "";
  if (!hasProfile && AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    // As the SDK takes them, without the time that it takes to load.
    checkToken(AWS_ACCESS_KEY_ID, AWS_SESSION_TOKEN);
    const credentials: SessionCredentials = {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
    };
    return { kind: "credentials", get: () => Promise.resolve(credentials) };
  }
  const token = hasProfile ? undefined : tokenSource(environment);
  if (token !== undefined) return { kind: "token", get: token };
  return { kind: "credentials", get: () => fromSdk(from, askMfa) };
}

/** A key of a session without its token: AWS answers that the key does not exist, which misleads. */
function checkToken(accessKeyId: string, token: string | undefined): void {
  if (!accessKeyId.startsWith("ASIA") || token) return;
  throw new AccessProblem(
    "AWS_ACCESS_KEY_ID is the key of a session (it begins with ASIA), and AWS_SESSION_TOKEN is not set",
    "set all three variables of the session, or name a profile with `--from`",
  );
}

async function fromSdk(profile: string | undefined, askMfa: AskMfa): Promise<SessionCredentials> {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  // Loaded here: what has credentials in its environment does not pay for it.
  const { defaultProvider } = sdkProviders();
  try {
    const found = await defaultProvider({
      ...(profile === undefined ? {} : { profile }),
      mfaCodeProvider: askMfa,
      // A profile that was named wins over variables; nobody needs to be warned of that.
      ...(profile === undefined ? {} : { logger: SILENT }),
    })();
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = found;
    checkToken(accessKeyId, sessionToken);
    return {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken === undefined ? {} : { sessionToken }),
      ...(expiration === undefined ? {} : { until: expiration.getTime() }),
    };
  } catch (error) {
    if (error instanceof AccessProblem) throw error;
    const reason = (error as Error).message;
    const which = profile === undefined ? "" : ` for the profile ${profile}`;
    throw new AccessProblem(
      `there are no AWS credentials to start with${which}: ${reason}`,
      startHelp(profile, reason),
      { cause: error },
    );
  }
}

function sdkProviders(): typeof import("@aws-sdk/credential-provider-node") {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require("@aws-sdk/credential-provider-node") as typeof import("@aws-sdk/credential-provider-node");
}

const nothing = (): void => undefined;
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

function startHelp(profile: string | undefined, reason: string): string {
  if (/sso|token.*(?:expired|invalid)/i.test(reason)) {
    return `sign in again with \`aws sso login${profile === undefined ? "" : ` --profile ${profile}`}\``;
  }
  return "sign in with `aws sso login` or `aws login`, name a profile with `--from PROFILE`, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
}

/** A token in a file or from GitHub Actions, where no role is named for it: the index says which role takes it. */
function tokenSource(
  environment: Environment,
): ((audience: string | undefined) => Promise<string>) | undefined {
  const { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: role } = environment;
  if (role) return undefined;
  if (file) {
    return () => {
      try {
        return Promise.resolve(readFileSync(file, "utf8").trim());
      } catch (error) {
        throw new AccessProblem(
          `the token of AWS_WEB_IDENTITY_TOKEN_FILE cannot be read: ${(error as Error).message}`,
          "check the variable",
          { cause: error },
        );
      }
    };
  }
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = environment;
  if (!url || !bearer || environment.AWS_CONTAINER_CREDENTIALS_FULL_URI) return undefined;
  return async (audience) => {
    const asked = new URL(url);
    if (audience !== undefined) asked.searchParams.set("audience", audience);
    const answer = await fetch(asked, {
      headers: { authorization: `bearer ${bearer}` },
      signal: AbortSignal.timeout(15_000),
    });
    const { value } = (await answer.json().catch(() => ({}))) as { readonly value?: unknown };
    if (typeof value === "string") return value;
    throw new AccessProblem(
      `GitHub gives no token: HTTP status ${answer.status}`,
      "give the job `permissions: id-token: write`",
    );
  };
}
