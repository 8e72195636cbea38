import { createHash } from "node:crypto";
import { join } from "node:path";
import { planCalls } from "../lib/session/calls/plan-calls";
import type { HopCall } from "../lib/session/calls/plan-calls";
import type { SessionWishes } from "../lib/session/calls/hop-state";
import { callerOfArn } from "../lib/session/caller";
import type { SessionCaller } from "../lib/session/caller";
import type { AccessIndex, IndexAccount, IndexRole } from "../lib/session/index/access-index";
import { causeOf } from "../lib/session/why/causes";
import { findRole } from "../lib/session/ways/find-role";
import type { Found } from "../lib/session/ways/find-role";
import { chooseWay } from "../lib/session/ways/find-ways";
import { AccessProblem, AccessRefused } from "./access-refused";
import { assumeWay } from "./credentials/assume-way";
import type { SessionPolicy } from "./credentials/assume-way";
import { firstCredentials } from "./credentials/first-credentials";
import type { AskMfa } from "./credentials/mfa-code";
import { SessionCache } from "./credentials/session-cache";
import type { Kept } from "./credentials/session-cache";
import type { SessionCredentials } from "./credentials/session-credentials";
import { sts, stsClient } from "./credentials/sts";
import { cacheFolder, said } from "./user-folders";
import type { Environment } from "./user-folders";

/** Whose credentials are used, and what everything around is. */
export interface ClientContext {
  readonly environment: Environment;
  /** Milliseconds. */
  readonly now: () => number;
  readonly askMfa: AskMfa;
  /** Told what people should know. */
  readonly say: (line: string) => void;
  /** Profile of the first credentials. @default - what the SDK finds */
  readonly from?: string | undefined;
  /** Whether sessions are kept on disk. @default true */
  readonly keep?: false;
  /** The first credentials themselves. @default - looked for */
  readonly first?: (() => Promise<SessionCredentials>) | undefined;
}

/** Who calls, known from AWS or from a token. */
export interface Start {
  readonly caller: SessionCaller;
  /** What sessions are kept under. */
  readonly who: string;
  readonly credentials: () => Promise<SessionCredentials>;
  readonly token: (audience: string | undefined) => Promise<string>;
  readonly cache: SessionCache;
}

/** A role with a path to it. */
export interface OpenSession {
  readonly role: IndexRole;
  readonly account: IndexAccount;
  readonly caller: SessionCaller;
  readonly calls: readonly HopCall[];
  /** Credentials of the role; renewed when less than a quarter of an hour is left. */
  readonly credentials: () => Promise<SessionCredentials>;
}

/** Longest time for which whose credentials these are is remembered, milliseconds. */
const REMEMBERED = 3_600_000;

/** Finds out who has the first credentials. */
export async function findStart(context: ClientContext, region: string): Promise<Start> {
  const { environment, now, first: given } = context;
  const cache = new SessionCache(
    context.keep === false ? undefined : join(cacheFolder(environment), "sessions"),
    now,
  );
  const found =
    given === undefined
      ? firstCredentials(context)
      : ({ kind: "credentials", get: given } as const);
  if (found.kind === "token") {
    const token = await found.get("sts.amazonaws.com");
    const caller = tokenHolder(token);
    return {
      caller,
      who: `token ${digest(`${caller.issuer} ${caller.subject}`)}`,
      credentials: () =>
        Promise.reject(new AccessProblem("there is only a token", "assume a role first")),
      token: (audience) =>
        audience === "sts.amazonaws.com" ? Promise.resolve(token) : found.get(audience),
      cache,
    };
  }
  const credentials = await found.get();
  const who = digest(credentials.accessKeyId);
  const endpoint = environment.AWS_ENDPOINT_URL_STS ?? environment.AWS_ENDPOINT_URL ?? "";
  const identity = await cache.get<Kept & { readonly arn: string }>(
    ["identity", who, endpoint],
    () => true,
    async () => ({ arn: await callerArn(credentials, region), until: now() + REMEMBERED }),
  );
  const caller = callerOfArn(identity.arn);
  if (caller === undefined) {
    throw new AccessProblem(
      `${identity.arn} can assume no role`,
      "use the credentials of a user or of a role's session",
    );
  }
  const get = async (): Promise<SessionCredentials> => {
    const again =
      credentials.until === undefined || credentials.until - now() > 60_000
        ? credentials
        : await found.get();
    return again;
  };
  return {
    caller,
    who,
    credentials: get,
    token: () => Promise.reject(new Error("there is no token")),
    cache,
  };
}

async function callerArn(credentials: SessionCredentials, region: string): Promise<string> {
  const client = stsClient(region, credentials);
  try {
    const { GetCallerIdentityCommand } = sts();
    return (await client.send(new GetCallerIdentityCommand({}))).Arn ?? "";
  } catch (error) {
    throw awsTrouble(error, "the first credentials cannot be used");
  } finally {
    client.destroy();
  }
}

/** The path to a role for a caller, and what each hop carries. */
export function openSession(
  index: AccessIndex,
  text: string,
  start: Start,
  options: SessionOptions,
  context: ClientContext,
): OpenSession {
  const role = valueOf(findRole(index, text));
  const way = valueOf(chooseWay(index, start.caller, role, options.via));
  const planned = planCalls(way, start.caller, options.wishes, context.now());
  if ("refusal" in planned) throw new AccessRefused(planned.refusal);
  return sessionOf(index, role, planned.calls, start, options.policy, context);
}

/** What is asked of a session. */
export interface SessionOptions {
  readonly via?: string | undefined;
  readonly wishes: SessionWishes;
  readonly policy: SessionPolicy;
}

/** A session by its calls. */
export function sessionOf(
  index: AccessIndex,
  role: IndexRole,
  calls: readonly HopCall[],
  start: Start,
  policy: SessionPolicy,
  { environment, now, askMfa, say }: ClientContext,
): OpenSession {
  const account = index.accounts[role.account];
  if (account === undefined) throw new Error(`the index has no account ${role.account}`);
  const way = {
    calls,
    index,
    who: start.who,
    start: start.credentials,
    token: start.token,
    policy,
    cache: start.cache,
    environment,
    now,
    askMfa,
    say,
  };
  return { role, account, caller: start.caller, calls, credentials: () => assumeWay(way) };
}

/** A value that was found, or the problem as an error. */
export function valueOf<T>(found: Found<T>): T {
  if ("problem" in found) throw new AccessProblem(found.problem, found.help);
  return found.value;
}

/** The region in which a caller's first call is made. */
export function firstRegion(environment: Environment, index?: AccessIndex): string {
  const [account] = Object.values(index?.accounts ?? {});
  return said(environment, "AWS_REGION", "AWS_DEFAULT_REGION") ?? account?.region ?? "us-east-1";
}

function tokenHolder(token: string): SessionCaller & { readonly kind: "web-identity" } {
  try {
    const { iss, sub } = JSON.parse(
      Buffer.from(token.split(".")[1] ?? "", "base64url").toString(),
    ) as Record<string, unknown>;
    if (typeof iss === "string" && typeof sub === "string")
      return { kind: "web-identity", issuer: iss, subject: sub };
  } catch {
    // Told below.
  }
  throw new AccessProblem(
    "the token is no JSON Web Token with `iss` and `sub`",
    "check AWS_WEB_IDENTITY_TOKEN_FILE",
  );
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** An answer of AWS to a call that no policy denies. */
export function awsTrouble(error: unknown, what: string): AccessProblem {
  const { name, message } = error as Error;
  const cause = causeOf({ code: name, message });
  return new AccessProblem(
    `${what}: ${cause === undefined ? `${name}: ${message}` : cause.text}`,
    cause?.help ?? "check the credentials and the network",
    { cause: error },
  );
}
