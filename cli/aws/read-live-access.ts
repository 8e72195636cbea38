import {
  GetAccountAuthorizationDetailsCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
  ListRolesCommand,
  ListSAMLProvidersCommand,
} from "@aws-sdk/client-iam";
import type {
  GetAccountAuthorizationDetailsCommandOutput,
  ListRolesCommandOutput,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Account } from "../../lib/account-map/model/account-map";
import type { DetailsDocument } from "../../lib/adopt/read/read-authorization-details";
import { locationOf, roleArn, splitPath } from "../../lib/iam/arn";
import { awsProblem } from "./aws-problem";
import type { AwsProblem } from "./aws-problem";
import { inParallel } from "./in-parallel";

/** Which accounts are asked, and how. */
export interface LiveAccessOptions {
  /** Accounts that are asked through a role; none asks the account of the credentials. */
  readonly accounts: readonly Account[];
  /** Name of the role, in each of them but that of the credentials. */
  readonly role?: string;
  /** Also read users and identity providers. @default - only roles and policies */
  readonly everything?: true;
  /** Called with the number of accounts that are read. */
  readonly progress?: (done: number, total: number) => void;
  /** Accounts at a time. @default 4 */
  readonly parallel?: number;
}

/** Attempts for a request that is throttled or fails on its way, in the SDK's adaptive mode. */
const MAX_ATTEMPTS = 10;
const TIMEOUT = 30_000;

const FILTER = ["Role", "LocalManagedPolicy", "AWSManagedPolicy"] as const;

type Credentials = NonNullable<ConstructorParameters<typeof IAMClient>[0]>["credentials"];

/**
 * Reads the roles of accounts from IAM, page by page, in the form in which the AWS CLI writes them.
 * Credentials and endpoint are those of the SDK's default chain. One account that cannot be read ends it:
 * only all of them together show who can assume what.
 */
export async function readLiveAccess({
  accounts,
  role,
  everything,
  progress,
  parallel = 4,
}: LiveAccessOptions): Promise<
  { readonly documents: readonly DetailsDocument[] } | { readonly problem: AwsProblem }
> {
  // Which versions of Node this program runs on is not the user's to hear from the SDK.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  let asked = { action: "sts:GetCallerIdentity", account: "" };
  const sts = new STSClient(settings(accounts[0]?.region));
  try {
    if (role === undefined) {
      asked = { action: "iam:GetAccountAuthorizationDetails", account: "" };
      return { documents: await readAccount("IAM", undefined, undefined, everything) };
    }
    const own = await sts.send(new GetCallerIdentityCommand({}));
    let done = 0;
    const documents = await inParallel(accounts, parallel, async (account) => {
      let action = "sts:AssumeRole";
      try {
        const credentials =
          own.Account === account.id ? undefined : await enter(sts, account, role);
        action = "iam:GetAccountAuthorizationDetails";
        const read = await readAccount(account.key, credentials, account.region, everything);
        done += 1;
        progress?.(done, accounts.length);
        return read;
      } catch (error) {
        asked = { action, account: ` in ${account.key} (${account.id})` };
        throw error;
      }
    });
    return { documents: documents.flat() };
  } catch (error) {
    const problem = awsProblem(error, asked.action);
    if (problem === undefined) throw error;
    return {
      problem: {
        ...problem,
        message: `${problem.message}${asked.account}`,
        help: helpFor(problem),
      },
    };
  } finally {
    sts.destroy();
  }
}

function helpFor({ kind, help }: AwsProblem): string {
  return kind === "denied"
    ? "allow the caller iam:GetAccountAuthorizationDetails and iam:ListRoles, and with `--role` also sts:AssumeRole on that role, which must trust the caller; docs/adopt.md has the policy"
    : help;
}

async function enter(
  sts: STSClient,
  account: Account,
  role: string,
): Promise<NonNullable<Credentials>> {
  const { path, name } = splitPath(role.startsWith("/") ? role : `/${role}`);
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: roleArn(locationOf(account), path, name),
      RoleSessionName: "trustwheel-adopt",
    }),
  );
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = given ?? {};
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  };
}

async function readAccount(
  file: string,
  credentials: Credentials,
  region: string | undefined,
  everything: true | undefined,
): Promise<DetailsDocument[]> {
  const client = new IAMClient({
    ...settings(region),
    ...(credentials === undefined ? {} : { credentials }),
  });
  try {
    const documents: DetailsDocument[] = [];
    let page: { Marker?: string } | undefined = {};
    while (page !== undefined) {
      const command = new GetAccountAuthorizationDetailsCommand({
        Filter: [...FILTER, ...(everything === undefined ? [] : (["User"] as const))],
        ...page,
      });
      const answer: GetAccountAuthorizationDetailsCommandOutput = await client.send(command);
      const { RoleDetailList = [], UserDetailList = [], Policies = [] } = answer;
      const users = everything === undefined ? {} : { UserDetailList };
      documents.push({ file, value: { RoleDetailList, ...users, Policies } });
      page = nextPage(answer);
    }
    page = {};
    while (page !== undefined) {
      const answer: ListRolesCommandOutput = await client.send(new ListRolesCommand(page));
      documents.push({ file, value: { Roles: answer.Roles ?? [] } });
      page = nextPage(answer);
    }
    if (everything === undefined) return documents;
    const oidc = await client.send(new ListOpenIDConnectProvidersCommand({}));
    const { OpenIDConnectProviderList = [] } = oidc;
    const { SAMLProviderList = [] } = await client.send(new ListSAMLProvidersCommand({}));
    return [...documents, { file, value: { OpenIDConnectProviderList, SAMLProviderList } }];
  } finally {
    client.destroy();
  }
}

function nextPage({
  IsTruncated,
  Marker,
}: {
  IsTruncated?: boolean | undefined;
  Marker?: string | undefined;
}): { Marker: string } | undefined {
  return IsTruncated === true && Marker !== undefined ? { Marker } : undefined;
}

function settings(region: string | undefined): {
  readonly region?: string;
  readonly retryMode: string;
  readonly maxAttempts: number;
  readonly requestHandler: object;
} {
  const wanted = Number(process.env.AWS_MAX_ATTEMPTS ?? "");
  const set = process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  // IAM is one for all regions of a partition, yet the SDK asks for one.
  return {
    ...(set === undefined ? { region: region ?? "us-east-1" } : {}),
    retryMode: "adaptive",
    maxAttempts: wanted > 0 ? wanted : MAX_ATTEMPTS,
    requestHandler: {
      connectionTimeout: 10_000,
      requestTimeout: TIMEOUT,
      throwOnRequestTimeout: true,
    },
  };
}
