import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import type { AssumeRoleCommandInput } from "@aws-sdk/client-sts";
import type { Credentials, Judge } from "./judge-interface";
import { exampleProject, permitPermissionSet, startJudgeOf } from "./judged-project";

const HUB = "arn:aws:iam::555555555555:role/access/automation-hub";
const PEOPLE = "arn:aws:iam::222222222222:role/access/people-hub";
const DEPLOYER = "arn:aws:iam::777777777777:role/access/deployer";
const READER = "arn:aws:iam::777777777777:role/access/reader";
const BOT = "arn:aws:iam::555555555555:user/sys-automation";

describe("the judge", () => {
  let judge: Judge;
  let bot: Credentials;
  let engineer: Credentials;

  beforeAll(async () => {
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
    judge = await startJudgeOf(exampleProject());
    bot = judge.userKey(BOT);
    const arn = permitPermissionSet(judge, {
      account: "222222222222",
      name: "PlatformEngineer",
      roles: [PEOPLE],
    });
    engineer = judge.session(arn, "alice@example.com");
  });

  afterAll(async () => {
    expect(judge.problems).toEqual([]);
    await judge.stop();
  });

  afterEach(() => {
    judge.from("203.0.113.7");
  });

  const client = (credentials: Credentials): STSClient =>
    new STSClient({ endpoint: judge.url, region: "eu-central-1", credentials, maxAttempts: 1 });

  async function assume(
    by: Credentials,
    input: Partial<AssumeRoleCommandInput>,
  ): Promise<Credentials> {
    const answer = await client(by).send(
      new AssumeRoleCommand({ RoleArn: HUB, RoleSessionName: "test", ...input }),
    );
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = answer.Credentials ?? {};
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    };
  }

  const refusal = async (made: Promise<unknown>): Promise<string> => {
    const error = await made.then(
      () => new Error("granted"),
      (reason: unknown) => reason as Error,
    );
    return `${error.name}: ${error.message}`;
  };

  const notAuthorized = (by: string, action: string, role: string): string =>
    `AccessDenied: User: ${by} is not authorized to perform: sts:${action} on resource: ${role}`;

  test("a chain of the example is granted, and who has the session is told", async () => {
    const hub = await assume(bot, {});
    const spoke = await assume(hub, { RoleArn: DEPLOYER, ExternalId: "deploy-shop-prod" });
    expect(await client(spoke).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: "777777777777",
      Arn: "arn:aws:sts::777777777777:assumed-role/deployer/test",
    });
  });

  test("every single change is denied: external ID, address, role, permission", async () => {
    const hub = await assume(bot, {});
    const session = "arn:aws:sts::555555555555:assumed-role/automation-hub/test";
    const denied = notAuthorized(session, "AssumeRole", DEPLOYER);
    expect(await refusal(assume(hub, { RoleArn: DEPLOYER }))).toBe(denied);
    expect(await refusal(assume(hub, { RoleArn: DEPLOYER, ExternalId: "deploy-shop-test" }))).toBe(
      denied,
    );
    expect(await refusal(assume(hub, { RoleArn: READER }))).toBe(
      notAuthorized(session, "AssumeRole", READER),
    );
    const missing = `${DEPLOYER}s`;
    expect(await refusal(assume(hub, { RoleArn: missing }))).toBe(
      notAuthorized(session, "AssumeRole", missing),
    );
    const other = judge.userKey("arn:aws:iam::555555555555:user/other");
    expect(await refusal(assume(other, {}))).toBe(
      notAuthorized("arn:aws:iam::555555555555:user/other", "AssumeRole", HUB),
    );
    judge.from("198.51.100.1");
    expect(await refusal(assume(bot, {}))).toBe(notAuthorized(BOT, "AssumeRole", HUB));
  });

  test("a source identity stays with the chain, is asked for at every hop, and cannot be replaced", async () => {
    const arn =
      "arn:aws:sts::222222222222:assumed-role/AWSReservedSSO_PlatformEngineer_0123456789abcdef/alice@example.com";
    expect(await refusal(assume(engineer, { RoleArn: PEOPLE }))).toBe(
      notAuthorized(arn, "AssumeRole", PEOPLE),
    );
    expect(
      await refusal(assume(engineer, { RoleArn: PEOPLE, SourceIdentity: "alice@elsewhere.org" })),
    ).toBe(notAuthorized(arn, "AssumeRole", PEOPLE));
    const hub = await assume(engineer, { RoleArn: PEOPLE, SourceIdentity: "alice@example.com" });
    await assume(hub, { RoleArn: READER });
    await assume(hub, { RoleArn: READER, SourceIdentity: "alice@example.com" });
    expect(await refusal(assume(hub, { RoleArn: READER, SourceIdentity: "bob@example.com" }))).toBe(
      notAuthorized(
        "arn:aws:sts::222222222222:assumed-role/people-hub/test",
        "SetSourceIdentity",
        READER,
      ),
    );
  });

  test("durations are within 15 minutes, an hour of a chain and the role's own limit", async () => {
    expect(await refusal(assume(bot, { DurationSeconds: 899 }))).toMatch(
      /^ValidationError: 1 validation error detected/,
    );
    expect(await refusal(assume(bot, { DurationSeconds: 3601 }))).toBe(
      "ValidationError: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    );
    const hub = await assume(bot, {});
    const input = { RoleArn: DEPLOYER, ExternalId: "deploy-shop-prod", DurationSeconds: 7200 };
    expect(await refusal(assume(hub, input))).toMatch(
      /exceeds the 1 hour session limit for roles assumed by role chaining$/,
    );
    expect(await refusal(assume(bot, { RoleSessionName: "with blank" }))).toMatch(
      /^ValidationError/,
    );
    expect(await refusal(assume(bot, { ExternalId: "x" }))).toMatch(/^ValidationError/);
  });

  test("a session ends, a key must be known, its secret and its token belong together", async () => {
    const hub = await assume(bot, { DurationSeconds: 900 });
    const spoke = { RoleArn: DEPLOYER, ExternalId: "deploy-shop-prod" };
    await assume(hub, spoke);
    judge.turn(900);
    expect(await refusal(assume(hub, spoke))).toBe(
      "ExpiredToken: The security token included in the request is expired",
    );
    judge.turn(-900);
    expect(await refusal(assume({ ...hub, sessionToken: "other" }, spoke))).toMatch(
      /^InvalidClientTokenId/,
    );
    expect(await refusal(assume({ ...hub, secretAccessKey: "other" }, spoke))).toMatch(
      /^SignatureDoesNotMatch/,
    );
    expect(await refusal(assume({ ...hub, accessKeyId: "ASIAUNKNOWN" }, spoke))).toMatch(
      /^InvalidClientTokenId/,
    );
  });

  test("a pipeline's token is read by its claims", async () => {
    const token = (claims: object): string =>
      `e30.${Buffer.from(JSON.stringify({ iss: "https://token.actions.githubusercontent.com", aud: "sts.amazonaws.com", ...claims })).toString("base64url")}.x`;
    const enter = (claims: object): Promise<unknown> =>
      client(bot).send(
        new AssumeRoleWithWebIdentityCommand({
          RoleArn: HUB,
          RoleSessionName: "test",
          WebIdentityToken: token(claims),
        }),
      );
    const sub = "repo:example-org/platform:environment:production";
    await enter({ sub, ref: "refs/heads/main" });
    expect(await refusal(enter({ sub, ref: "refs/heads/other" }))).toBe(
      "AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity",
    );
    expect(await refusal(enter({ sub, ref: "refs/heads/main", exp: 1 }))).toMatch(
      /^ExpiredTokenException/,
    );
    expect(await refusal(enter({ iss: "https://elsewhere.example" }))).toMatch(
      /^InvalidIdentityToken/,
    );
  });

  test("objects are read with the permissions of the session, narrowed by its session policy", async () => {
    const arn = "arn:aws:iam::777777777777:role/access/reporting-orders";
    const read = async (Policy?: string): Promise<string> => {
      const collector = judge.session(
        "arn:aws:iam::121212121212:role/access/reporting-collector",
        "i-0123",
      );
      const orders = await assume(collector, {
        RoleArn: arn,
        ExternalId: "reporting-orders",
        ...(Policy === undefined ? {} : { Policy }),
      });
      const s3 = new S3Client({
        endpoint: judge.url,
        region: "eu-central-1",
        credentials: orders,
        forcePathStyle: true,
      });
      const input = { Bucket: "example-shop-orders", Key: "today.csv" };
      return s3.send(new GetObjectCommand(input)).then(
        () => "read",
        (error: unknown) => (error as Error).name,
      );
    };
    const narrow = (Action: string): string =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action, Resource: "*" }],
      });
    expect([
      await read(),
      await read(narrow("s3:GetObject")),
      await read(narrow("s3:PutObject")),
    ]).toEqual(["read", "read", "AccessDenied"]);
  });
});
