/**
 * `trustwheel/credentials`: the roles of an account map, for programs. Credentials renew themselves, and a denial says
 * which hop, which statement and which key.
 */
import type { SessionWishes } from "../lib/session/calls/hop-state";
import type { AccessIndex } from "../lib/session/index/access-index";
import { selectRoles } from "../lib/session/jobs/select-roles";
import type { AccountChoice } from "../lib/session/jobs/select-roles";
import { AccessRefused } from "./access-refused";
import { mfaAsker } from "./credentials/mfa-code";
import type { SessionCredentials } from "./credentials/session-credentials";
import { findIndex } from "./index-source/find-index";
import { atOnce } from "./jobs/at-once";
import { findStart, firstRegion, openSession, valueOf } from "./open-session";
import type { ClientContext, Start } from "./open-session";

export { AccessProblem, AccessRefused } from "./access-refused";
export type { Reason } from "../lib/session/refusal";
export type { AccountChoice } from "../lib/session/jobs/select-roles";
export type { AccessIndex } from "../lib/session/index/access-index";

/** Credentials as the AWS SDK for JavaScript has them. */
export interface RoleIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
  readonly accountId?: string;
}

/** What the SDK takes as `credentials`: an `AwsCredentialIdentityProvider`. */
export type RoleCredentialProvider = () => Promise<RoleIdentity>;

/** How roles are assumed. */
export interface RoleOptions {
  /** The access index, or where it is: a file, `https://` or `s3://`. @default - TRUSTWHEEL_INDEX, the user's configuration, or the checkout */
  readonly index?: string | AccessIndex;
  /** The role that the path begins with, if there are several; `direct` for none. @default - the only path */
  readonly via?: string;
  /** The first credentials, or the AWS profile that has them. @default - what the AWS SDK finds */
  readonly from?: RoleCredentialProvider | string;
  /** Source identity and session name. @default - the caller's own name */
  readonly as?: string;
  /** Session name in audit logs. @default - the source identity */
  readonly sessionName?: string;
  /** Session tags. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /** Length of one session, 900 to 43200 seconds, at most 3600 through a hub. @default - an hour */
  readonly durationSeconds?: number;
  /** Text of a policy that narrows the session. @default - none */
  readonly policy?: string;
  /** @default - the clock of the machine */
  readonly clock?: () => Date;
}

/**
 * Credentials of `ROLE@ACCOUNT`, renewed when less than a quarter of an hour is left. Sessions are shared with the other
 * processes of the user.
 *
 * @throws AccessRefused when the role cannot be assumed; AccessProblem when there is no index, no role of the name, or
 * nothing to start with
 */
export function roleCredentials(role: string, options: RoleOptions = {}): RoleCredentialProvider {
  const opened = once(async () => {
    const { index, start, context } = await open(options);
    return openSession(index, role, start, sessionOptions(options), context);
  });
  return async () => {
    const session = await opened();
    return identityOf(await session.credentials(), session.account.id);
  };
}

/** What is done in one account. */
export interface AccountJob {
  /** Key of the account. */
  readonly account: string;
  readonly accountId: string;
  readonly region: string;
  /** For clients of the AWS SDK. */
  readonly credentials: RoleCredentialProvider;
}

/** What became of it: a value, a denial before it began, or whatever it threw. */
export type AccountResult<Value> = { readonly account: string; readonly accountId: string } & (
  | { readonly status: "done"; readonly value: Value }
  | { readonly status: "denied"; readonly denied: AccessRefused }
  | { readonly status: "error"; readonly error: unknown }
);

/** How accounts are worked on. */
export interface EachAccountOptions extends RoleOptions {
  /** Accounts at once. @default 8 */
  readonly parallel?: number;
  /** Starts no more accounts once it is aborted. @default - all are done */
  readonly signal?: AbortSignal;
}

/**
 * Does something in many accounts as one role, and yields what became of each, in the order in which they end. One that
 * is denied or fails does not keep the others from being done. The role is assumed when an account's turn comes.
 *
 * @param accounts which accounts; `{}` for all that have the role
 * @throws AccessProblem when no account is chosen, or nothing can begin
 */
export async function* forEachAccount<Value>(
  role: string,
  accounts: AccountChoice,
  work: (job: AccountJob) => Promise<Value>,
  options: EachAccountOptions = {},
): AsyncGenerator<AccountResult<Value>, void, undefined> {
  const { index, start, context } = await open(options);
  const roles = valueOf(selectRoles(index, role, accounts));
  const results = atOnce(
    roles,
    options.parallel ?? 8,
    async (each): Promise<AccountResult<Value> | undefined> => {
      if (options.signal?.aborted === true) return undefined;
      const { account } = each;
      const { id: accountId = "", region = "" } = index.accounts[account] ?? {};
      try {
        const session = openSession(index, each.arn, start, sessionOptions(options), context);
        const credentials = async (): Promise<RoleIdentity> =>
          identityOf(await session.credentials(), accountId);
        await credentials();
        try {
          return {
            account,
            accountId,
            status: "done",
            value: await work({ account, accountId, region, credentials }),
          };
        } catch (error) {
          return { account, accountId, status: "error", error };
        }
      } catch (error) {
        if (error instanceof AccessRefused)
          return { account, accountId, status: "denied", denied: error };
        return { account, accountId, status: "error", error };
      }
    },
  );
  for await (const result of results) {
    if (result !== undefined) yield result;
  }
}

interface Opened {
  readonly index: AccessIndex;
  readonly start: Start;
  readonly context: ClientContext;
}

async function open(options: RoleOptions): Promise<Opened> {
  const environment = process.env;
  const { index: given, from, clock } = options;
  const index =
    typeof given === "object" ? given : await findIndex(given, environment, process.cwd());
  const context: ClientContext = {
    environment,
    now: clock === undefined ? () => Date.now() : () => clock().getTime(),
    askMfa: mfaAsker(undefined),
    say: () => undefined,
    ...(typeof from === "string" ? { from } : {}),
    ...(typeof from === "function" ? { first: async () => firstOf(await from()) } : {}),
  };
  return { index, start: await findStart(context, firstRegion(environment, index)), context };
}

function firstOf({
  accessKeyId,
  secretAccessKey,
  sessionToken,
  expiration,
}: RoleIdentity): SessionCredentials {
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(expiration === undefined ? {} : { until: expiration.getTime() }),
  };
}

function sessionOptions({
  via,
  as,
  sessionName,
  tags = {},
  durationSeconds,
  policy,
}: RoleOptions): Parameters<typeof openSession>[3] {
  const wishes: SessionWishes = {
    tags,
    ...(as === undefined ? {} : { as }),
    ...(sessionName === undefined ? {} : { sessionName }),
    ...(durationSeconds === undefined ? {} : { seconds: durationSeconds }),
  };
  return { via, wishes, policy: policy === undefined ? {} : { document: policy } };
}

function identityOf(
  { accessKeyId, secretAccessKey, sessionToken, until }: SessionCredentials,
  accountId: string,
): RoleIdentity {
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(until === undefined ? {} : { expiration: new Date(until) }),
    accountId,
  };
}

/** A value that is made at the first call; a failure is not kept. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
