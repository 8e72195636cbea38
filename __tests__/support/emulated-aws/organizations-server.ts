import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A unit with what stands in it, nested. */
export interface ServedUnit {
  readonly id: string;
  readonly name: string;
  readonly accounts?: readonly ServedAccount[];
  readonly units?: readonly ServedUnit[];
}

/** An account as the API tells it. */
export interface ServedAccount {
  readonly id: string;
  readonly name: string;
  readonly state?: string;
  readonly status?: string;
  readonly joined?: "CREATED" | "INVITED";
  readonly tags?: Readonly<Record<string, string>>;
}

/** An answer that is given instead of the usual one: an error of the API, or none at all. */
export type Answer =
  { readonly status: number; readonly error: string; readonly message?: string } | "silence";

/** What a server has, and how it behaves. */
export interface Served {
  readonly root: ServedUnit;
  readonly managementAccountId: string;
  /** Asked for each request, before the usual answer. `count` counts the requests for the operation from 1. */
  readonly instead?: (operation: string, count: number) => Answer | undefined;
  /** Items of a page. @default 20, as AWS has it */
  readonly pageSize?: number;
}

/** A server that speaks the JSON protocol of AWS Organizations. */
export interface OrganizationsServer {
  readonly url: string;
  /** Operations in the order in which they were asked for. */
  readonly requests: readonly string[];
  /** Most requests that were open at a time. */
  readonly mostAtOnce: () => number;
  stop(): Promise<void>;
}

type Input = Readonly<{ ParentId?: string; ResourceId?: string; NextToken?: string }>;

/** Starts a server for one organization, `o-exampleorg1`, on a free port. */
export async function startOrganizationsServer(served: Served): Promise<OrganizationsServer> {
  const { root, managementAccountId, instead, pageSize = 20 } = served;
  const units = new Map<string, ServedUnit>();
  const accounts = new Map<string, ServedAccount>();
  const collect = (unit: ServedUnit): void => {
    units.set(unit.id, unit);
    for (const account of unit.accounts ?? []) accounts.set(account.id, account);
    for (const below of unit.units ?? []) collect(below);
  };
  collect(root);
  const counts = new Map<string, number>();
  const requests: string[] = [];
  let open = 0;
  let most = 0;

  const page = (key: string, items: readonly unknown[], token = "0"): object => {
    const from = Number(token);
    const next = from + pageSize;
    return {
      [key]: items.slice(from, next),
      ...(next < items.length ? { NextToken: String(next) } : {}),
    };
  };
  const arn = (id: string): string =>
    `arn:aws:organizations::${managementAccountId}:account/o-exampleorg1/${id}`;
  const answers: Readonly<Record<string, (input: Input) => object>> = {
    DescribeOrganization: () => ({
      Organization: { Id: "o-exampleorg1", MasterAccountId: managementAccountId },
    }),
    ListRoots: () => ({ Roots: [{ Id: root.id, Name: "Root" }] }),
    ListOrganizationalUnitsForParent: ({ ParentId = "", NextToken }) =>
      page(
        "OrganizationalUnits",
        (units.get(ParentId)?.units ?? []).map(({ id, name }) => ({ Id: id, Name: name })),
        NextToken,
      ),
    ListAccountsForParent: ({ ParentId = "", NextToken }) =>
      page(
        "Accounts",
        (units.get(ParentId)?.accounts ?? []).map(({ id, name, state, status, joined }) => ({
          Id: id,
          Name: name,
          Arn: arn(id),
          State: state ?? (status === undefined ? "ACTIVE" : undefined),
          Status: status,
          JoinedMethod: joined ?? "CREATED",
        })),
        NextToken,
      ),
    ListTagsForResource: ({ ResourceId = "" }) => ({
      Tags: Object.entries(accounts.get(ResourceId)?.tags ?? {}).map(([Key, Value]) => ({
        Key,
        Value,
      })),
    }),
  };

  const server = createServer((request, response) => {
    open += 1;
    most = Math.max(most, open);
    response.on("close", () => {
      open -= 1;
    });
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const operation = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
      const count = (counts.get(operation) ?? 0) + 1;
      counts.set(operation, count);
      requests.push(operation);
      const special = instead?.(operation, count);
      if (special === "silence") return;
      response.setHeader("content-type", "application/x-amz-json-1.1");
      if (special !== undefined) {
        const { status, error, message = error } = special;
        response.statusCode = status;
        response.end(JSON.stringify({ __type: error, Message: message }));
        return;
      }
      const input = JSON.parse(Buffer.concat(chunks).toString() || "{}") as Input;
      response.end(JSON.stringify(answers[operation]?.(input) ?? {}));
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
