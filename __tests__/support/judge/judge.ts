import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { judgeAssumeRole, judgeWebIdentity, readS3 } from "./judge-assume";
import type { GrantedRole, JudgedFacts } from "./judge-assume";
import type { Credentials, Judge, JudgeSetup, JudgedCall } from "./judge-interface";
import { Fault, sessionArnOf } from "./judged-session";
import type { JudgedSession } from "./judged-session";
import { judgedWorld } from "./judged-world";
import type { JudgedPermissions } from "./judged-world";
import { isSignedWith, signerOf } from "./signature";

/** Starts a judge on a free port. */
export async function startJudge(setup: JudgeSetup): Promise<Judge> {
  const issuers = setup.issuers ?? ["https://token.actions.githubusercontent.com"];
  const sessions = new Map<string, JudgedSession>();
  const others = new Map<string, JudgedPermissions>();
  const devices = new Map<string, { userArn: string; code: string }>();
  const disturbed = new Map<
    string,
    ("throttle" | "break" | { readonly delay: number } | { readonly as: string })[]
  >();
  const calls: JudgedCall[] = [];
  const problems: string[] = [];
  let world = judgedWorld(setup.stacks);
  let turned = 0;
  let sourceIp = "203.0.113.7";
  let open = 0;
  let most = 0;
  const now = (): number => (setup.now?.() ?? Date.now()) + turned * 1000;
  const facts = (): JudgedFacts => ({
    world,
    organizationOf: setup.organizationOf,
    now: now(),
    sourceIp,
    others,
    devices,
  });
  const remember = (session: JudgedSession): Credentials => {
    sessions.set(session.accessKeyId, session);
    const { accessKeyId, secretAccessKey, token } = session;
    return {
      accessKeyId,
      secretAccessKey,
      ...(token === undefined ? {} : { sessionToken: token }),
    };
  };
  const authenticate = (request: IncomingMessage, body: Buffer): JudgedSession => {
    const signer = signerOf(request);
    if (signer === undefined)
      throw new Fault(403, "MissingAuthenticationToken", "Missing Authentication Token");
    const session = sessions.get(signer.accessKeyId);
    const token = request.headers["x-amz-security-token"];
    if (session === undefined || session.token !== token) {
      throw new Fault(
        403,
        "InvalidClientTokenId",
        "The security token included in the request is invalid.",
      );
    }
    if (!isSignedWith(session.secretAccessKey, signer, request, body)) {
      throw new Fault(
        403,
        "SignatureDoesNotMatch",
        "The request signature we calculated does not match the signature you provided.",
      );
    }
    if (session.until !== undefined && session.until <= now()) {
      throw new Fault(403, "ExpiredToken", "The security token included in the request is expired");
    }
    return session;
  };
  const issue = (granted: GrantedRole): string => {
    const { role, sessionName, seconds, sourceIdentity, tags, transitive, sessionPolicies } =
      granted;
    const until = now() + seconds * 1000;
    const {
      accessKeyId,
      secretAccessKey,
      sessionToken = "",
    } = remember({
      ...secrets(),
      caller: { kind: "role-session", roleArn: role.arn, sessionName },
      until,
      issued: now(),
      tags,
      transitive,
      ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
      ...(sessionPolicies === undefined ? {} : { sessionPolicies }),
    });
    const arn = `arn:aws:sts::${role.accountId}:assumed-role/${role.name}/${sessionName}`;
    const packed =
      sessionPolicies === undefined
        ? ""
        : `<SessionTokenUtilization>${String(Math.ceil(sessionPolicies.join("").length / 20.48))}</SessionTokenUtilization>`;
    return `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>${secretAccessKey}</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>${new Date(until).toISOString().replace(/\.\d+/, "")}</Expiration></Credentials><AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>AROAJUDGED:${sessionName}</AssumedRoleId></AssumedRoleUser>${packed}${sourceIdentity === undefined ? "" : `<SourceIdentity>${sourceIdentity}</SourceIdentity>`}`;
  };
  const decide = async (
    request: IncomingMessage,
    body: Buffer,
  ): Promise<{
    action: string;
    by: string;
    form: URLSearchParams;
    text: string;
    object?: true;
  }> => {
    const form = new URLSearchParams(body.toString());
    const action = form.get("Action") ?? "GetObject";
    const record = { action, by: "", form };
    try {
      if (action === "AssumeRoleWithWebIdentity") {
        const claims = claimsOf(form.get("WebIdentityToken") ?? "", issuers, now());
        const text = issue(judgeWebIdentity(form, claims, facts()));
        calls.push({ ...record, answer: "granted" });
        return { ...record, text };
      }
      const by = authenticate(request, body);
      record.by = sessionArnOf(by);
      let text = "";
      if (action === "AssumeRole") {
        const other = disturbed.get(form.get("RoleArn") ?? "")?.shift();
        if (other === "throttle") throw new Fault(400, "Throttling", "Rate exceeded");
        if (other === "break")
          throw new Fault(
            503,
            "ServiceUnavailable",
            "The request has failed due to a temporary failure of the server.",
          );
        if (other !== undefined && "delay" in other) {
          await new Promise((resolve) => setTimeout(resolve, other.delay));
        }
        text = issue(judgeAssumeRole({ form, by }, facts()));
        if (other !== undefined && "as" in other)
          text = text.replace(/<Arn>.*<\/Arn>/, `<Arn>${other.as}</Arn>`);
      } else if (action === "GetCallerIdentity") {
        const { caller } = by;
        const arn = caller.kind === "user" ? caller.arn : caller.roleArn;
        const userId = caller.kind === "user" ? "AIDAJUDGED" : `AROAJUDGED:${caller.sessionName}`;
        text = `<Arn>${record.by}</Arn><UserId>${userId}</UserId><Account>${arn.split(":")[4] ?? ""}</Account>`;
      } else if (action === "GetObject") {
        const path = new URL(request.url ?? "/", "http://judge").pathname.slice(1);
        text = readS3(by, path, facts());
      } else throw new Fault(400, "InvalidAction", `Could not find operation ${action}`);
      calls.push({ ...record, answer: "granted" });
      return { ...record, text, ...(action === "GetObject" ? { object: true as const } : {}) };
    } catch (error) {
      calls.push({ ...record, answer: error instanceof Fault ? error.code : "unknown" });
      throw error;
    }
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      open += 1;
      most = Math.max(most, open);
      void decide(request, Buffer.concat(chunks))
        .then(({ action, text, object }) => {
          if (object === true) {
            response
              .writeHead(200, {
                "content-type": "text/plain",
                "last-modified": "Tue, 01 Dec 2026 00:00:00 GMT",
                etag: '"1"',
              })
              .end(text);
          } else {
            response
              .writeHead(200, { "content-type": "text/xml" })
              .end(
                `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${text}</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`,
              );
          }
        })
        .catch((error: unknown) => {
          const fault =
            error instanceof Fault ? error : new Fault(500, "JudgeUndecided", String(error));
          if (!(error instanceof Fault)) problems.push(String(error));
          const inner = `<Error><Type>Sender</Type><Code>${fault.code}</Code><Message>${fault.message}</Message></Error>`;
          response
            .writeHead(fault.status, { "content-type": "text/xml" })
            .end(
              request.method === "POST"
                ? `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${inner}<RequestId>r</RequestId></ErrorResponse>`
                : inner.replace("<Type>Sender</Type>", ""),
            );
        })
        .finally(() => {
          open -= 1;
        });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    url,
    calls,
    problems,
    mostAtOnce: () => most,
    environment: (credentials) => ({
      AWS_ENDPOINT_URL: url,
      AWS_REGION: "eu-central-1",
      AWS_DEFAULT_REGION: "eu-central-1",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      ...(credentials === undefined
        ? {}
        : {
            AWS_ACCESS_KEY_ID: credentials.accessKeyId,
            AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
            ...(credentials.sessionToken === undefined
              ? {}
              : { AWS_SESSION_TOKEN: credentials.sessionToken }),
          }),
    }),
    userKey(arn) {
      const { accessKeyId, secretAccessKey } = secrets();
      return remember({
        accessKeyId: accessKeyId.replace("ASIA", "AKIA"),
        secretAccessKey,
        caller: { kind: "user", arn },
        tags: {},
        transitive: [],
      });
    },
    session(roleArn, sessionName, { seconds = 3600, sourceIdentity } = {}) {
      return remember({
        ...secrets(),
        caller: { kind: "role-session", roleArn, sessionName },
        until: now() + seconds * 1000,
        issued: now(),
        tags: {},
        transitive: [],
        ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
      });
    },
    permit: (arn, permissions) => void others.set(arn, permissions),
    device: (serial, userArn, code) => void devices.set(serial, { userArn, code }),
    turn: (seconds) => {
      turned += seconds;
    },
    from: (ip) => {
      sourceIp = ip;
    },
    instead: (roleArn, answers) => void disturbed.set(roleArn, [...answers]),
    apply: (stacks) => {
      world = judgedWorld(stacks);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function secrets(): { accessKeyId: string; secretAccessKey: string; token: string } {
  return {
    accessKeyId: `ASIA${randomBytes(8).toString("hex").toUpperCase()}`,
    secretAccessKey: `secret/${randomBytes(24).toString("hex")}`,
    token: `token/${randomBytes(40).toString("base64")}`,
  };
}

/** The claims of a token whose issuer is trusted; signatures are not looked at. */
function claimsOf(
  token: string,
  issuers: readonly string[],
  now: number,
): Readonly<Record<string, string>> {
  const invalid = (message: string): Fault => new Fault(400, "InvalidIdentityToken", message);
  const [, payload] = token.split(".");
  if (payload === undefined)
    throw invalid(
      "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)",
    );
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Record<
    string,
    unknown
  >;
  if (!issuers.includes(String(claims.iss)))
    throw invalid("No OpenIDConnect provider found in your account for that issuer");
  if (typeof claims.exp === "number" && claims.exp * 1000 <= now) {
    throw new Fault(
      400,
      "ExpiredTokenException",
      `Token expired: current date/time must be before the expiration date/time`,
    );
  }
  return Object.fromEntries(Object.entries(claims).map(([key, value]) => [key, String(value)]));
}
