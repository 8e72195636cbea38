import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { policy, trust } from "../support/policies/iam-answers";
import { hasMoto, startMoto, warnOfMissingMoto } from "../support/emulated-aws/moto";
import type { Moto } from "../support/emulated-aws/moto";
import { ROOT } from "../support/project";

const found = hasMoto();
if (!found) warnOfMissingMoto("trustwheel adopt against IAM");

const TOOLS = "123456789012";
const SHOP = "222222222222";
const MAIL = "333333333333";
const MAP = `organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "${TOOLS}" }
  shop: { id: "${SHOP}" }
  mail: { id: "${MAIL}" }
`;

/** Roles that were made by hand in three accounts, read through a role in each. */
(found ? describe : describe.skip)("trustwheel adopt against IAM", () => {
  const folder = mkdtempSync(join(tmpdir(), "trustwheel-e2e-adopt-"));
  let moto: Moto;

  beforeAll(async () => {
    moto = await startMoto();
    writeFileSync(join(folder, "accounts.yaml"), MAP);
    const target = (id: string): string => `arn:aws:iam::${id}:role/target`;
    await make(TOOLS, "deployer", trust({ Service: "codebuild.amazonaws.com" }), {
      hop: policy({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: [target(SHOP), target(MAIL)],
      }),
    });
    const hub = `arn:aws:iam::${TOOLS}:role/deployer`;
    for (const account of [SHOP, MAIL]) {
      const iam = await make(account, "target", trust({ AWS: hub }), {
        read: policy({ Effect: "Allow", Action: "s3:GetBucketLocation", Resource: "*" }),
      });
      const { Policy } = await iam.send(
        new CreatePolicyCommand({
          PolicyName: "extra",
          PolicyDocument: JSON.stringify(
            policy({ Effect: "Allow", Action: "sqs:ListQueues", Resource: "*" }),
          ),
        }),
      );
      await iam.send(
        new AttachRolePolicyCommand({ RoleName: "target", PolicyArn: Policy?.Arn ?? "" }),
      );
    }
    const iam = await make(SHOP, "instance", trust({ Service: "ec2.amazonaws.com" }), {
      go: policy({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: `arn:aws:iam::${MAIL}:role/orders`,
      }),
    });
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: "instance" }));
    await iam.send(
      new AddRoleToInstanceProfileCommand({
        InstanceProfileName: "instance",
        RoleName: "instance",
      }),
    );
    await make(MAIL, "orders", trust({ AWS: `arn:aws:iam::${SHOP}:role/instance` }), {});
    await make(MAIL, "open", trust({ AWS: "*" }), {});
  }, 90_000);

  afterAll(async () => {
    await moto.stop();
    rmSync(folder, { recursive: true });
  });

  test("the map says what exists, and import blocks name it", () => {
    const { status, stdout, stderr } = run("adopt", "--live", "--role", "Reader", "--yes");
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toContain("proved");
    expect(stdout).toContain(`Not adopted\n  x arn:aws:iam::${MAIL}:role/open\n`);
    const map = readFileSync(join(folder, "accounts.yaml"), "utf8");
    expect(map.slice(0, MAP.length)).toBe(MAP);
    expect(map).toContain("    trustMode: roleArn\n");
    expect(map).toContain("  instance:\n    start:\n      instanceProfile:");
    expect(readFileSync(join(folder, "imports", `${SHOP}.tf`), "utf8")).toContain(
      `  id = "target/arn:aws:iam::${SHOP}:policy/extra"\n`,
    );
  }, 60_000);

  test("a second time there is nothing left", () => {
    const { status, stdout } = run(
      "adopt",
      "--live",
      "--role",
      "Reader",
      "--only",
      "target",
      "--yes",
    );
    expect(status).toBe(0);
    expect(stdout).toContain("nothing to write\n");
  }, 60_000);

  test("an API that does not answer is told, and nothing is written", () => {
    const before = readFileSync(join(folder, "accounts.yaml"), "utf8");
    const { status, stderr } = run.call(
      { AWS_ENDPOINT_URL: "http://127.0.0.1:9" },
      "adopt",
      "--live",
    );
    expect(status).toBe(2);
    expect(stderr).toContain("AWS cannot be reached");
    expect(readFileSync(join(folder, "accounts.yaml"), "utf8")).toBe(before);
    expect(existsSync(join(folder, ".trustwheel", "accounts.yaml.lock"))).toBe(false);
  }, 60_000);

  function run(
    this: unknown,
    ...args: readonly string[]
  ): ReturnType<typeof spawnSync> & {
    stdout: string;
    stderr: string;
  } {
    return spawnSync(process.execPath, [join(ROOT, "cli/trustwheel.js"), ...args], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, ...moto.environment, AWS_MAX_ATTEMPTS: "2", ...(this as object) },
    });
  }

  async function make(
    account: string,
    name: string,
    trusted: object,
    inline: Readonly<Record<string, object>>,
  ): Promise<IAMClient> {
    const settings = { endpoint: moto.url, region: "us-east-1" };
    const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
    const sts = new STSClient({ ...settings, credentials });
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${account}:role/Setup`,
        RoleSessionName: "setup",
      }),
    );
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
    const iam = new IAMClient({
      ...settings,
      credentials: {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
      },
    });
    await iam.send(
      new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trusted) }),
    );
    for (const [PolicyName, document] of Object.entries(inline)) {
      await iam.send(
        new PutRolePolicyCommand({
          RoleName: name,
          PolicyName,
          PolicyDocument: JSON.stringify(document),
        }),
      );
    }
    return iam;
  }
});
