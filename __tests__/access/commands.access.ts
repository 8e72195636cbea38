import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describeWithClients } from "../support/access/aws-clients";
import { AccessHome } from "../support/access/access-home";
import type { Credentials, Judge } from "../support/judge/judge-interface";
import { exampleProject, permitPermissionSet, startJudgeOf } from "../support/judge/judged-project";

const BOT = "arn:aws:iam::555555555555:user/sys-automation";
const HUB = "arn:aws:iam::555555555555:role/access/automation-hub";
const PEOPLE = "arn:aws:iam::222222222222:role/access/people-hub";
const AWSCLI = ["aws", "sts", "get-caller-identity", "--query", "Arn", "--output", "text"];
const BOTO3 = (profile: string): string[] => [
  "python3",
  "-c",
  `import boto3; print(boto3.Session(profile_name='${profile}').client('sts').get_caller_identity()['Arn'])`,
];
const JAVASCRIPT = [
  process.execPath,
  "-e",
  `const { STSClient, GetCallerIdentityCommand } = require(${JSON.stringify(require.resolve("@aws-sdk/client-sts"))}); new STSClient({}).send(new GetCallerIdentityCommand({})).then(({ Arn }) => console.log(Arn));`,
];

describeWithClients("the commands about access", () => {
  let judge: Judge;
  let home: AccessHome;
  let bot: Credentials;
  let alice: Credentials;

  beforeAll(async () => {
    const project = exampleProject();
    judge = await startJudgeOf(project);
    home = new AccessHome(judge, project);
    bot = judge.userKey(BOT);
    const engineer = permitPermissionSet(judge, {
      account: "222222222222",
      name: "PlatformEngineer",
      roles: [PEOPLE],
    });
    alice = judge.session(engineer, "alice@example.com");
    const keys = ({ accessKeyId, secretAccessKey, sessionToken }: Credentials): string =>
      `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n${sessionToken === undefined ? "" : `aws_session_token = ${sessionToken}\n`}`;
    home.write(".aws/credentials", `[bot]\n${keys(bot)}\n[sso]\n${keys(alice)}`);
    home.write(
      "trustwheel",
      `#!/bin/sh\nexec ${process.execPath} ${join(__dirname, "../../client/trustwheel.js")} "$@"\n`,
    );
    await home.program(["chmod", "755", join(home.folder, "trustwheel")], {
      PATH: process.env.PATH ?? "",
    });
  });

  afterAll(async () => {
    home.remove();
    await judge.stop();
    expect(judge.problems).toEqual([]);
  });

  afterEach(() => {
    judge.from("203.0.113.7");
  });

  const withPath = (env: Record<string, string>): Record<string, string> => ({
    ...env,
    PATH: `${home.folder}:${env.PATH ?? ""}`,
  });

  describe("profiles", () => {
    test("that are plain for a machine, with every external ID, work in every client", async () => {
      const env = withPath(home.environment());
      expect(await home.client(["profiles", "--from", "bot", "--write"], env)).toMatchObject({
        code: 0,
        stderr: "",
      });
      const config = readFileSync(join(home.folder, ".aws/config"), "utf8");
      expect(config).toContain(
        "\n[profile deployer.shop-prod]\nrole_arn = arn:aws:iam::777777777777:role/access/deployer\nsource_profile = automation-hub.shared-services\nrole_session_name = sys-automation\nexternal_id = deploy-shop-prod\nduration_seconds = 3600\nregion = eu-central-1\n",
      );
      const arn = "arn:aws:sts::777777777777:assumed-role/deployer/sys-automation\n";
      const profile = "deployer.shop-prod";
      expect(await home.program([...AWSCLI, "--profile", profile], env)).toMatchObject({
        code: 0,
        stdout: arn,
      });
      expect(await home.program(BOTO3(profile), env)).toMatchObject({ code: 0, stdout: arn });
      expect(await home.program(JAVASCRIPT, { ...env, AWS_PROFILE: profile })).toMatchObject({
        code: 0,
        stdout: arn,
      });
      expect(await home.client(["profiles", "--from", "bot", "--check"], env)).toMatchObject({
        code: 0,
        stdout: `${home.folder}/.aws/config is in order\n`,
      });
    });

    test("that ask for credentials where a hop needs a source identity work in every client", async () => {
      const env = withPath(home.environment());
      expect(await home.client(["profiles", "--from", "sso", "--write"], env)).toMatchObject({
        code: 0,
      });
      expect(readFileSync(join(home.folder, ".aws/config"), "utf8")).toContain(
        `\n[profile reader.shop-prod]\n# people-hub@identity needs a source identity, which no profile can say\ncredential_process = trustwheel credentials reader@shop-prod --format process --from sso --via people-hub@identity --index ${home.index}\nregion = eu-central-1\n`,
      );
      const arn = "arn:aws:sts::777777777777:assumed-role/reader/alice@example.com\n";
      const profile = "reader.shop-prod";
      expect(await home.program([...AWSCLI, "--profile", profile], env)).toMatchObject({
        code: 0,
        stdout: arn,
      });
      expect(await home.program(BOTO3(profile), env)).toMatchObject({ code: 0, stdout: arn });
      expect(await home.program(JAVASCRIPT, { ...env, AWS_PROFILE: profile })).toMatchObject({
        code: 0,
        stdout: arn,
      });
      expect((await home.client(["profiles", "--from", "bot", "--check"], env)).code).toBe(1);
    });
  });

  describe("what is denied, and the reason that why gives", () => {
    test("an address", async () => {
      judge.from("198.51.100.1");
      const env = { ...home.environment(bot), XDG_CACHE_HOME: join(home.folder, "other") };
      const denied = await home.client(["exec", "deployer@shop-prod", "--", "true"], env);
      expect(denied).toMatchObject({ code: 125, stdout: "" });
      expect(denied.stderr).toContain("denied: automation-hub@shared-services");
      expect(denied.stderr).toContain(
        "trust policy, statement DeployBot: aws:SourceIp must be 203.0.113.0/24; AWS sees the address",
      );
      expect(
        await home.client(
          ["why", "deployer@shop-prod", "--caller", BOT, "--ip", "198.51.100.1"],
          env,
        ),
      ).toEqual({
        code: 1,
        signal: null,
        stdout:
          "denied: automation-hub@shared-services\n  trust policy, statement DeployBot: aws:SourceIp must be 203.0.113.0/24, got 198.51.100.1\n  help: arn:aws:iam::555555555555:user/sys-automation cannot assume it; have the map changed\n",
        stderr: "",
      });
    });

    test("an external ID, asked with the map's and with another", async () => {
      const env = home.environment(bot);
      const wrong = await home.client(
        ["exec", "deployer@shop-prod", "--external-id", "deploy-shop-test", "--", "true"],
        env,
      );
      const reason =
        "  trust policy, statement HubAutomation: sts:ExternalId must be deploy-shop-prod, got deploy-shop-test\n";
      expect(wrong).toMatchObject({ code: 125, stdout: "" });
      expect(wrong.stderr).toContain(reason);
      const why = await home.client(
        ["why", "deployer@shop-prod", "--external-id", "deploy-shop-test"],
        env,
      );
      expect(why.stdout).toContain(reason);
    });

    test("an identity", async () => {
      const env = home.environment(alice);
      const denied = await home.client(
        ["exec", "reader@shop-prod", "--as", "alice@elsewhere.test", "--", "true"],
        env,
      );
      expect(denied).toMatchObject({ code: 125 });
      expect(denied.stderr).toContain(
        "trust policy, statement EngineersSourceIdentity: sts:SourceIdentity must be *@example.com, got alice@elsewhere.test",
      );
    });

    test("a permission set", async () => {
      const other = permitPermissionSet(judge, {
        account: "222222222222",
        name: "Billing",
        roles: [PEOPLE],
      });
      const env = home.environment(judge.session(other, "alice@example.com"));
      const denied = await home.client(["exec", "reader@shop-prod", "--", "true"], env);
      expect(denied).toMatchObject({ code: 125 });
      expect(denied.stderr).toContain(
        "no path leads from arn:aws:sts::222222222222:assumed-role/AWSReservedSSO_Billing_0123456789abcdef/alice@example.com",
      );
      expect(denied.stderr).toContain(
        "it can be assumed by the permission set PlatformEngineer in 222222222222; the permission set SecurityAudit in 222222222222",
      );
    });

    test("a session that has expired", async () => {
      const short = judge.session(HUB, "gone", { seconds: -1 });
      const denied = await home.client(
        ["exec", "deployer@shop-prod", "--", "true"],
        home.environment(short),
      );
      expect(denied).toMatchObject({ code: 125 });
      expect(denied.stderr).toContain("the credentials have expired");
    });

    test("AWS's own message, of the AWS CLI, is taken from standard input", async () => {
      const hub = judge.session(HUB, "someone");
      const cli = await home.program(
        [
          "aws",
          "sts",
          "assume-role",
          "--role-arn",
          "arn:aws:iam::777777777777:role/access/reader",
          "--role-session-name",
          "me",
        ],
        home.environment(hub),
      );
      expect(cli.code).not.toBe(0);
      const why = await home.client(["why", "--error", "-"], home.environment(), cli.stderr);
      expect(why).toMatchObject({ code: 1, stderr: "" });
      expect(why.stdout).toContain(
        "denied: reader@shop-prod\n  account map: no path leads from arn:aws:sts::555555555555:assumed-role/automation-hub/someone",
      );
    });
  });

  test("a hub and a spoke without a map are entered by options and by variables; an empty external ID is none", async () => {
    const env = {
      ...home.environment(bot),
      TRUSTWHEEL_INDEX: "",
      ASSUME_ROLE_SESSION_STRING: "me@example.com",
      ASSUME_ROLE_EXTERNAL_ID: "",
    };
    const options = [
      "--hub-account",
      "555555555555",
      "--hub-role",
      "access/automation-hub",
      "--spoke-role",
      "access/monitor",
    ];
    expect(
      await home.client(
        ["exec", ...options, "--spoke-account", "888888888888", "--", ...AWSCLI],
        env,
      ),
    ).toEqual({
      code: 0,
      signal: null,
      stdout: "arn:aws:sts::888888888888:assumed-role/monitor/me@example.com\n",
      stderr: "",
    });
    const variables = {
      ...env,
      ASSUME_ROLE_HUB_ACCOUNT: "555555555555",
      ASSUME_ROLE_HUB_ROLE: "access/automation-hub",
      ASSUME_ROLE_SPOKE_ACCOUNT: "777777777777",
      ASSUME_ROLE_SPOKE_ROLE: "access/deployer",
      ASSUME_ROLE_EXTERNAL_ID: "deploy-shop-prod",
    };
    expect(await home.client(["exec", "--", "sh", "-c", "exit 7"], variables)).toMatchObject({
      code: 7,
      stderr: "",
    });
  });

  test("a pipeline's token is exchanged for the hub, and the chain goes on from there", async () => {
    const claims = {
      iss: "https://token.actions.githubusercontent.com",
      aud: "sts.amazonaws.com",
      sub: "repo:example-org/platform:environment:production",
      ref: "refs/heads/main",
    };
    const token = home.write(
      "token",
      `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.x`,
    );
    const env = { ...home.environment(), AWS_WEB_IDENTITY_TOKEN_FILE: token };
    expect(await home.client(["exec", "deployer@shop-prod", "--", ...AWSCLI], env)).toMatchObject({
      code: 0,
      stdout:
        "arn:aws:sts::777777777777:assumed-role/deployer/repo-example-org-platform-environment-production\n",
    });
  });

  describe("the command of exec", () => {
    test("is isolated from the user's own files and variables, and keeps what is no credential", async () => {
      home.write(
        ".aws/config",
        "[default]\nca_bundle = /etc/bundle.pem\nretry_mode = adaptive\nrole_arn = x\n[profile other]\noutput = yaml\n",
      );
      const env = {
        ...home.environment(bot),
        AWS_CA_BUNDLE: "/x.pem",
        AWS_PROFILE: "",
        AWS_SECURITY_TOKEN: "old",
        AWS_USE_FIPS_ENDPOINT: "false",
      };
      const { stdout } = await home.client(
        [
          "exec",
          "deployer@shop-prod",
          "--",
          "sh",
          "-c",
          "env; cat $AWS_CONFIG_FILE $AWS_SHARED_CREDENTIALS_FILE",
        ],
        env,
      );
      const lines = stdout
        .split("\n")
        .filter((line) => /^(?:AWS_|ca_|retry|role|\[)/.test(line))
        .map((line) =>
          line
            .replace(/=(?:http:\/\/127.0.0.1:\d+|\/\S*\/isolated)/, "=…")
            .replace(/(TOKEN)=.*/, "$1=…"),
        );
      expect(lines.sort()).toEqual([
        "AWS_ACCOUNT_ID=777777777777",
        "AWS_CA_BUNDLE=/x.pem",
        "AWS_CONFIG_FILE=…/config-" + (/config-(\w+)/.exec(stdout)?.[1] ?? ""),
        "AWS_CONTAINER_AUTHORIZATION_TOKEN=…",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI=…/credentials",
        "AWS_DEFAULT_REGION=eu-central-1",
        "AWS_EC2_METADATA_DISABLED=true",
        "AWS_ENDPOINT_URL=…",
        "AWS_REGION=eu-central-1",
        "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true",
        "AWS_SDK_LOAD_CONFIG=1",
        "AWS_SHARED_CREDENTIALS_FILE=…/credentials",
        "AWS_USE_FIPS_ENDPOINT=false",
        "[default]",
        "ca_bundle = /etc/bundle.pem",
        "retry_mode = adaptive",
      ]);
    });

    test("has the standard streams, the exit code and the signals", async () => {
      const env = home.environment(bot);
      const words = ["exec", "deployer@shop-prod", "--"];
      expect(
        await home.client([...words, "sh", "-c", "cat; echo no >&2; exit 3"], env, "through"),
      ).toEqual({ code: 3, signal: null, stdout: "through", stderr: "no\n" });
      expect(await home.client([...words, "sh", "-c", "kill -TERM $$"], env)).toMatchObject({
        code: 143,
      });
      expect(await home.client([...words, "no-such-command"], env)).toEqual({
        code: 127,
        signal: null,
        stdout: "",
        stderr: "trustwheel: no-such-command: there is no such command\n",
      });
      expect(await home.client([...words, home.write("plain", "text")], env)).toMatchObject({
        code: 126,
      });
    });

    test("ends when its parent is killed, in whatever way", async () => {
      const env = home.environment(bot);
      const pidFile = join(home.folder, "pid");
      const script = `${process.execPath} ${join(__dirname, "../../client/trustwheel.js")} exec deployer@shop-prod -- sh -c 'echo $$ > ${pidFile}; exec sleep 60' & parent=$!; while [ ! -s ${pidFile} ]; do sleep 0.05; done; sleep 0.3; kill -KILL $parent; child=$(cat ${pidFile}); for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do kill -0 $child 2>/dev/null || exit 0; sleep 0.2; done; exit 1`;
      expect(await home.program(["sh", "-c", script], env)).toMatchObject({ code: 0 });
    });
  });

  test("a database password is made as the role that may connect", async () => {
    const instance = judge.session(
      "arn:aws:iam::121212121212:role/access/reporting-instance",
      "i-0123456789",
    );
    const words = [
      "aws",
      "rds",
      "generate-db-auth-token",
      "--hostname",
      "db.example.test",
      "--port",
      "5432",
      "--username",
      "reporting",
    ];
    const { code, stdout } = await home.client(
      ["exec", "reporting-collector@data-prod", "--", ...words],
      home.environment(instance),
    );
    expect(code).toBe(0);
    const key = /X-Amz-Credential=(ASIA\w+)/.exec(stdout)?.[1];
    const mine = await home.client(
      ["credentials", "reporting-collector@data-prod"],
      home.environment(instance),
    );
    expect(key).toBe((JSON.parse(mine.stdout) as { AccessKeyId: string }).AccessKeyId);
  });

  test("run writes output by account, tells denied from failed, and takes up what was not done", async () => {
    const env = home.environment(bot);
    const out = join(home.folder, "out");
    judge.instead("arn:aws:iam::888888888888:role/access/deployer", [
      "break",
      "break",
      "break",
      "break",
      "break",
      "break",
    ]);
    const words = [
      "run",
      "deployer",
      "--units",
      "/Workloads/**",
      "--except",
      "data-prod,data-test",
      "--output",
      out,
      "--parallel",
      "2",
    ];
    const first = await home.client(
      [...words, "--", "sh", "-c", "echo {account.id}; [ {account.key} != payments-prod ]"],
      { ...env, AWS_MAX_ATTEMPTS: "2" },
    );
    expect(first).toMatchObject({ code: 1 });
    expect(first.stdout).toBe(
      [
        "  payments-prod  999999999999  failed       exit code 1",
        "  shop-test      888888888888  error        deployer@shop-test cannot be assumed: ServiceUnavailable: The request has failed due to a temporary failure of the server.",
        "2 done, 1 failed, 1 error",
        "",
      ].join("\n"),
    );
    expect(readFileSync(join(out, "shop-prod/stdout"), "utf8")).toBe("777777777777\n");
    expect(existsSync(join(out, "shop-test/stdout"))).toBe(false);
    judge.instead("arn:aws:iam::888888888888:role/access/deployer", []);
    const again = await home.client(["run", "--retry", out, "--", "true"], env);
    expect(again).toMatchObject({ code: 0, stdout: "4 done\n" });
    const summary = JSON.parse(readFileSync(join(out, "summary.json"), "utf8")) as {
      results: { status: string }[];
    };
    expect(summary.results.map(({ status }) => status)).toEqual(["done", "done", "done", "done"]);
  });
});
