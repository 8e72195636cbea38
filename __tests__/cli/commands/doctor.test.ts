import { boundedMap } from "../../support/plans/bootstrap-of";
import { CommandProject } from "../../support/projects/command-project";
import { startQueryServer } from "../../support/emulated-aws/aws-query-server";
import type {
  QueryAnswer,
  QueryRequest,
  QueryServer,
} from "../../support/emulated-aws/aws-query-server";

const ENVIRONMENT = { ...process.env };
const GUARD = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "sts:AssumeRole"], Resource: "*" },
    {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: "*",
      Condition: { StringEquals: { "aws:ResourceOrgID": "o-exampleorg1" } },
    },
  ],
};

let project: CommandProject;
let server: QueryServer | undefined;

beforeEach(() => {
  project = new CommandProject();
  project.write("accounts.yaml", map());
  project.write("policies/guard.json", JSON.stringify(GUARD));
});

afterEach(async () => {
  await server?.stop();
  server = undefined;
  process.env = { ...ENVIRONMENT };
  project.remove();
});

/** A map whose states are files: what lies in S3 is asked for in another protocol. */
function map(changes: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify(boundedMap({ state: undefined, pipeline: undefined, ...changes }));
}

async function serve(
  answer: (request: QueryRequest) => QueryAnswer | undefined,
): Promise<QueryServer> {
  server = await startQueryServer(answer);
  process.env = {
    ...ENVIRONMENT,
    HOME: "/nonexistent",
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "testing",
    AWS_SECRET_ACCESS_KEY: "testing",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_MAX_ATTEMPTS: "1",
  };
  delete process.env.AWS_PROFILE;
  delete process.env.AWS_SESSION_TOKEN;
  return server;
}

/** Answers requests for a role of this name so, and all others as usual. */
function forRole(
  name: string,
  given: QueryAnswer,
): (request: QueryRequest) => QueryAnswer | undefined {
  return ({ action, parameters }) =>
    action === "AssumeRole" && parameters.get("RoleArn")?.includes(name) === true
      ? given
      : undefined;
}

function denied(message: string): QueryAnswer {
  return { status: 403, error: "AccessDenied", message };
}

const SHOP = "arn:aws:iam::333333333333";

describe("trustwheel doctor", () => {
  test("has nothing to say of accounts in which everything is there", async () => {
    const { requests } = await serve(() => undefined);
    const { code, stdout, stderr } = await project.run(["doctor"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe("as arn:aws:iam::111111111111:user/ann\n4 accounts ready\n");
    const assumed = requests.flatMap(({ action, parameters }) =>
      action === "AssumeRole" ? [parameters.get("RoleArn")] : [],
    );
    expect(assumed.sort()).toEqual(
      ["222222222222", "333333333333", "444444444444"].map(
        (id) => `arn:aws:iam::${id}:role/trustwheel-deployment`,
      ),
    );
  });

  test("tells account by account what is missing, with the command that mends it", async () => {
    await serve(({ action, parameters }) => {
      if (action === "AssumeRole" && parameters.get("RoleArn")?.includes("444444444444") === true) {
        return denied("User: ann is not authorized to perform: sts:AssumeRole");
      }
      return action === "GetPolicy" ? { status: 404, error: "NoSuchEntity" } : undefined;
    });
    const { code, stdout } = await project.run(["doctor"]);
    expect(code).toBe(1);
    expect(stdout).toBe(`as arn:aws:iam::111111111111:user/ann
shop (333333333333)
  problem  the permissions boundary ${SHOP}:policy/access/guard is missing
    $ npx trustwheel bootstrap --account shop
spare (444444444444)
  problem  arn:aws:iam::444444444444:role/trustwheel-deployment cannot be assumed: User: ann is not authorized to perform: sts:AssumeRole
    = help: the role does not exist, or its trust policy does not allow these credentials, or they are not allowed sts:AssumeRole; AWS does not say which
    $ npx trustwheel bootstrap --account spare
2 of 4 accounts not ready
`);
  });

  test("recognizes a service control policy", async () => {
    await serve(
      forRole(
        "333333333333",
        denied(
          "User: ann is not authorized to perform: sts:AssumeRole with an explicit deny in a service control policy",
        ),
      ),
    );
    const { code, stdout } = await project.run(["doctor", "--account", "shop"]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      "= help: a service control policy denies it, and nothing in the account can change that: exempt this role in the policy, in the management account",
    );
  });

  test("goes over all roles on the way, with their external ids", async () => {
    const accounts = {
      management: { id: "111111111111", management: true, deploymentRole: "none" },
      tools: { id: "222222222222" },
      shop: {
        id: "333333333333",
        deploymentRole: {
          role: "AWSAFTExecution",
          externalId: "into-shop",
          via: [{ account: "tools", role: "AWSAFTAdmin", externalId: "into-tools" }],
        },
      },
    };
    project.write("accounts.yaml", map({ accounts }));
    const { requests } = await serve(() => undefined);
    const { code } = await project.run(["doctor", "--account", "shop"]);
    expect(code).toBe(0);
    const assumed = requests.filter(({ action }) => action === "AssumeRole");
    expect(
      assumed.map(({ parameters, roleArn }) => [
        roleArn,
        parameters.get("RoleArn"),
        parameters.get("ExternalId"),
      ]),
    ).toEqual([
      [undefined, "arn:aws:iam::222222222222:role/AWSAFTAdmin", "into-tools"],
      ["arn:aws:iam::222222222222:role/AWSAFTAdmin", `${SHOP}:role/AWSAFTExecution`, "into-shop"],
    ]);
  });

  test("sees the right role in the wrong account", async () => {
    await serve(({ action, roleArn }) =>
      action === "GetCallerIdentity" && roleArn !== undefined
        ? {
            result:
              "<Arn>arn:aws:sts::999999999999:assumed-role/x/y</Arn><Account>999999999999</Account>",
          }
        : undefined,
    );
    const { code, stdout } = await project.run(["doctor", "--account", "shop"]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      "problem  these credentials lead to 999999999999, as arn:aws:sts::999999999999:assumed-role/x/y, not to 333333333333",
    );
  });

  test("sees a name that another role has taken", async () => {
    await serve(({ action, parameters }) =>
      action === "GetRole"
        ? {
            result: `<Role><Path>/old/</Path><RoleName>${parameters.get("RoleName") ?? ""}</RoleName><RoleId>ID</RoleId><Arn>${SHOP}:role/old/auditor</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate></Role>`,
          }
        : undefined,
    );
    const { code, stdout } = await project.run(["doctor", "--account", "shop"]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      `problem  the name auditor is taken by ${SHOP}:role/old/auditor, so ${SHOP}:role/access/auditor cannot be created`,
    );
  });

  test("does not blame an account for what it may not look at", async () => {
    await serve(({ action }) => (action === "GetPolicy" ? denied("not authorized") : undefined));
    const { code, stdout } = await project.run(["doctor", "--account", "shop"]);
    expect(code).toBe(0);
    expect(stdout).toContain(
      `unknown  no permission to read the permissions boundary ${SHOP}:policy/access/guard`,
    );
  });

  test("goes on with the other accounts when one is throttled", async () => {
    await serve(
      forRole("333333333333", { status: 400, error: "Throttling", message: "Rate exceeded" }),
    );
    const { code, stdout } = await project.run(["doctor"]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      `problem  ${SHOP}:role/trustwheel-deployment: AWS still throttles sts:AssumeRole after 1 attempts`,
    );
    expect(stdout).toContain("1 of 4 accounts not ready");
  });

  test("enters by the role of plans if asked to", async () => {
    const { requests } = await serve(() => undefined);
    await project.run(["doctor", "--role", "plan", "--account", "shop"]);
    const assumed = requests.filter(({ action }) => action === "AssumeRole");
    expect(assumed.map(({ parameters }) => parameters.get("RoleArn"))).toEqual([
      `${SHOP}:role/trustwheel-account-plan`,
    ]);
  });

  test("examines many accounts at once, but not all of them", async () => {
    const accounts = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [
        `a${String(index)}`,
        { id: String(200_000_000_000 + index) },
      ]),
    );
    project.write("accounts.yaml", map({ accounts, spokes: undefined }));
    const { mostAtOnce } = await serve(() => undefined);
    const { code } = await project.run(["doctor"]);
    expect(code).toBe(0);
    expect(mostAtOnce()).toBeGreaterThan(1);
    expect(mostAtOnce()).toBeLessThanOrEqual(8);
  }, 20_000);

  test("prints JSON for programs", async () => {
    await serve(forRole("333333333333", denied("no")));
    const { code, stdout } = await project.run(["doctor", "--account", "shop", "--format", "json"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      caller: "arn:aws:iam::111111111111:user/ann",
      sound: false,
      state: [],
      accounts: [
        {
          key: "shop",
          id: "333333333333",
          examined: [{ check: "deployment-role", status: "problem" }],
        },
      ],
    });
  });

  test("does not begin with credentials that do not work", async () => {
    await serve(({ action }) =>
      action === "GetCallerIdentity" ? { status: 403, error: "ExpiredToken" } : undefined,
    );
    const { code, stderr } = await project.run(["doctor"]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      "the AWS credentials have expired\n  = help: sign in again, for example with `aws sso login`, and rerun the command\n",
    );
  });

  test("refuses an account that is not in the map", async () => {
    const { code, stderr } = await project.run(["doctor", "--account", "sohp"]);
    expect(code).toBe(2);
    expect(stderr).toContain("the map has no account `sohp`");
  });
});
