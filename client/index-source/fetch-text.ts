import { createHash, createHmac } from "node:crypto";
import { decodeText } from "../../cli/system/read-text";
import { AccessProblem } from "../access-refused";
import { firstCredentials } from "../credentials/first-credentials";
import { mfaAsker } from "../credentials/mfa-code";
import type { SessionCredentials } from "../credentials/session-credentials";
import { said } from "../user-folders";
import type { Environment } from "../user-folders";

/** How long the network may take, milliseconds. */
const TIMEOUT = 20_000;

/** The text behind `https://` or `s3://`; an object of S3 is read with the first credentials. */
export async function fetchText(
  location: string,
  mostBytes: number,
  environment: Environment,
): Promise<string> {
  const failed = (reason: string, error?: unknown): AccessProblem =>
    new AccessProblem(
      `${location} cannot be read: ${reason}`,
      "check the location, the network and, for s3://, the permission s3:GetObject of your credentials",
      { cause: error },
    );
  try {
    const { url, headers } = location.startsWith("s3://")
      ? await s3Request(location, environment)
      : { url: location, headers: {} };
    // A redirection could lead elsewhere than where was said.
    const answer = await fetch(url, {
      headers,
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (!answer.ok) throw failed(`HTTP status ${answer.status}`);
    return decodeText(Buffer.from(await answer.arrayBuffer()), mostBytes);
  } catch (error) {
    if (error instanceof AccessProblem) throw error;
    const { message, cause } = error as Error;
    throw failed(cause instanceof Error ? cause.message : message, error);
  }
}

/** A signed GET of an object (Signature Version 4, as the S3 API reference describes it). */
async function s3Request(
  location: string,
  environment: Environment,
): Promise<{ url: string; headers: Record<string, string> }> {
  const [, bucket, key] = /^s3:\/\/([a-z0-9.-]+)\/(.+)$/.exec(location) ?? [];
  if (bucket === undefined || key === undefined) {
    throw new AccessProblem(`${location} names no object`, "write s3://BUCKET/KEY");
  }
  const first = firstCredentials({ environment, askMfa: mfaAsker(undefined) });
  if (first.kind === "token")
    throw new AccessProblem(
      "an index in S3 needs credentials, and there is only a token",
      "read it over https, or assume a role first",
    );
  const credentials = await first.get();
  const region = said(environment, "AWS_REGION", "AWS_DEFAULT_REGION") ?? "us-east-1";
  const path = key.split("/").map(encoded).join("/");
  const own = said(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  const url = new URL(
    own ? `${own}/${bucket}/${path}` : `https://s3.${region}.${suffix}/${bucket}/${path}`,
  );
  return { url: url.href, headers: signedHeaders(url, region, credentials) };
}

function signedHeaders(
  url: URL,
  region: string,
  credentials: SessionCredentials,
): Record<string, string> {
  const time = new Date().toISOString().replace(/[:-]|\.\d+/g, "");
  const empty = sha256("");
  const headers: Record<string, string> = {
    host: url.host,
    "x-amz-content-sha256": empty,
    "x-amz-date": time,
    ...(credentials.sessionToken === undefined
      ? {}
      : { "x-amz-security-token": credentials.sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const canonical = [
    "GET",
    url.pathname,
    "",
    ...names.map((name) => `${name}:${headers[name] ?? ""}`),
    "",
    names.join(";"),
    empty,
  ].join("\n");
  const scope = [time.slice(0, 8), region, "s3", "aws4_request"];
  const key = scope.reduce<Buffer | string>(
    (made, part) => hmac(made, part),
    `AWS4${credentials.secretAccessKey}`,
  );
  const signature = hmac(
    key,
    ["AWS4-HMAC-SHA256", time, scope.join("/"), sha256(canonical)].join("\n"),
  ).toString("hex");
  const { host: _, ...sent } = headers;
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope.join("/")}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
  };
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
