import { readLiveOrganization } from "../../../cli/aws/read-live-organization";
import type { LiveOrganizationOptions } from "../../../cli/aws/read-live-organization";
import type { Organization } from "../../../lib/organization/organization";
import { startOrganizationsServer } from "../../support/emulated-aws/organizations-server";
import type {
  Answer,
  OrganizationsServer,
  Served,
  ServedAccount,
  ServedUnit,
} from "../../support/emulated-aws/organizations-server";

const SMALL: Served = {
  managementAccountId: "111111111111",
  root: {
    id: "r-ex01",
    name: "Root",
    accounts: [{ id: "111111111111", name: "Management", joined: "INVITED" }],
    units: [
      {
        id: "ou-ex01-workload",
        name: "Workloads",
        units: [
          {
            id: "ou-ex01-wlprod01",
            name: "Prod",
            accounts: [{ id: "222222222222", name: "Shop", tags: { team: "shop", note: "" } }],
          },
        ],
      },
    ],
  },
};
const DENIED: Answer = {
  status: 400,
  error: "AccessDeniedException",
  message: "You don't have permissions to access this resource.",
};
const THROTTLED: Answer = { status: 400, error: "TooManyRequestsException" };

const ENVIRONMENT = { ...process.env };
let server: OrganizationsServer | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
  process.env = { ...ENVIRONMENT };
});

/** Starts a server, and lets the SDK's own chain find it. */
async function serve(served: Served): Promise<OrganizationsServer> {
  server = await startOrganizationsServer(served);
  process.env = {
    ...ENVIRONMENT,
    HOME: "/nonexistent",
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "testing",
    AWS_SECRET_ACCESS_KEY: "testing",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  delete process.env.AWS_PROFILE;
  delete process.env.AWS_SESSION_TOKEN;
  return server;
}

async function read(options: Partial<LiveOrganizationOptions> = {}): Promise<Organization> {
  const result = await readLiveOrganization({ tags: true, ...options });
  if ("problem" in result) throw new Error(result.problem.message);
  return result.organization;
}

describe("an organization that is read live", () => {
  test("has its units with paths, its accounts and their tags", async () => {
    await serve(SMALL);
    expect(await read()).toEqual({
      id: "o-exampleorg1",
      managementAccountId: "111111111111",
      partition: "aws",
      rootId: "r-ex01",
      units: [
        { id: "ou-ex01-workload", name: "Workloads", path: "/Workloads", parentId: "r-ex01" },
        {
          id: "ou-ex01-wlprod01",
          name: "Prod",
          path: "/Workloads/Prod",
          parentId: "ou-ex01-workload",
        },
      ],
      accounts: [
        {
          id: "111111111111",
          name: "Management",
          state: "active",
          joined: "invited",
          unit: "/",
          tags: {},
        },
        {
          id: "222222222222",
          name: "Shop",
          state: "active",
          joined: "created",
          unit: "/Workloads/Prod",
          tags: { team: "shop", note: "" },
        },
      ],
      complete: true,
      awsNames: true,
    });
  });

  test("is not asked for tags that nobody wants", async () => {
    const { requests } = await serve(SMALL);
    const { accounts } = await read({ tags: false });
    expect(requests).not.toContain("ListTagsForResource");
    expect(accounts.map(({ tags }) => tags)).toEqual([undefined, undefined]);
  });

  test("may have 2,000 accounts in nested units of equal names, and is read with few requests at a time", async () => {
    const { mostAtOnce } = await serve({ ...SMALL, root: largeRoot() });
    const steps: (readonly [number, number])[] = [];
    const { accounts, units } = await read({
      tags: false,
      progress: (done, known) => steps.push([done, known]),
    });
    expect(accounts).toHaveLength(2000);
    expect(new Set(accounts.map(({ id }) => id)).size).toBe(2000);
    expect(units.filter(({ name }) => name === "Prod")).toHaveLength(20);
    expect(new Set(units.map(({ path }) => path)).size).toBe(40);
    expect(accounts.find(({ id }) => id === "100000001234")?.unit).toBe("/Team 12/Prod");
    expect(mostAtOnce()).toBeLessThanOrEqual(4);
    expect(steps).toHaveLength(41);
    expect(steps.at(-1)).toEqual([41, 41]);
  }, 30_000);

  test("is read although some requests are throttled", async () => {
    const { requests } = await serve({
      ...SMALL,
      instead: (operation, count) =>
        operation === "ListRoots" && count === 1 ? THROTTLED : undefined,
    });
    const { accounts } = await read();
    expect(accounts).toHaveLength(2);
    expect(requests.filter((operation) => operation === "ListRoots")).toHaveLength(2);
  }, 30_000);

  test("tells units of a change between two requests", async () => {
    await serve({
      ...SMALL,
      root: {
        ...SMALL.root,
        units: [
          { id: "ou-ex01-aaaaaaaa", name: "A", accounts: [{ id: "333333333333", name: "Moved" }] },
          { id: "ou-ex01-bbbbbbbb", name: "B", accounts: [{ id: "333333333333", name: "Moved" }] },
        ],
      },
    });
    expect(await readLiveOrganization({ tags: false })).toEqual({
      problem: {
        kind: "refused",
        message:
          "the organization changed while it was read: the account 333333333333 is listed in /A and in /B",
        help: "repeat the command",
      },
    });
  });
});

describe("an organization that cannot be read live", () => {
  const answerWith = (special: Answer, operation = "ListAccountsForParent"): Served => ({
    ...SMALL,
    instead: (asked) => (asked === operation ? special : undefined),
  });

  test("names the action that is denied", async () => {
    await serve(answerWith(DENIED, "ListTagsForResource"));
    expect(await readLiveOrganization({ tags: true })).toEqual({
      problem: {
        kind: "denied",
        message:
          "AWS denies organizations:ListTagsForResource: You don't have permissions to access this resource.",
        help: "allow organizations:ListTagsForResource for the role or user of these credentials; docs/sync.md has the whole policy. Only the management account and delegated administrators can list an organization: `aws sts get-caller-identity` shows which account this is",
      },
    });
  });

  test("gives up after all attempts that are throttled, and says how many they were", async () => {
    const { requests } = await serve(answerWith(THROTTLED));
    expect(await readLiveOrganization({ tags: false, maxAttempts: 2 })).toEqual({
      problem: {
        kind: "throttled",
        message: "AWS still throttles organizations:ListAccountsForParent after 2 attempts",
        help: "rerun the command later, or set AWS_MAX_ATTEMPTS higher; other programs that call the same API use up its rate limit",
      },
    });
    expect(requests.filter((each) => each === "ListAccountsForParent")).toHaveLength(2);
  }, 30_000);

  test("takes the number of attempts from AWS_MAX_ATTEMPTS", async () => {
    const { requests } = await serve(answerWith(THROTTLED));
    process.env.AWS_MAX_ATTEMPTS = "1";
    const result = await readLiveOrganization({ tags: false });
    expect(result).toMatchObject({ problem: { kind: "throttled" } });
    expect(requests.filter((each) => each === "ListAccountsForParent")).toHaveLength(1);
  });

  test("does not wait for ever for an answer", async () => {
    await serve(answerWith("silence"));
    const result = await readLiveOrganization({ tags: false, maxAttempts: 2, timeout: 100 });
    expect(result).toEqual({
      problem: {
        kind: "timeout",
        message: "AWS did not answer organizations:ListAccountsForParent in time, in 2 attempts",
        help: "check that this machine can reach AWS: proxy, firewall, VPC endpoint",
      },
    });
  }, 30_000);

  test.each([
    ["ExpiredTokenException", "expired", "the AWS credentials have expired"],
    [
      "UnrecognizedClientException",
      "invalid-credentials",
      "AWS does not accept the credentials: UnrecognizedClientException",
    ],
    [
      "AWSOrganizationsNotInUseException",
      "refused",
      "the account of these credentials is in no organization",
    ],
    [
      "ServiceException",
      "refused",
      "AWS rejects organizations:DescribeOrganization: ServiceException: ServiceException",
    ],
  ])("explains %s", async (error, kind, message) => {
    await serve(answerWith({ status: 400, error }, "DescribeOrganization"));
    expect(await readLiveOrganization({ tags: false, maxAttempts: 1 })).toMatchObject({
      problem: { kind, message },
    });
  });

  test("says that there are no credentials, and how to get some", async () => {
    await serve(SMALL);
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    expect(await readLiveOrganization({ tags: false })).toMatchObject({
      problem: {
        kind: "no-credentials",
        help: "sign in, for example with `aws sso login`, and set AWS_PROFILE; in a pipeline, assume a role first",
      },
    });
  });

  test("says that no region is set", async () => {
    await serve(SMALL);
    delete process.env.AWS_REGION;
    delete process.env.AWS_DEFAULT_REGION;
    expect(await readLiveOrganization({ tags: false })).toMatchObject({
      problem: { kind: "no-region", message: "no AWS region is set" },
    });
  });

  test("says that AWS cannot be reached", async () => {
    await serve(SMALL);
    process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:1";
    expect(await readLiveOrganization({ tags: false, maxAttempts: 1 })).toMatchObject({
      problem: {
        kind: "network",
        message: "AWS cannot be reached: connect ECONNREFUSED 127.0.0.1:1",
      },
    });
  });
});

/** Twenty units that hold a unit `Prod` each, and a hundred accounts in each of these. */
function largeRoot(): ServedUnit {
  const units = Array.from({ length: 20 }, (_, team): ServedUnit => {
    const accounts = Array.from({ length: 100 }, (__, index): ServedAccount => {
      const number = team * 100 + index;
      return { id: String(100_000_000_000 + number), name: `Account ${String(number)}` };
    });
    const id = String(team).padStart(2, "0");
    return {
      id: `ou-ex01-team00${id}`,
      name: `Team ${String(team)}`,
      units: [{ id: `ou-ex01-prod00${id}`, name: "Prod", accounts }],
    };
  });
  return { id: "r-ex01", name: "Root", units };
}
