import {
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { policyText } from "../../lib/iam/policy-text";
import { bootstrapOf, boundedMap, stackOf } from "../support/plans/bootstrap-of";
import { hasMoto, startMoto, warnOfMissingMoto } from "../support/emulated-aws/moto";
import type { Moto } from "../support/emulated-aws/moto";
import { ROOT } from "../support/project";

const found = hasMoto();
if (!found) warnOfMissingMoto("trustwheel doctor against IAM, STS and S3");

/** The boundary as a document of the project: it lets the pipeline go on to the accounts. */
const GUARD = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      NotAction: ["iam:*", "organizations:*", "sts:AssumeRole"],
      Resource: "*",
    },
    {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Resource: "*",
      Condition: { StringEquals: { "aws:ResourceOrgID": "o-exampleorg1" } },
    },
  ],
} as const;

/** What `trustwheel bootstrap` plans is made, piece by piece, and doctor follows. */
(found ? describe : describe.skip)("trustwheel doctor against IAM, STS and S3", () => {
  const folder = mkdtempSync(join(tmpdir(), "trustwheel-e2e-doctor-"));
  const documents = new Map([["guard", GUARD]]);
  const bootstrap = bootstrapOf(boundedMap(), { documents });
  const credentials = { accessKeyId: "testing", secretAccessKey: "testing" };
  let moto: Moto;
  let s3: S3Client;

  beforeAll(async () => {
    moto = await startMoto();
    s3 = new S3Client({
      endpoint: moto.url,
      region: "eu-west-1",
      credentials,
      forcePathStyle: true,
    });
    mkdirSync(join(folder, "policies"));
    writeFileSync(join(folder, "accounts.yaml"), JSON.stringify(boundedMap()));
    writeFileSync(join(folder, "policies", "guard.json"), JSON.stringify(GUARD));
  }, 90_000);

  afterAll(async () => {
    await moto.stop();
    s3.destroy();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Outcome {
    readonly code: number | null;
    readonly output: string;
  }

  function doctor(...args: readonly string[]): Promise<Outcome> {
    return new Promise((resolve) => {
      const child = spawn("node", [join(ROOT, "cli", "trustwheel.js"), "doctor", ...args], {
        cwd: folder,
        env: { ...process.env, ...moto.environment, HOME: folder },
      });
      let output = "";
      child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.on("close", (code) => {
        resolve({ code, output });
      });
    });
  }

  /** A client that works in an account. */
  async function clientIn(accountId: string): Promise<IAMClient> {
    const sts = new STSClient({ endpoint: moto.url, region: "us-east-1", credentials });
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${accountId}:role/administrator`,
        RoleSessionName: "set-up",
      }),
    );
    sts.destroy();
    return new IAMClient({
      endpoint: moto.url,
      region: "us-east-1",
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? "",
        secretAccessKey: Credentials?.SecretAccessKey ?? "",
        sessionToken: Credentials?.SessionToken ?? "",
      },
    });
  }

  test("tells of empty accounts what is missing in each", async () => {
    const { code, output } = await doctor();
    expect(code).toBe(1);
    expect(output).toContain("the bucket example-org-states is missing");
    expect(output).toContain(
      "the permissions boundary arn:aws:iam::333333333333:policy/access/guard is missing",
    );
    expect(output).toContain(
      "the identity provider arn:aws:iam::222222222222:oidc-provider/token.actions.githubusercontent.com is missing",
    );
    expect(output).toContain("$ npx trustwheel bootstrap --account tools");
  }, 60_000);

  test("has nothing to say once the bootstrap is there", async () => {
    for (const {
      account,
      boundaries,
      oidcProviders,
      deploymentRole,
      planRole,
    } of bootstrap.stacks) {
      const client = await clientIn(account.id);
      for (const { name, path, document } of boundaries) {
        await client.send(
          new CreatePolicyCommand({
            PolicyName: name,
            Path: path,
            PolicyDocument: policyText(document),
          }),
        );
      }
      for (const { url, audiences } of oidcProviders) {
        await client.send(
          new CreateOpenIDConnectProviderCommand({ Url: url, ClientIDList: [...audiences] }),
        );
      }
      for (const { name, path, trust } of [deploymentRole, planRole]) {
        await client.send(
          new CreateRoleCommand({
            RoleName: name,
            Path: path,
            AssumeRolePolicyDocument: policyText(trust),
          }),
        );
      }
      client.destroy();
    }
    await s3.send(new CreateBucketCommand({ Bucket: "example-org-states" }));
    const unversioned = await doctor();
    expect(unversioned.code).toBe(1);
    expect(unversioned.output).toContain("example-org-states keeps no versions");
    await s3.send(
      new PutBucketVersioningCommand({
        Bucket: "example-org-states",
        VersioningConfiguration: { Status: "Enabled" },
      }),
    );
    const { code, output } = await doctor();
    expect(output).toMatch(/4 accounts ready\n$/);
    expect(code).toBe(0);
    expect((await doctor("--role", "plan")).code).toBe(0);
  }, 120_000);

  test("sees a boundary that was deleted, and a name that was taken", async () => {
    const shop = stackOf(bootstrap, "shop");
    const client = await clientIn(shop.account.id);
    await client.send(
      new DeletePolicyCommand({ PolicyArn: "arn:aws:iam::333333333333:policy/access/guard" }),
    );
    await client.send(
      new CreateRoleCommand({
        RoleName: "auditor",
        Path: "/old/",
        AssumeRolePolicyDocument: policyText(shop.planRole.trust),
      }),
    );
    client.destroy();
    const { code, output } = await doctor("--account", "shop");
    expect(code).toBe(1);
    expect(output).toContain("policy/access/guard is missing");
    expect(output).toContain(
      "the name auditor is taken by arn:aws:iam::333333333333:role/old/auditor",
    );
    expect(output).toContain("1 of 1 account not ready");
  }, 60_000);
});
