import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { decideCall } from "../../../lib/access/decide/decide-call";
import { NO_CONTROL_POLICIES } from "../../../lib/access/decide/control-policies";
import type { AccountDirectory } from "../../../lib/access/account-directory";
import type { Caller } from "../../../lib/iam/condition/caller";
import type { EmulatedAccounts } from "../emulated-aws/emulated-accounts";
import { readEmulatedAccess } from "../emulated-aws/emulated-access";
import type { EmulatedAccess } from "../emulated-aws/emulated-access";

/** A request that changes something. */
export interface WriteRequest {
  /** Name of the role whose session made it. */
  readonly role: string;
  /** Such as `CreateRole` or `PUT /bucket/key`. */
  readonly request: string;
}

/** What stands behind the front. */
export interface BehindFront {
  /** Where IAM is asked, which may refuse what policies don't allow. */
  readonly iam: string;
  /** Where everything else is asked. */
  readonly other: string;
  readonly accounts: EmulatedAccounts;
  readonly accountIds: readonly string[];
  /** What the map says of the accounts. */
  readonly directory: AccountDirectory;
}

const OWN_KEY = "testing";
const TIME = "2026-01-01T00:00:00Z";

/**
 * Stands before an emulator that gives everybody every role: a call for a role is decided from the policies
 * that are there, of both sides, with the claims of the token where it is one of a job. Only who sets the
 * accounts up, with the emulator's own key, gets roles without being asked.
 */
export class AwsFront {
  /** ARNs of roles that nobody gets, as if a control policy denied it. */
  readonly closed = new Set<string>();
  readonly writes: WriteRequest[] = [];
  /** Calls for roles that were refused. */
  readonly refused: string[] = [];
  readonly #sessions = new Map<string, Caller & { readonly kind: "role-session" }>();
  readonly #server: Server;
  #access: Promise<EmulatedAccess> | undefined;

  constructor(readonly behind: BehindFront) {
    this.#server = createServer((request, response) => {
      this.#answer(request).then(
        ({ status, headers, body }) => {
          response.writeHead(status, headers).end(body);
        },
        (error: unknown) => {
          response.writeHead(500).end(String(error));
        },
      );
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, "127.0.0.1", resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Forgets what was read of the accounts: somebody has changed them by hand. */
  changed(): void {
    this.#access = undefined;
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const body = await bodyOf(request);
    const [, key = ""] = /Credential=([^/]+)\//.exec(request.headers.authorization ?? "") ?? [];
    const parameters = new URLSearchParams(body.toString());
    const action = parameters.get("Action");
    const session = this.#sessions.get(key);
    const role = session === undefined ? key : session.roleArn.replace(/^.*\//, "");
    if (action === null) {
      const name = `${String(request.method)} ${(request.url ?? "").replace(/\?.*/, "")}`;
      if (!/^(?:GET|HEAD) /.test(name)) this.writes.push({ role, request: name });
      return await forward(this.behind.other, request, body);
    }
    if (action.startsWith("AssumeRole")) {
      const refusal = await this.#refusal(action, parameters, key);
      if (refusal !== undefined) {
        this.refused.push(refusal);
        return accessDenied(refusal);
      }
    } else if (!/^(?:Get|List)/.test(action)) {
      this.writes.push({ role, request: action });
      this.#access = undefined;
    }
    const answer = await forward(this.behind.iam, request, body);
    if (action.startsWith("AssumeRole") && answer.status === 200) {
      const [, made = ""] = /<AccessKeyId>([^<]+)</.exec(answer.body.toString()) ?? [];
      this.#sessions.set(made, {
        kind: "role-session",
        roleArn: parameters.get("RoleArn") ?? "",
        sessionName: parameters.get("RoleSessionName") ?? "",
      });
    }
    return answer;
  }

  /** Why a call for a role is refused; `undefined` where it is not. */
  async #refusal(
    action: string,
    parameters: URLSearchParams,
    key: string,
  ): Promise<string | undefined> {
    const roleArn = parameters.get("RoleArn") ?? "";
    const accountId = roleArn.split(":")[4] ?? "";
    if (this.closed.has(roleArn)) return `${roleArn}: explicit deny in a service control policy`;
    if (action === "AssumeRole" && key === OWN_KEY) return undefined;
    const { behind } = this;
    this.#access ??= readEmulatedAccess(behind.accounts, behind.accountIds, new Set());
    const { graph } = await this.#access;
    if (!graph.roles.has(roleArn)) return `${roleArn}: there is no such role`;
    const claims =
      action === "AssumeRoleWithWebIdentity"
        ? claimsOf(parameters.get("WebIdentityToken") ?? "")
        : undefined;
    const caller = claims === undefined ? this.#sessions.get(key) : webCaller(claims, accountId);
    if (caller === undefined) return `${roleArn}: the caller is nobody`;
    const externalId = parameters.get("ExternalId");
    const world = { graph, accounts: behind.directory, controls: NO_CONTROL_POLICIES };
    const { decision, reasons } = decideCall(world, {
      ...{ caller, roleArn, time: TIME },
      keys: {
        "sts:RoleSessionName": parameters.get("RoleSessionName") ?? "",
        ...(externalId === null ? {} : { "sts:ExternalId": externalId }),
        ...(claims === undefined ? {} : claimKeys(claims)),
      },
      durationSeconds: Number(parameters.get("DurationSeconds") ?? 3600),
    });
    if (decision === "allowed") return undefined;
    return `${roleArn}: ${decision}: ${reasons.map(({ text }) => text).join("; ")}`;
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

type Claims = Readonly<Record<string, string>>;

function claimsOf(token: string): Claims {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Claims;
}

function host({ iss = "" }: Claims): string {
  return iss.replace(/^https:\/\//, "");
}

function webCaller(claims: Claims, accountId: string): Caller {
  const provider = `arn:aws:iam::${accountId}:oidc-provider/${host(claims)}`;
  return { kind: "web-identity", provider };
}

function claimKeys(claims: Claims): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [`${host(claims)}:${name}`, value]),
  );
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function forward(upstream: string, request: IncomingMessage, body: Buffer): Promise<Answer> {
  const left = /^(?:host|connection|content-length|transfer-encoding|expect|accept-encoding)$/;
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value !== "string" || left.test(name) ? [] : [[name, value] as const],
  );
  const method = request.method ?? "GET";
  const answered = await fetch(`${upstream}${request.url ?? "/"}`, {
    method,
    headers: Object.fromEntries(headers),
    ...(method === "GET" || method === "HEAD" ? {} : { body: new Uint8Array(body) }),
  });
  const back: Record<string, string> = {};
  answered.headers.forEach((value, name) => {
    if (!/^(?:connection|transfer-encoding|content-encoding)$/.test(name)) back[name] = value;
  });
  return {
    status: answered.status,
    headers: back,
    body: Buffer.from(await answered.arrayBuffer()),
  };
}

function accessDenied(message: string): Answer {
  const text =
    '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>' +
    `<Code>AccessDenied</Code><Message>${message.replace(/[<>&]/g, " ")}</Message></Error>` +
    "<RequestId>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</RequestId></ErrorResponse>";
  return { status: 403, headers: { "content-type": "text/xml" }, body: Buffer.from(text) };
}
