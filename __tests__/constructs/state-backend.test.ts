import { synthesizeMap } from "../support/project";

function terraformOf(state?: string): Readonly<Record<string, unknown>> {
  const map = `
version: 1
accounts:
  shop-prod: { id: "012345678901" }
${state === undefined ? "" : `state: ${state}`}
`;
  return synthesizeMap(map).stack("shop-prod").terraform;
}

describe("the state of an account, keyed by its id and never by a name", () => {
  test("lies in local files by default, in a folder relative to the stack's", () => {
    expect(terraformOf().backend).toEqual({
      local: { path: "../../../state/012345678901.tfstate" },
    });
  });

  test("lies in another folder where the map says so", () => {
    expect(terraformOf("{ local: { folder: var/terraform } }").backend).toEqual({
      local: { path: "../../../var/terraform/012345678901.tfstate" },
    });
  });

  test("lies in S3, encrypted and locked by S3 itself, without a role", () => {
    expect(terraformOf("{ s3: { bucket: example-state, region: eu-central-1 } }").backend).toEqual({
      s3: {
        bucket: "example-state",
        key: "trustwheel/012345678901/terraform.tfstate",
        region: "eu-central-1",
        encrypt: true,
        use_lockfile: true,
      },
    });
  });

  test("lies in S3 under a prefix and a key of KMS", () => {
    const kmsKey = "arn:aws:kms:eu-central-1:111111111111:key/1234";
    const state = `{ s3: { bucket: example-state, region: eu-central-1, prefix: org/access, kmsKey: "${kmsKey}" } }`;
    expect(terraformOf(state).backend).toEqual({
      s3: {
        bucket: "example-state",
        key: "org/access/012345678901/terraform.tfstate",
        region: "eu-central-1",
        encrypt: true,
        use_lockfile: true,
        kms_key_id: kmsKey,
      },
    });
  });

  test("lies in a workspace of HCP Terraform", () => {
    const terraform = terraformOf("{ hcp: { organization: example-org } }");
    expect(terraform.cloud).toEqual({
      hostname: "app.terraform.io",
      organization: "example-org",
      workspaces: { name: "trustwheel-012345678901" },
    });
    expect(terraform.backend).toBeUndefined();
  });

  test("lies in a workspace of a project, on another host, under another prefix", () => {
    const state =
      "{ hcp: { organization: example-org, hostname: tf.example.com, workspacePrefix: access-, project: iam } }";
    expect(terraformOf(state).cloud).toEqual({
      hostname: "tf.example.com",
      organization: "example-org",
      workspaces: { name: "access-012345678901", project: "iam" },
    });
  });
});
