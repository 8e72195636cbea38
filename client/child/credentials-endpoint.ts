import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { endText } from "../credentials/session-credentials";
import type { SessionCredentials } from "../credentials/session-credentials";

/** Where a command gets its credentials, again and again. */
export interface CredentialsEndpoint {
  readonly url: string;
  /** Value of the `Authorization` header. */
  readonly token: string;
  close(): void;
}

/**
 * Serves the credentials of one role on the loopback interface, as the AWS SDKs ask a container for them: whoever has
 * the token, which only the command's environment has. Other methods, paths, host names and tokens get nothing.
 *
 * @param credentials makes them; it is asked each time, and renews them in time
 */
export async function startCredentialsEndpoint(
  credentials: () => Promise<SessionCredentials>,
  failed: (error: unknown) => void,
): Promise<CredentialsEndpoint> {
  const token = randomBytes(32).toString("base64url");
  let host = "";
  const server = createServer((request, response) => {
    const answer = (status: number, body: object): void => {
      response
        .writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
        .end(JSON.stringify(body));
    };
    const refused = refusalOf(request, { host, token });
    if (refused !== undefined) {
      answer(refused, { Code: "Refused", Message: "trustwheel serves one role to one command" });
      return;
    }
    credentials().then(
      ({ accessKeyId, secretAccessKey, sessionToken, until }) => {
        answer(200, {
          AccessKeyId: accessKeyId,
          SecretAccessKey: secretAccessKey,
          Token: sessionToken,
          ...(until === undefined ? {} : { Expiration: endText(until) }),
        });
      },
      (error: unknown) => {
        failed(error);
        answer(500, {
          Code: "CredentialsNotRenewed",
          Message: "trustwheel could not renew the credentials",
        });
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}${PATH}`,
    token,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const PATH = "/credentials";

/** The status of a request that gets nothing. A host name that is not ours is a browser's that was lied to about its address. */
function refusalOf(
  { method, url, headers }: IncomingMessage,
  { host, token }: { readonly host: string; readonly token: string },
): number | undefined {
  const given = Buffer.from(headers.authorization ?? "");
  const wanted = Buffer.from(token);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return 401;
  if (headers.host !== host) return 403;
  if (url !== PATH) return 404;
  return method === "GET" ? undefined : 405;
}
