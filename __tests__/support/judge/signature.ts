import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Who signed a request, by what its `Authorization` says. */
export interface Signer {
  readonly accessKeyId: string;
  readonly scope: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** The signer of a request in Signature Version 4; nothing where it is not signed so. */
export function signerOf({ headers }: IncomingMessage): Signer | undefined {
  const written = headers.authorization ?? "";
  const [, accessKeyId, scope] = /Credential=([^/]+)\/([^,\s]+)/.exec(written) ?? [];
  const names = /SignedHeaders=([^,\s]+)/.exec(written)?.[1];
  const signature = /Signature=([0-9a-f]{64})/.exec(written)?.[1];
  if (!written.startsWith("AWS4-HMAC-SHA256 ")) return undefined;
  if (accessKeyId === undefined || scope === undefined) return undefined;
  if (names === undefined || signature === undefined) return undefined;
  return { accessKeyId, scope, signedHeaders: names.split(";"), signature };
}

/** Whether the signature is one of this secret, by the user guide's "Create a signed AWS API request". */
export function isSignedWith(
  secret: string,
  signer: Signer,
  request: IncomingMessage,
  body: Buffer,
): boolean {
  const url = new URL(request.url ?? "/", "http://judge");
  const query = [...url.searchParams]
    .map(([key, value]) => `${encoded(key)}=${encoded(value)}`)
    .sort()
    .join("&");
  const headers = signer.signedHeaders.map((name) => {
    const value = request.headers[name] ?? "";
    return `${name}:${String(value).trim().replace(/\s+/g, " ")}\n`;
  });
  const sent = request.headers["x-amz-content-sha256"];
  const canonical = [
    request.method,
    url.pathname,
    query,
    headers.join(""),
    signer.signedHeaders.join(";"),
    typeof sent === "string" ? sent : sha256(body),
  ].join("\n");
  const time = String(request.headers["x-amz-date"]);
  const text = ["AWS4-HMAC-SHA256", time, signer.scope, sha256(Buffer.from(canonical))].join("\n");
  const key = signer.scope
    .split("/")
    .reduce<Buffer>((made, part) => hmac(made, part), Buffer.from(`AWS4${secret}`));
  return timingSafeEqual(hmac(key, text), Buffer.from(signer.signature, "hex"));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
