import { CommandProject } from "../support/projects/command-project";

const MAP = `organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
identityProviders:
  google: { oidc: { url: "https://accounts.google.com", audiences: [example] } }
  cognito: { oidc: { url: "https://cognito-identity.amazonaws.com" } }
hubs:
  automation:
    account: tools
    principals:
      cloud: { oidc: { provider: google, subject: "1001" } }
      pool: { oidc: { provider: cognito, audience: "eu-central-1:0123" } }
      user-pool: { service: { name: cognito-idp }, externalId: pool-1 }
      pods: { podIdentity: { namespace: monitoring } }
spokes:
  reader:
    hubs: [automation]
    accounts: { keys: [shop] }
    permissions: { managed: [job-function/ViewOnlyAccess] }
`;

let project: CommandProject;
beforeEach(() => {
  project = new CommandProject();
  project.write("accounts.yaml", MAP);
});
afterEach(() => {
  project.remove();
});

interface Stack {
  resource: { aws_iam_role: Record<string, { assume_role_policy: string }> };
}

/** Adds a statement to the trust policy of the spoke in what was written. */
function addTrust(statement: object): void {
  const file = "cdktf.out/stacks/shop/cdk.tf.json";
  const stack = JSON.parse(project.read(file)) as Stack;
  const role = stack.resource.aws_iam_role["spoke-reader"];
  if (role === undefined) throw new Error("there is no spoke");
  const trust = JSON.parse(role.assume_role_policy) as { Statement: object[] };
  trust.Statement.push({ Effect: "Allow", Action: "sts:AssumeRole*", ...statement });
  role.assume_role_policy = JSON.stringify(trust);
  project.write(file, JSON.stringify(stack));
}

test.each([
  [
    "a session without MFA",
    {
      Principal: { AWS: "arn:aws:iam::999999999999:role/other" },
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
    },
    "arn:aws:iam::999999999999:role/other",
  ],
  [
    "a user pool with its external ID",
    {
      Principal: { Service: "cognito-idp.amazonaws.com" },
      Condition: { StringEquals: { "sts:ExternalId": "pool-2" } },
    },
    "cognito-idp.amazonaws.com",
  ],
  [
    "a token of Facebook, which has no subject",
    {
      Principal: { Federated: "graph.facebook.com" },
      Condition: { Null: { "graph.facebook.com:aud": "true" } },
    },
    "graph.facebook.com",
  ],
])("Terraform that also allows %s is refuted", async (_what, statement, who) => {
  expect(await project.run(["synth"])).toMatchObject({ code: 0 });
  expect(await project.run(["prove", "--dir", "cdktf.out"])).toMatchObject({ code: 0 });
  addTrust(statement);
  const { code, stdout } = await project.run(["prove", "--dir", "cdktf.out"]);
  expect(code).toBe(1);
  expect(stdout).toContain("refuted");
  expect(stdout).toContain(who);
});

test("can takes the host of a provider that is built into AWS for its tokens", async () => {
  const can = (principal: string, ...said: readonly string[]): Promise<{ code: number }> =>
    project.run([
      ...["can", principal, "assume", "automation@tools"],
      ...said.flatMap((each) => ["--with", each]),
    ]);
  const google = [
    "accounts.google.com:oaud=example",
    "accounts.google.com:sub=1001",
    "sts:RoleSessionName=run",
  ];
  expect(await can("accounts.google.com", ...google)).toMatchObject({ code: 0 });
  expect(await can("accounts.google.com", google[0] ?? "")).toMatchObject({ code: 1 });
  const pool = ["cognito-identity.amazonaws.com:aud=eu-central-1:0123", "sts:RoleSessionName=run"];
  expect(await can("cognito-identity.amazonaws.com", ...pool)).toMatchObject({ code: 0 });
  expect(await can("cognito-idp.amazonaws.com", "sts:ExternalId=pool-1")).toMatchObject({
    code: 0,
  });
  expect(await can("cognito-idp.amazonaws.com")).toMatchObject({ code: 1 });
});

test("nothing is made of a provider that is built into AWS", async () => {
  expect(await project.run(["synth"])).toMatchObject({ code: 0 });
  expect(project.read("cdktf.out/stacks/tools/cdk.tf.json")).not.toContain("openid_connect");
});
