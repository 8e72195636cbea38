import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Forge } from "./forge";
import { runGh } from "./gh-command";
import type { GhCall } from "./gh-command";
import { permits } from "./rest";

/** Claims of a token that a job gets from GitHub's OIDC provider. */
export type Claims = Readonly<Record<string, string>>;

/**
 * What programs of jobs reach of a forge, over HTTP on this machine: its repositories by git, which ask for
 * a token that can read them; its command line `gh`, whose stand-in hands each call on; and its OIDC
 * provider, for the jobs that may ask it.
 */
export class ForgeServer {
  readonly #server: Server;
  /** Claims of the jobs that may ask for a token, by what they ask with. */
  readonly #claims = new Map<string, Claims>();

  constructor(readonly forge: Forge) {
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => {
        forge.unknownCalls.push(`${String(request.url)}: ${String(error)}`);
        response.writeHead(500).end(String(error));
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Folder with the program `gh`. */
  get programs(): string {
    return join(this.forge.folder, "bin");
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, "127.0.0.1", resolve);
    });
    mkdirSync(this.programs, { recursive: true });
    const gh = join(this.programs, "gh");
    writeFileSync(gh, ghProgram(this.url));
    chmodSync(gh, 0o755);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Lets a job ask for a token, and tells what it asks with. */
  allowToken(claims: Claims): string {
    const secret = `oidc-${this.forge.id()}`;
    this.#claims.set(secret, claims);
    return secret;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.url);
    if (url.pathname === "/gh") {
      const call = JSON.parse((await bodyOf(request)).toString()) as GhCall;
      const { code, stdout, stderr } = runGh(this.forge, call);
      const problem = Buffer.from(stderr).toString("base64");
      response.writeHead(200, { "x-exit-code": code, "x-stderr": problem }).end(stdout);
    } else if (url.pathname === "/oidc") {
      const claims = this.#claims.get(/^bearer (.*)$/i.exec(auth(request))?.[1] ?? "");
      if (claims === undefined) {
        response.writeHead(401).end();
        return;
      }
      const payload = { ...claims, aud: url.searchParams.get("audience") ?? "" };
      response.end(JSON.stringify({ value: unsignedToken(payload) }));
    } else {
      await this.#git(url, request, response);
    }
  }

  /** Git's own program answers, once the token is one that reads contents. */
  async #git(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const basic = /^basic (.*)$/i.exec(auth(request))?.[1] ?? "";
    const [user, token = ""] = Buffer.from(basic, "base64").toString().split(":");
    const holder = this.forge.holderOf(token);
    if (user !== "x-access-token" || !permits(holder, "contents", "read")) {
      response.writeHead(401, { "www-authenticate": 'Basic realm="GitHub"' }).end();
      return;
    }
    const input = await bodyOf(request);
    const backend = spawn("git", ["http-backend"], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: join(this.forge.folder, "git"),
        GIT_HTTP_EXPORT_ALL: "1",
        GIT_CONFIG_GLOBAL: "/dev/null",
        PATH_INFO: url.pathname.replace(/\.git(?=\/)/, ""),
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method,
        CONTENT_TYPE: request.headers["content-type"] ?? "",
        CONTENT_LENGTH: String(input.length),
        HTTP_CONTENT_ENCODING: request.headers["content-encoding"] ?? "",
        GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
      },
    });
    backend.stdin.on("error", () => undefined); // it need not read all of it
    backend.stdin.end(input);
    const chunks: Buffer[] = [];
    for await (const chunk of backend.stdout) chunks.push(chunk as Buffer);
    const answer = Buffer.concat(chunks);
    const end = answer.indexOf("\r\n\r\n");
    const headers = new Map(
      answer
        .subarray(0, end)
        .toString()
        .split("\r\n")
        .map((line): [string, string] => {
          const [key = "", value = ""] = line.split(/: (.*)/);
          return [key.toLowerCase(), value];
        }),
    );
    const status = Number((headers.get("status") ?? "200").slice(0, 3));
    headers.delete("status");
    response.writeHead(status, Object.fromEntries(headers)).end(answer.subarray(end + 4));
  }
}

/** A token of OIDC, without the signature that AWS would check. */
function unsignedToken(payload: Claims): string {
  const encoded = (value: object): string =>
    Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${encoded({ alg: "none" })}.${encoded(payload)}.`;
}

function auth(request: IncomingMessage): string {
  return request.headers.authorization ?? "";
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The stand-in of `gh`: it hands its arguments on, and prints what comes back. */
function ghProgram(url: string): string {
  return `#!/usr/bin/env bash
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
jq -n --arg cwd "$PWD" --arg token "\${GH_TOKEN:-}" '{$cwd, $token, args: $ARGS.positional}' --args -- "$@" |
  curl --silent --show-error --fail --data-binary @- --dump-header "$work/headers" --output "$work/out" ${url}/gh
cat "$work/out"
header() { tr -d '\\r' < "$work/headers" | sed -n "s/^$1: //Ip"; }
header x-stderr | base64 -d >&2
exit "$(header x-exit-code)"
`;
}
