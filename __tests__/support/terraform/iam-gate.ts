import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import type { IAMClient } from "@aws-sdk/client-iam";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { parsePolicy } from "../../../lib/access/read/policy-value";
import { evaluatePolicy } from "../../../lib/iam/condition/evaluate-policy";
import { requestContext } from "../../../lib/iam/condition/request-context";
import type { PolicyDocument } from "../../../lib/iam/policy-document";
import { policyDocument } from "../../../lib/iam/policy-document";
import type { EmulatedAccounts } from "../emulated-aws/emulated-accounts";
import { EmulatorGaps } from "./emulator-gaps";
import { neededPermissions } from "./iam-request";
import type { NeededPermission } from "./iam-request";

/** A permission that a session of Terraform's provider needed, and whether its role's policies gave it. */
export interface AskedPermission extends NeededPermission {
  /** ARN of the role whose session asked. */
  readonly roleArn: string;
  readonly decision: "allow" | "explicit-deny" | "implicit-deny" | "unknown";
}

/** What a server answers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Who a key belongs to. */
interface Session {
  readonly roleArn: string;
  readonly accountId: string;
  readonly document: PolicyDocument;
}

/**
 * Stands before an emulator that stores everything and refuses nothing: what a session of a role asks of IAM is
 * decided by the policies of that role, and refused as IAM refuses it. Everything else passes: STS, calls with
 * keys of nobody, and sessions of roles that are told to be administrators.
 */
export class IamGate {
  /** What sessions asked, in the order in which they did. */
  readonly asked: AskedPermission[] = [];
  readonly #sessions = new Map<string, Session>();
  readonly #gaps = new EmulatorGaps();
  readonly #server: Server;
  readonly #accounts: EmulatedAccounts;
  readonly #administrators: ReadonlySet<string>;
  readonly #upstream: string;

  /** @param administrators names of roles that may do everything */
  constructor(upstream: string, accounts: EmulatedAccounts, administrators: ReadonlySet<string>) {
    this.#upstream = upstream;
    this.#accounts = accounts;
    this.#administrators = administrators;
    this.#server = createServer((request, response) => {
      this.#answer(request).then(
        ({ status, headers, body }) => {
          response.writeHead(status, headers);
          response.end(body);
        },
        (error: unknown) => {
          response.writeHead(500);
          response.end(String(error));
        },
      );
    });
  }

  /** Starts to listen and tells the address. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, "127.0.0.1", resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
    this.#accounts.destroy();
  }

  /** What was refused. */
  refused(): AskedPermission[] {
    return this.asked.filter(({ decision }) => decision !== "allow");
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    let body = await bodyOf(request);
    const parameters = Object.fromEntries(new URLSearchParams(body));
    const [, key = ""] = /Credential=([^/]+)\//.exec(request.headers.authorization ?? "") ?? [];
    const session = this.#sessions.get(key);
    const isIam = parameters.Version === "2010-05-08";
    if (session !== undefined && isIam) {
      const refused = await this.#decide(session, parameters);
      if (refused !== undefined) return refusal(session, refused);
      if (parameters.Action === "UpdateRole") body += await this.#leftOut(session, parameters);
    }
    const answer =
      this.#gaps.answer(parameters) ??
      this.#gaps.complete(parameters, await this.#forward(request, body));
    if (parameters.Action === "AssumeRole" && answer.status === 200) {
      await this.#open(parameters.RoleArn ?? "", answer.body);
    }
    return answer;
  }

  async #decide(
    { roleArn, accountId, document }: Session,
    parameters: Readonly<Record<string, string>>,
  ): Promise<NeededPermission | undefined> {
    const iam = await this.#accounts.iam(accountId);
    let refused: NeededPermission | undefined;
    for (const needed of await neededPermissions(accountId, parameters, iam)) {
      const { decision } = evaluatePolicy("identity", document, {
        caller: { kind: "role-session", roleArn, sessionName: "trustwheel" },
        action: needed.action,
        resource: needed.resource,
        context: requestContext(needed.keys),
      });
      this.asked.push({ roleArn, decision, ...needed });
      if (decision !== "allow") refused ??= needed;
    }
    return refused;
  }

  /** IAM leaves a description as it is that a call does not name; the emulator (moto 5.2.1) removes it. */
  async #leftOut(
    { accountId }: Session,
    { RoleName, Description }: Readonly<Record<string, string>>,
  ): Promise<string> {
    if (Description !== undefined) return "";
    const iam = await this.#accounts.iam(accountId);
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    return `&Description=${encodeURIComponent(Role?.Description ?? "")}`;
  }

  async #open(roleArn: string, answer: string): Promise<void> {
    const [, key = ""] = /<AccessKeyId>([^<]+)</.exec(answer) ?? [];
    const [, accountId = "", name = ""] = /::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(roleArn) ?? [];
    if (this.#administrators.has(name)) return;
    const iam = await this.#accounts.iam(accountId);
    this.#sessions.set(key, { roleArn, accountId, document: await permissionsOf(iam, name) });
  }

  async #forward(request: IncomingMessage, body: string): Promise<Answer> {
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value !== "string" ||
      /^(?:host|connection|content-length|transfer-encoding)$/.test(name)
        ? []
        : [[name, value] as const],
    );
    const method = request.method ?? "GET";
    const answered = await fetch(`${this.#upstream}${request.url ?? "/"}`, {
      method,
      headers: Object.fromEntries(headers),
      ...(method === "GET" || method === "HEAD" ? {} : { body }),
    });
    const type = answered.headers.get("content-type") ?? "text/xml";
    return {
      status: answered.status,
      headers: { "content-type": type },
      body: await answered.text(),
    };
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** All that the policies of a role say, as one document. */
async function permissionsOf(iam: IAMClient, RoleName: string): Promise<PolicyDocument> {
  const texts: (string | undefined)[] = [];
  const inline = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  for (const PolicyName of inline.PolicyNames ?? []) {
    const told = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    texts.push(told.PolicyDocument);
  }
  const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  for (const { PolicyArn } of attached.AttachedPolicies ?? []) {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const VersionId = Policy?.DefaultVersionId;
    const told = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    texts.push(told.PolicyVersion?.Document);
  }
  return policyDocument(
    texts.flatMap((text) => {
      const read = parsePolicy(decodeURIComponent(text ?? ""));
      if (!read.known) throw new Error(`${RoleName}: ${read.reason}`);
      return read.value.Statement;
    }),
  );
}

function refusal({ roleArn }: Session, { action, resource }: NeededPermission): Answer {
  const who = roleArn.replace(":iam:", ":sts:").replace(/:role\/(?:.*\/)?/, ":assumed-role/");
  const message = `User: ${who}/trustwheel is not authorized to perform: ${action} on resource: ${resource}`;
  return {
    status: 403,
    headers: { "content-type": "text/xml" },
    body:
      '<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type>' +
      `<Code>AccessDenied</Code><Message>${message}</Message></Error>` +
      "<RequestId>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</RequestId></ErrorResponse>",
  };
}
