import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A request in the query protocol of STS and IAM, with the session that signed it. */
export interface QueryRequest {
  readonly action: string;
  readonly parameters: URLSearchParams;
  /** ARN of the role whose session signed it. @default - the first credentials did */
  readonly roleArn?: string;
}

/** What a server answers: an error of the API, the XML of a result, or nothing at all. */
export type QueryAnswer =
  | { readonly status: number; readonly error: string; readonly message?: string }
  | { readonly result: string }
  | { readonly status: number; readonly body: string }
  | "silence";

/** A server that speaks the query protocol. */
export interface QueryServer {
  readonly url: string;
  /** Requests in the order in which they came. */
  readonly requests: readonly QueryRequest[];
  /** Most requests that were open at a time. */
  readonly mostAtOnce: () => number;
  stop(): Promise<void>;
}

/** How long an answer takes, milliseconds: requests that are made at once are then open at once. */
const DELAY = 3;

/** Starts a server on a free port. What is not in the query protocol has its method and path as action. Whatever `answer` leaves open is as an account would be in which all is well. */
export async function startQueryServer(
  answer: (request: QueryRequest) => QueryAnswer | undefined,
): Promise<QueryServer> {
  const requests: QueryRequest[] = [];
  const sessions = new Map<string, string>();
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    open += 1;
    most = Math.max(most, open);
    response.on("close", () => {
      open -= 1;
    });
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const parameters = new URLSearchParams(Buffer.concat(chunks).toString());
      const action = parameters.get("Action") ?? `${String(request.method)} ${String(request.url)}`;
      const key = /Credential=([^/]+)/.exec(request.headers.authorization ?? "")?.[1] ?? "";
      const roleArn = sessions.get(key);
      const asked = { action, parameters, ...(roleArn === undefined ? {} : { roleArn }) };
      requests.push(asked);
      const given = answer(asked) ?? usual(asked, sessions);
      if (given === "silence") return;
      response.setHeader("content-type", "text/xml");
      if ("body" in given) {
        response.statusCode = given.status;
        response.end(given.body);
        return;
      }
      if ("error" in given) {
        const { status, error, message = error } = given;
        response.statusCode = status;
        response.end(
          `<ErrorResponse><Error><Type>Sender</Type><Code>${error}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
        );
        return;
      }
      const text = `<${action}Response><${action}Result>${given.result}</${action}Result></${action}Response>`;
      setTimeout(() => response.end(text), DELAY);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    requests,
    mostAtOnce: () => most,
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
    },
  };
}

function usual(
  { action, parameters, roleArn }: QueryRequest,
  sessions: Map<string, string>,
): QueryAnswer {
  switch (action) {
    case "GetCallerIdentity": {
      const account = roleArn?.split(":")[4] ?? "111111111111";
      const arn =
        roleArn === undefined
          ? "arn:aws:iam::111111111111:user/ann"
          : `arn:aws:sts::${account}:assumed-role/${roleArn.split("/").at(-1) ?? ""}/trustwheel-doctor`;
      return { result: `<Arn>${arn}</Arn><UserId>ID</UserId><Account>${account}</Account>` };
    }
    case "AssumeRole": {
      const key = `KEY${String(sessions.size)}`;
      sessions.set(key, parameters.get("RoleArn") ?? "");
      return {
        result: `<Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`,
      };
    }
    case "GetPolicy":
      return { result: `<Policy><Arn>${parameters.get("PolicyArn") ?? ""}</Arn></Policy>` };
    case "GetOpenIDConnectProvider":
      return { result: "<Url>issuer</Url>" };
    default:
      return { status: 404, error: "NoSuchEntity" };
  }
}
