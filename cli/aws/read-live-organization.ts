import {
  DescribeOrganizationCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import type { Account, OrganizationalUnit, Root, Tag } from "@aws-sdk/client-organizations";
import { assembleOrganization } from "../../lib/organization/read/assemble-organization";
import type {
  ListedAccount,
  ListedUnit,
  OrganizationListing,
} from "../../lib/organization/read/assemble-organization";
import type { Organization } from "../../lib/organization/organization";
import { awsProblem } from "./aws-problem";
import type { AwsProblem } from "./aws-problem";
import { inParallel } from "./in-parallel";

/** How AWS Organizations is asked. */
export interface LiveOrganizationOptions {
  /** Whether tags are read, which takes a request for each account. */
  readonly tags: boolean;
  /** Called with the number of OUs and accounts that are read, and of those known so far. */
  readonly progress?: (done: number, known: number) => void;
  /** Requests at a time. @default 4 */
  readonly parallel?: number;
  /** Attempts for a request that is throttled or fails on its way. @default - `AWS_MAX_ATTEMPTS`, or 10 */
  readonly maxAttempts?: number;
  /** How long a request may take, milliseconds. @default 30000 */
  readonly timeout?: number;
}

/** Attempts in the SDK's adaptive mode, which also slows down by itself: about a minute at the end. */
const MAX_ATTEMPTS = 10;
const TIMEOUT = 30_000;
/** Organizations allows few requests a second, more at a time only get throttled. */
const PARALLEL = 4;

/**
 * Reads an organization from AWS Organizations: every unit, every account in it, and tags if wanted.
 * Credentials, region and endpoint are those of the SDK's default chain. Throttled requests are repeated.
 */
export async function readLiveOrganization(
  options: LiveOrganizationOptions,
): Promise<{ readonly organization: Organization } | { readonly problem: AwsProblem }> {
  const api = new OrganizationsApi(options);
  try {
    const listing = await list(api, options);
    const { organization, problems } = assembleOrganization(listing);
    const [first] = problems;
    if (first === undefined) return { organization };
    return {
      problem: {
        kind: "refused",
        message: `the organization changed while it was read: ${first}`,
        help: "repeat the command",
      },
    };
  } catch (error) {
    const problem = explain(error, api.failed ?? "organizations:DescribeOrganization");
    if (problem === undefined) throw error;
    return { problem };
  } finally {
    api.close();
  }
}

function explain(error: unknown, action: string): AwsProblem | undefined {
  const { name } = error as Error;
  if (name === "AWSOrganizationsNotInUseException") {
    return {
      kind: "refused",
      message: "the account of these credentials is in no organization",
      help: "use credentials of the organization's management account, or of a delegated administrator",
    };
  }
  const problem = awsProblem(error, action);
  if (problem?.kind !== "denied") return problem;
  return {
    ...problem,
    help: `${problem.help}; docs/sync.md has the whole policy. Only the management account and delegated administrators can list an organization: \`aws sts get-caller-identity\` shows which account this is`,
  };
}

async function list(
  api: OrganizationsApi,
  { tags, progress, parallel = PARALLEL }: LiveOrganizationOptions,
): Promise<OrganizationListing> {
  const organization = await api.organization();
  const rootIds = (await api.roots()).flatMap(({ Id }) => Id ?? []);
  const units: ListedUnit[] = [];
  const accounts: ListedAccount[] = [];
  let parents: readonly string[] = rootIds;
  let done = 0;
  let known = rootIds.length;
  const advance = (): void => {
    done += 1;
    progress?.(done, known);
  };
  while (parents.length > 0) {
    const below = await inParallel(parents, parallel, async (parentId) => {
      const members = {
        accounts: await api.accounts(parentId),
        units: await api.units(parentId),
      };
      known += members.units.length + (tags ? members.accounts.length : 0);
      advance();
      return { parentId, ...members };
    });
    parents = below.flatMap((each) => each.units.flatMap(({ Id }) => Id ?? []));
    for (const each of below) {
      const { parentId } = each;
      for (const { Id, Name } of each.units) {
        if (Id !== undefined) units.push({ Id, Name: Name ?? Id, parentId });
      }
      for (const { Id, Name, Arn, State, Status, JoinedMethod } of each.accounts) {
        if (Id === undefined) continue;
        accounts.push({ Id, Name: Name ?? Id, Arn, State, Status, JoinedMethod, parentId });
      }
    }
  }
  return {
    organization,
    rootIds,
    units,
    accounts,
    tags: tags ? await readTags(api, accounts, parallel, advance) : new Map(),
    complete: true,
  };
}

async function readTags(
  api: OrganizationsApi,
  accounts: readonly ListedAccount[],
  parallel: number,
  advance: () => void,
): Promise<OrganizationListing["tags"]> {
  const tags = await inParallel(accounts, parallel, async ({ Id }) => {
    const own = await api.tags(Id);
    advance();
    const entries = own.flatMap(({ Key, Value }) =>
      Key === undefined ? [] : [[Key, Value ?? ""] as const],
    );
    return [Id, Object.fromEntries(entries)] as const;
  });
  return new Map(tags);
}

/** The operations that are needed, each with all its pages. */
class OrganizationsApi {
  /** The IAM action that failed first. @default - none did */
  failed: string | undefined;
  readonly #client: OrganizationsClient;
  /** Ends the requests that are under way when one of them fails: else they keep the process waiting. */
  readonly #abort = new AbortController();
  readonly #ended = { abortSignal: this.#abort.signal };

  constructor({ maxAttempts, timeout = TIMEOUT }: LiveOrganizationOptions) {
    // Which versions of Node this program runs on is not the user's to hear from the SDK.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
    const wanted = Number(process.env.AWS_MAX_ATTEMPTS ?? "");
    this.#client = new OrganizationsClient({
      retryMode: "adaptive",
      maxAttempts: maxAttempts ?? (wanted > 0 ? wanted : MAX_ATTEMPTS),
      requestHandler: {
        connectionTimeout: Math.min(timeout, 10_000),
        requestTimeout: timeout,
        throwOnRequestTimeout: true,
      },
    });
  }

  close(): void {
    this.#abort.abort();
    this.#client.destroy();
  }

  async organization(): Promise<NonNullable<OrganizationListing["organization"]>> {
    const { Organization: found = {} } = await this.#try("DescribeOrganization", () =>
      this.#client.send(new DescribeOrganizationCommand({}), this.#ended),
    );
    const { Id, MasterAccountId } = found;
    return {
      ...(Id === undefined ? {} : { Id }),
      ...(MasterAccountId === undefined ? {} : { MasterAccountId }),
    };
  }

  roots(): Promise<Root[]> {
    return this.#pages("ListRoots", async (page) => {
      const { Roots, NextToken } = await this.#client.send(new ListRootsCommand(page), this.#ended);
      return { items: Roots, NextToken };
    });
  }

  units(ParentId: string): Promise<OrganizationalUnit[]> {
    return this.#pages("ListOrganizationalUnitsForParent", async (page) => {
      const command = new ListOrganizationalUnitsForParentCommand({ ParentId, ...page });
      const { OrganizationalUnits, NextToken } = await this.#client.send(command, this.#ended);
      return { items: OrganizationalUnits, NextToken };
    });
  }

  accounts(ParentId: string): Promise<Account[]> {
    return this.#pages("ListAccountsForParent", async (page) => {
      const command = new ListAccountsForParentCommand({ ParentId, ...page });
      const { Accounts, NextToken } = await this.#client.send(command, this.#ended);
      return { items: Accounts, NextToken };
    });
  }

  tags(ResourceId: string): Promise<Tag[]> {
    return this.#pages("ListTagsForResource", async (page) => {
      const command = new ListTagsForResourceCommand({ ResourceId, ...page });
      const { Tags, NextToken } = await this.#client.send(command, this.#ended);
      return { items: Tags, NextToken };
    });
  }

  /** All pages of a list. A page may be empty and still have a next one. */
  async #pages<Item>(
    operation: string,
    get: (page: { NextToken?: string }) => Promise<{
      items: Item[] | undefined;
      NextToken: string | undefined;
    }>,
  ): Promise<Item[]> {
    const all: Item[] = [];
    let token: string | undefined;
    do {
      const page = token === undefined ? {} : { NextToken: token };
      const { items, NextToken } = await this.#try(operation, () => get(page));
      all.push(...(items ?? []));
      token = NextToken;
    } while (token !== undefined);
    return all;
  }

  async #try<Result>(operation: string, ask: () => Promise<Result>): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      this.failed ??= `organizations:${operation}`;
      throw error;
    }
  }
}
