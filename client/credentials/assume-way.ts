import type { AssumeRoleCommandOutput } from "@aws-sdk/client-sts";
import { isRegionOf } from "../../lib/iam/partition";
import type { HopCall } from "../../lib/session/calls/plan-calls";
import type { AccessIndex } from "../../lib/session/index/access-index";
import { explainDenial } from "../../lib/session/why/explain-denial";
import { nameOf } from "../../lib/session/ways/find-role";
import { AccessProblem, AccessRefused } from "../access-refused";
import { said as saidIn } from "../user-folders";
import type { Environment } from "../user-folders";
import type { AskMfa } from "./mfa-code";
import type { KeptSession, SessionCache } from "./session-cache";
import type { SessionCredentials } from "./session-credentials";
import { sts, stsClient } from "./sts";

/** A narrower session: policies that the last hop passes. */
export interface SessionPolicy {
  /** Text of a policy. @default - none */
  readonly document?: string;
  /** ARNs of managed policies. @default - none */
  readonly managed?: readonly string[];
}

/** Everything that sessions of one path depend on. */
export interface AssumedWay {
  readonly calls: readonly HopCall[];
  readonly index: AccessIndex;
  /** What the sessions of the first credentials are kept under: whose they are. */
  readonly who: string;
  /** The first credentials, or a token for the first call. */
  readonly start: () => Promise<SessionCredentials>;
  readonly token: (audience: string | undefined) => Promise<string>;
  readonly policy: SessionPolicy;
  readonly cache: SessionCache;
  readonly environment: Environment;
  readonly now: () => number;
  readonly askMfa: AskMfa;
  /** Told what people should know. */
  readonly say: (line: string) => void;
}

/** How long a session must last when it makes the next call, milliseconds. */
const FOR_A_CALL = 60_000;
/** SDKs ask again for what ends within a quarter of an hour, so less is not handed out where it can be helped; milliseconds. */
const FOR_A_CLIENT = 16 * 60_000;

/** A session of the last role of a path; it is taken from the cache while enough of it is left. */
export async function assumeWay(way: AssumedWay): Promise<SessionCredentials> {
  return way.calls.length === 0 ? way.start() : sessionAfter(way, way.calls.length - 1);
}

async function sessionAfter(way: AssumedWay, position: number): Promise<SessionCredentials> {
  const call = way.calls[position];
  if (call === undefined) throw new Error(`there is no hop ${position}`);
  const isLast = position === way.calls.length - 1;
  const enough = isLast ? Math.min(FOR_A_CLIENT, call.seconds * 500) : FOR_A_CALL;
  const parts = [
    way.who,
    way.environment.AWS_ENDPOINT_URL_STS ?? way.environment.AWS_ENDPOINT_URL ?? "",
    ...way.calls.slice(0, position + 1).map(carriedBy),
    isLast ? way.policy : {},
  ];
  try {
    return await way.cache.get<KeptSession>(
      parts,
      ({ until }) => until - way.now() > enough,
      () => assume(way, call, position),
    );
  } catch (error) {
    // What is left of the old session is better than nothing, unless AWS says that it is denied.
    const old = way.cache.peek(parts) as KeptSession | undefined;
    if (old === undefined || error instanceof AccessRefused) throw error;
    return old;
  }
}

/** What tells one call from another. */
function carriedBy(call: HopCall): readonly unknown[] {
  const { role, sessionName, seconds, externalId, sourceIdentity, tags, mfaSerial } = call;
  return [role.arn, sessionName, seconds, externalId, sourceIdentity, tags, mfaSerial];
}

async function assume(way: AssumedWay, call: HopCall, position: number): Promise<KeptSession> {
  const before = position > 0 ? await sessionAfter(way, position - 1) : undefined;
  const isLast = position === way.calls.length - 1;
  const policies = isLast ? policyInput(way.policy) : {};
  const input = {
    RoleArn: call.role.arn,
    RoleSessionName: call.sessionName,
    DurationSeconds: call.seconds,
    ...policies,
  };
  const region = regionFor(call, way);
  let output: AssumeRoleCommandOutput;
  const webIdentity = position === 0 ? call.webIdentity : undefined;
  const isToken = webIdentity !== undefined;
  const credentials = isToken ? undefined : (before ?? (await way.start()));
  const token = webIdentity === undefined ? "" : await way.token(webIdentity.audience);
  const mfa =
    call.mfaSerial === undefined
      ? {}
      : { SerialNumber: call.mfaSerial, TokenCode: await way.askMfa(call.mfaSerial) };
  const client = stsClient(region, credentials);
  try {
    const { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand } = sts();
    if (isToken) {
      output = await client.send(
        new AssumeRoleWithWebIdentityCommand({ ...input, WebIdentityToken: token }),
      );
    } else {
      output = await client.send(
        new AssumeRoleCommand({
          ...input,
          ...mfa,
          ...(call.externalId === undefined ? {} : { ExternalId: call.externalId }),
          ...(call.sourceIdentity === undefined ? {} : { SourceIdentity: call.sourceIdentity }),
          Tags: Object.entries(call.tags).map(([Key, Value]) => ({ Key, Value })),
          ...(call.transitiveTags.length === 0
            ? {}
            : { TransitiveTagKeys: [...call.transitiveTags] }),
        }),
      );
    }
  } catch (error) {
    throw explained(error, call);
  } finally {
    client.destroy();
  }
  const { SessionTokenUtilization: packed } = output;
  if (packed !== undefined && packed > 80) {
    way.say(`the session uses ${packed}% of the longest session token`);
  }
  return checked(output, call);
}

function policyInput({ document, managed = [] }: SessionPolicy): object {
  return {
    ...(document === undefined ? {} : { Policy: document }),
    ...(managed.length === 0 ? {} : { PolicyArns: managed.map((arn) => ({ arn })) }),
  };
}

/** The region that the user's environment says, if the role's partition has it; else that of the role's account. */
function regionFor({ role }: HopCall, { index, environment }: AssumedWay): string {
  const account = index.accounts[role.account];
  const said = saidIn(environment, "AWS_REGION", "AWS_DEFAULT_REGION");
  if (account === undefined) return said ?? "us-east-1";
  return said && isRegionOf(account.partition, said) ? said : account.region;
}

/** The session, after comparing whose it is with whose was meant. */
function checked(
  { Credentials: given, AssumedRoleUser }: AssumeRoleCommandOutput,
  call: HopCall,
): KeptSession {
  const [, partition = "", , , account = ""] = call.role.arn.split(":");
  const meant = `arn:${partition}:sts::${account}:assumed-role/${call.role.name}/${call.sessionName}`;
  const arn = AssumedRoleUser?.Arn ?? "";
  if (arn !== meant) {
    throw new AccessProblem(
      `STS answered with a session of ${arn === "" ? "nobody" : arn}, not of ${meant}`,
      "check AWS_ENDPOINT_URL and proxies: the credentials were thrown away",
    );
  }
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || Expiration === undefined) {
    throw new AccessProblem(
      "STS answered without credentials",
      "check AWS_ENDPOINT_URL and proxies",
    );
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    until: Expiration.getTime(),
    arn,
  };
}

function explained(error: unknown, call: HopCall): Error {
  const { name, message } = error as Error;
  const explanation = explainDenial({ code: name, message }, call);
  if (explanation.kind === "denied")
    return new AccessRefused(explanation.refusal, { cause: error });
  return new AccessProblem(
    `${nameOf(call.role)} cannot be assumed: ${explanation.text}`,
    explanation.help,
    { cause: error },
  );
}
