import { createHash } from "node:crypto";
import { join } from "node:path";
import { writeIfDifferent } from "../../cli/system/write-if-different";
import type { IndexAccount } from "../../lib/session/index/access-index";
import type { SessionCredentials } from "../credentials/session-credentials";
import { endText } from "../credentials/session-credentials";
import { cacheFolder, makePrivate, said } from "../user-folders";
import type { Environment } from "../user-folders";
import { keptSettings } from "./aws-settings";

/** Variables from which AWS SDKs and tools take credentials, now or in older versions, or that lead them to some. */
const CREDENTIAL_VARIABLES = [
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_ACCOUNT_ID",
  "AWS_BEARER_TOKEN_BEDROCK",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_CREDENTIAL_FILE",
  "AWS_CREDENTIAL_PROFILES_FILE",
  "AWS_CREDENTIALS_EXPIRATION",
  "AWS_DEFAULT_PROFILE",
  "AWS_LOGIN_CACHE_DIRECTORY",
  "AWS_PROFILE",
  "AWS_ROLE_ARN",
  "AWS_ROLE_SESSION_NAME",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SECRET_KEY",
  "AWS_SECURITY_TOKEN",
  "AWS_SESSION_EXPIRATION",
  "AWS_SESSION_TOKEN",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "BOTO_CONFIG",
];

/** How a command gets its credentials. */
export type Handover =
  | { readonly kind: "endpoint"; readonly url: string; readonly token: string }
  | { readonly kind: "variables"; readonly credentials: SessionCredentials };

/** What a command's environment depends on. */
export interface ChildSetting {
  readonly environment: Environment;
  readonly account: Pick<IndexAccount, "id" | "region">;
  /** Profile of the first credentials, whose other settings are kept. @default - the user's own */
  readonly profile?: string | undefined;
  /** @default - the environment's, or the account's */
  readonly region?: string | undefined;
  readonly handover: Handover;
}

/**
 * The environment of a command that runs as a role: credentials of the role alone, none of the user's own variables and
 * files, no silent step down to the role of the instance. What is no credential stays.
 */
export function childEnvironment(setting: ChildSetting): Record<string, string> {
  const { environment, account, handover } = setting;
  const kept = Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !CREDENTIAL_VARIABLES.includes(entry[0].toUpperCase()),
    ),
  );
  const region =
    setting.region ?? said(environment, "AWS_REGION", "AWS_DEFAULT_REGION") ?? account.region;
  return {
    ...kept,
    ...isolatedFiles(environment, setting.profile),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCOUNT_ID: account.id,
    AWS_EC2_METADATA_DISABLED: "true",
    // Tools that read the configuration file only when they are told to, such as Terraform of old.
    AWS_SDK_LOAD_CONFIG: "1",
    ...handoverVariables(handover),
  };
}

function handoverVariables(handover: Handover): Record<string, string> {
  if (handover.kind === "endpoint") {
    return {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: handover.url,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: handover.token,
    };
  }
  return credentialVariables(handover.credentials);
}

/** The variables of a session. */
export function credentialVariables({
  accessKeyId,
  secretAccessKey,
  sessionToken,
  until,
}: SessionCredentials): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    ...(until === undefined ? {} : { AWS_CREDENTIAL_EXPIRATION: endText(until) }),
  };
}

/** Files instead of the user's own; named after what is in them, so that a run that is killed leaves none of its own. */
function isolatedFiles(
  environment: Environment,
  profile: string | undefined,
): Record<string, string> {
  const folder = join(cacheFolder(environment), "isolated");
  makePrivate(folder);
  const settings = keptSettings(environment, profile);
  const name = createHash("sha256").update(settings).digest("hex").slice(0, 16);
  const config = join(folder, `config-${name}`);
  const credentials = join(folder, "credentials");
  writeIfDifferent(config, settings);
  writeIfDifferent(credentials, "");
  return { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
}
