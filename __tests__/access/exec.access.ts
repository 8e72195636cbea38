import { describeWithClients } from "../support/access/aws-clients";
import { AccessHome } from "../support/access/access-home";
import type { Credentials, Judge } from "../support/judge/judge-interface";
import { exampleProject, permitPermissionSet, startJudgeOf } from "../support/judge/judged-project";

const BOT = "arn:aws:iam::555555555555:user/sys-automation";
const PEOPLE = "arn:aws:iam::222222222222:role/access/people-hub";

const PYTHON = "import boto3; print(boto3.client('sts').get_caller_identity()['Arn'])";
const JAVASCRIPT = `const { STSClient, GetCallerIdentityCommand } = require(${JSON.stringify(require.resolve("@aws-sdk/client-sts"))}); new STSClient({}).send(new GetCallerIdentityCommand({})).then(({ Arn }) => console.log(Arn));`;
const AWSCLI = ["aws", "sts", "get-caller-identity", "--query", "Arn", "--output", "text"];

/** Real clients, each telling whose credentials it has. */
const CLIENTS: Readonly<Record<string, readonly string[]>> = {
  awscli: AWSCLI,
  boto3: ["python3", "-c", PYTHON],
  javascript: [process.execPath, "-e", JAVASCRIPT],
};

describeWithClients("exec with real clients", () => {
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
  });

  afterAll(async () => {
    home.remove();
    await judge.stop();
    expect(judge.problems).toEqual([]);
  });

  const chains: Readonly<
    Record<string, readonly [role: string, who: () => Credentials, arn: string]>
  > = {
    "a machine's": [
      "deployer@shop-prod",
      () => bot,
      "arn:aws:sts::777777777777:assumed-role/deployer/sys-automation",
    ],
    "a person's, with source identity": [
      "reader@shop-prod",
      () => alice,
      "arn:aws:sts::777777777777:assumed-role/reader/alice@example.com",
    ],
    "an instance's": [
      "reporting-orders@shop-prod",
      () =>
        judge.session("arn:aws:iam::121212121212:role/access/reporting-instance", "i-0123456789"),
      "arn:aws:sts::777777777777:assumed-role/reporting-orders/i-0123456789",
    ],
  };

  describe.each(Object.entries(chains))("through %s chain", (_, [role, who, arn]) => {
    test.each(Object.entries(CLIENTS))("%s", async (_name, words) => {
      const env = home.environment(who());
      expect(await home.client(["exec", role, "--", ...words], env)).toEqual({
        code: 0,
        signal: null,
        stdout: `${arn}\n`,
        stderr: "",
      });
      expect(await home.client(["exec", role, "--env", "--", ...words], env)).toMatchObject({
        code: 0,
        stdout: `${arn}\n`,
      });
    });
  });
});
