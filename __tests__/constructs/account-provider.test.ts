import { synthesizeMap } from "../support/project";
import type { ParsedStack } from "../support/project";

function stackOf(account: string, more = ""): ParsedStack {
  return synthesizeMap(`
version: 1
${more}
accounts:
  tools: { id: "111111111111" }
  app: ${account}
`).stack("app");
}

const VARIABLE = "${var.deployment_role_arn}";

describe("the provider of an account", () => {
  test("is the only one, works in the account's region and nowhere but in the account", () => {
    const { provider } = stackOf(
      '{ id: "222222222222", region: eu-west-1 }',
      "tags: { owner: platform }",
    );
    expect(provider).toEqual({
      aws: [
        {
          region: "eu-west-1",
          allowed_account_ids: ["222222222222"],
          assume_role: [{ role_arn: VARIABLE, session_name: "trustwheel" }],
          default_tags: [{ tags: { owner: "platform" } }],
        },
      ],
    });
  });

  test("assumes a role that is an ephemeral variable, the account's deployment role by default", () => {
    expect(stackOf('{ id: "222222222222" }').variable).toEqual({
      deployment_role_arn: {
        type: "string",
        description: "Role that Terraform assumes in this account",
        default: "arn:aws:iam::222222222222:role/OrganizationAccountAccessRole",
        ephemeral: true,
        nullable: false,
      },
    });
  });

  test("takes another role with its path and external id", () => {
    const role = "{ role: Deploy, path: /ci/, externalId: deploy-id }";
    const { provider, variable } = stackOf(`{ id: "222222222222", deploymentRole: ${role} }`);
    expect(provider.aws[0]?.assume_role).toEqual([
      { role_arn: VARIABLE, session_name: "trustwheel", external_id: "deploy-id" },
    ]);
    expect(variable?.deployment_role_arn?.default).toBe("arn:aws:iam::222222222222:role/ci/Deploy");
  });

  test("goes through other roles first, each in its own account, in order (BS-03)", () => {
    const via =
      "[{ account: tools, role: AWSAFTAdmin }, { account: tools, role: Jump, path: /ci/, externalId: jump-id }]";
    const { provider } = stackOf(
      `{ id: "222222222222", deploymentRole: { role: AWSAFTExecution, via: ${via} } }`,
    );
    expect(provider.aws[0]?.assume_role).toEqual([
      { role_arn: "arn:aws:iam::111111111111:role/AWSAFTAdmin", session_name: "trustwheel" },
      {
        role_arn: "arn:aws:iam::111111111111:role/ci/Jump",
        session_name: "trustwheel",
        external_id: "jump-id",
      },
      { role_arn: VARIABLE, session_name: "trustwheel" },
    ]);
  });

  test("assumes nothing in the account that Terraform runs in, and has no variable then", () => {
    const { provider, variable } = stackOf('{ id: "222222222222", deploymentRole: none }');
    expect(provider.aws).toEqual([{ region: "us-east-1", allowed_account_ids: ["222222222222"] }]);
    expect(variable).toBeUndefined();
  });

  test("writes ARNs of the account's partition", () => {
    const { variable } = stackOf('{ id: "222222222222", region: us-gov-west-1 }');
    expect(variable?.deployment_role_arn?.default).toBe(
      "arn:aws-us-gov:iam::222222222222:role/OrganizationAccountAccessRole",
    );
  });

  test("comes from a source that Terraform and OpenTofu write alike", () => {
    const { terraform } = stackOf('{ id: "222222222222" }');
    expect(terraform.required_providers).toEqual({
      aws: { source: "hashicorp/aws", version: "6.25.0" },
    });
    expect(terraform.required_version).toBe(">= 1.10.0");
  });

  test("has the versions that the map names, in every stack", () => {
    const range = "terraform: { providerVersion: '>= 5.100, < 7' }";
    const synthesized = synthesizeMap(`
version: 1
${range}
accounts:
  tools: { id: "111111111111" }
  app: { id: "222222222222" }
`);
    for (const key of ["tools", "app"]) {
      expect(synthesized.stack(key).terraform.required_providers).toEqual({
        aws: { source: "hashicorp/aws", version: ">= 5.100, < 7" },
      });
    }
  });
});
