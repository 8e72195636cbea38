import { callerIdentity, examineAccount } from "../../../cli/aws/examine-account";
import type { ExpectedAccount } from "../../../lib/bootstrap/expected-account";
import { examineStateBucket } from "../../../cli/aws/examine-state-bucket";
import { startQueryServer } from "../../support/emulated-aws/aws-query-server";
import type {
  QueryAnswer,
  QueryRequest,
  QueryServer,
} from "../../support/emulated-aws/aws-query-server";

const ENVIRONMENT = { ...process.env };
const ROLE = "arn:aws:iam::333333333333:role/deployer";
const SHOP: ExpectedAccount = {
  key: "shop",
  id: "333333333333",
  region: "eu-central-1",
  steps: [{ roleArn: ROLE }],
  boundaries: [],
  oidcProviders: ["arn:aws:iam::333333333333:oidc-provider/gitlab.example.com"],
  roles: [],
  bootstrap: "npx trustwheel bootstrap --account shop",
};
const STATES = { bucket: "example-org-states", region: "eu-west-1", bootstrap: "make it" };
const PATIENCE = { maxAttempts: 1, timeout: 200 };

let server: QueryServer | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
  process.env = { ...ENVIRONMENT };
});

async function serve(
  answer: (request: QueryRequest) => QueryAnswer | undefined,
): Promise<QueryServer> {
  server = await startQueryServer(answer);
  process.env = {
    ...ENVIRONMENT,
    HOME: "/nonexistent",
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: "testing",
    AWS_SECRET_ACCESS_KEY: "testing",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  delete process.env.AWS_PROFILE;
  delete process.env.AWS_SESSION_TOKEN;
  return server;
}

describe("an account that is examined", () => {
  test("is in order when everything exists", async () => {
    await serve(() => undefined);
    expect(await examineAccount(SHOP, PATIENCE)).toEqual([
      { check: "deployment-role", status: "ok", message: `${ROLE} can be assumed` },
      {
        check: "account",
        status: "ok",
        message:
          "it is 333333333333, as arn:aws:sts::333333333333:assumed-role/deployer/trustwheel-doctor",
      },
      {
        check: "identity-provider",
        status: "ok",
        message:
          "the identity provider arn:aws:iam::333333333333:oidc-provider/gitlab.example.com exists",
      },
    ]);
  });

  test("lacks a provider that is not there", async () => {
    await serve(({ action }) =>
      action === "GetOpenIDConnectProvider" ? { status: 404, error: "NoSuchEntity" } : undefined,
    );
    expect((await examineAccount(SHOP, PATIENCE)).at(-1)).toEqual({
      check: "identity-provider",
      status: "problem",
      message:
        "the identity provider arn:aws:iam::333333333333:oidc-provider/gitlab.example.com is missing",
      commands: ["npx trustwheel bootstrap --account shop"],
    });
  });

  test("is not waited for without end", async () => {
    await serve(({ action }) => (action === "AssumeRole" ? "silence" : undefined));
    expect(await examineAccount(SHOP, PATIENCE)).toEqual([
      {
        check: "deployment-role",
        status: "problem",
        message: `${ROLE}: AWS did not answer sts:AssumeRole in time, in 1 attempts`,
        help: "check that this machine can reach AWS: proxy, firewall, VPC endpoint",
      },
    ]);
  });

  test("is asked again where it is throttled", async () => {
    let count = 0;
    const { requests } = await serve(({ action }) => {
      if (action !== "AssumeRole") return undefined;
      count += 1;
      return count === 1 ? { status: 400, error: "Throttling" } : undefined;
    });
    const [first] = await examineAccount(SHOP, { maxAttempts: 3, timeout: 2000 });
    expect(first?.status).toBe("ok");
    expect(requests.filter(({ action }) => action === "AssumeRole")).toHaveLength(2);
  }, 20_000);

  test("takes no request where Terraform makes nothing and runs already", async () => {
    const { requests } = await serve(() => undefined);
    expect(await examineAccount({ ...SHOP, steps: [] }, PATIENCE)).toEqual([
      { check: "account", status: "ok", message: "Terraform creates nothing there" },
    ]);
    expect(requests).toEqual([]);
  });

  test("must be the account of the credentials where Terraform runs in it", async () => {
    await serve(() => undefined);
    const roles = [{ name: "reader", arn: "arn:aws:iam::333333333333:role/reader" }];
    expect(await examineAccount({ ...SHOP, steps: [], roles }, PATIENCE)).toEqual([
      {
        check: "account",
        status: "problem",
        message:
          "these credentials lead to 111111111111, as arn:aws:iam::111111111111:user/ann, not to 333333333333",
        help: "`deploymentRole` of `shop` is `none`: use credentials of the account itself, or name a role",
      },
    ]);
  });

  test("cannot be examined without credentials", async () => {
    await serve(() => undefined);
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    expect(await callerIdentity("us-east-1", PATIENCE)).toMatchObject({
      problem: { kind: "no-credentials" },
    });
  });
});

describe("the bucket of the states", () => {
  const versions = (status: string): QueryAnswer => ({
    status: 200,
    body: `<VersioningConfiguration>${status}</VersioningConfiguration>`,
  });
  const bucket = (head: number, versioning: QueryAnswer) => {
    return ({ action }: QueryRequest): QueryAnswer =>
      action.startsWith("HEAD") ? { status: head, body: "" } : versioning;
  };

  test.each<[string, number, QueryAnswer, string, string]>([
    [
      "is there",
      200,
      versions("<Status>Enabled</Status>"),
      "ok",
      "example-org-states exists and keeps versions",
    ],
    [
      "keeps no versions",
      200,
      versions(""),
      "problem",
      "example-org-states keeps no versions: a lost or corrupted state cannot be recovered",
    ],
    ["is missing", 404, versions(""), "problem", "the bucket example-org-states is missing"],
    [
      "is elsewhere",
      301,
      versions(""),
      "problem",
      "the bucket example-org-states is not in the region eu-west-1",
    ],
    [
      "is somebody else's",
      403,
      versions(""),
      "problem",
      "these credentials have no access to example-org-states",
    ],
    [
      "does not show its versions",
      200,
      { status: 403, error: "AccessDenied" },
      "unknown",
      "no permission to read whether example-org-states keeps versions",
    ],
  ])("%s", async (_name, head, versioning, status, message) => {
    await serve(bucket(head, versioning));
    expect(await examineStateBucket(STATES, PATIENCE)).toMatchObject({ status, message });
  });

  test("is not waited for without end", async () => {
    await serve(() => "silence");
    expect(await examineStateBucket(STATES, PATIENCE)).toMatchObject({
      status: "problem",
      message: "AWS did not answer s3:ListBucket in time, in 1 attempts",
    });
  });
});
