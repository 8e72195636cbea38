import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluatePolicy } from "../../lib/iam/condition/evaluate-policy";
import { requestContext } from "../../lib/iam/condition/request-context";
import type { PolicyDocument } from "../../lib/iam/policy-document";
import {
  bootstrapTemplate,
  stateBucketTemplate,
  templateText,
} from "../../lib/bootstrap/cloudformation-template";
import { bootstrapOf, stackOf } from "../support/plans/bootstrap-of";
import { hasMoto, startMoto, warnOfMissingMoto } from "../support/emulated-aws/moto";
import type { Moto } from "../support/emulated-aws/moto";

const hasAwsCli = spawnSync("aws", ["--version"]).status === 0;
const found = hasMoto() && hasAwsCli;
if (!hasMoto()) warnOfMissingMoto("templates of trustwheel bootstrap in CloudFormation");
else if (!hasAwsCli) console.warn("SKIPPED: templates of the bootstrap: aws is not on the PATH");

/** The templates are applied by CloudFormation, and what they made is asked for, not what was generated. */
(found ? describe : describe.skip)("templates of trustwheel bootstrap in CloudFormation", () => {
  const folder = mkdtempSync(join(tmpdir(), "trustwheel-e2e-bootstrap-"));
  const bootstrap = bootstrapOf();
  const shop = stackOf(bootstrap, "shop");
  /** The emulator's own account, in which the stack is made. */
  const ACCOUNT = "arn:aws:iam::123456789012";
  let moto: Moto;

  beforeAll(async () => {
    moto = await startMoto();
  }, 90_000);

  afterAll(async () => {
    await moto.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function aws(...args: readonly string[]): Promise<unknown> {
    const { code, output } = await new Promise<{ code: number | null; output: string }>(
      (resolve) => {
        const child = spawn("aws", [...args, "--output", "json"], {
          env: { ...process.env, ...moto.environment, HOME: folder },
        });
        let output = "";
        child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
        child.on("close", (code) => {
          resolve({ code, output });
        });
      },
    );
    if (code !== 0) throw new Error(output);
    return output.trim() === "" ? undefined : JSON.parse(output);
  }

  async function makeStack(name: string, text: string): Promise<void> {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, text);
    await aws(
      ...["cloudformation", "create-stack", "--stack-name", name],
      ...["--template-body", `file://${file}`, "--capabilities", "CAPABILITY_NAMED_IAM"],
    );
  }

  test("make the roles in whichever account they are applied", async () => {
    await makeStack("bootstrap", templateText(bootstrapTemplate(shop)));
    const { Role } = (await aws("iam", "get-role", "--role-name", "trustwheel-deployment")) as {
      Role: { Arn: string; AssumeRolePolicyDocument: PolicyDocument };
    };
    expect(Role.Arn).toBe(`${ACCOUNT}:role/trustwheel-deployment`);
    expect(Role.AssumeRolePolicyDocument).toEqual(shop.deploymentRole.trust);
  }, 60_000);

  test.each<[string, string, Readonly<Record<string, string>>, string]>([
    ["iam:CreateRole", "role/access/new", {}, "implicit-deny"],
    [
      "iam:CreateRole",
      "role/access/new",
      { "iam:PermissionsBoundary": `${ACCOUNT}:policy/access/guard` },
      "allow",
    ],
    ["iam:DeletePolicy", "policy/access/guard", {}, "explicit-deny"],
    ["iam:UpdateAssumeRolePolicy", "role/trustwheel-deployment", {}, "explicit-deny"],
  ])(
    "permit %s on %s only as planned",
    async (action, resource, keys, expected) => {
      const { PolicyDocument: text } = (await aws(
        ...["iam", "get-role-policy", "--role-name", "trustwheel-deployment"],
        ...["--policy-name", "trustwheel"],
      )) as { PolicyDocument: string };
      // The emulator keeps inline policies of a stack as Python writes them.
      const document = JSON.parse(text.replaceAll("'", '"')) as PolicyDocument;
      const { decision } = evaluatePolicy("identity", document, {
        caller: {
          kind: "role-session",
          roleArn: `${ACCOUNT}:role/trustwheel-deployment`,
          sessionName: "trustwheel",
        },
        action,
        resource: `${ACCOUNT}:${resource}`,
        context: requestContext(keys),
      });
      expect(decision).toBe(expected);
    },
    30_000,
  );

  test("make the boundary, in the account", async () => {
    const { PolicyVersion } = (await aws(
      ...["iam", "get-policy-version", "--version-id", "v1"],
      ...["--policy-arn", `${ACCOUNT}:policy/access/guard`],
    )) as { PolicyVersion: { Document: PolicyDocument } };
    expect(PolicyVersion.Document.Statement[0]?.Condition).toEqual({
      StringEquals: { "aws:ResourceAccount": "123456789012" },
    });
  }, 30_000);

  test("make the bucket, encrypted", async () => {
    const { stateBucket } = bootstrap;
    if (stateBucket === undefined) throw new Error("there is no bucket");
    await makeStack("states", templateText(stateBucketTemplate(stateBucket)));
    const bucket = ["--bucket", "example-org-states"];
    // The emulator reads no more of a bucket's properties than this one.
    expect(await aws("s3api", "get-bucket-encryption", ...bucket)).toMatchObject({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
    });
  }, 60_000);
});
