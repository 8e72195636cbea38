import {
  bootstrapTemplate,
  stateBucketTemplate,
} from "../../../lib/bootstrap/cloudformation-template";
import { stackSets } from "../../../lib/bootstrap/stack-sets";
import type { PolicyDocument } from "../../../lib/iam/policy-document";
import { bootstrapOf, boundedMap, GUARD, stackOf } from "../../support/plans/bootstrap-of";
import { resolveTemplate, templateProblems } from "../../support/plans/cloudformation";

const bootstrap = bootstrapOf();

describe("a template of CloudFormation", () => {
  test.each(["shop", "spare", "tools"])(
    "is sound for %s, and names no account of its own",
    (key) => {
      const stack = stackOf(bootstrap, key);
      const template = bootstrapTemplate(stack);
      expect(templateProblems(template)).toEqual([]);
      expect(JSON.stringify(template)).not.toContain(stack.account.id);
      expect(JSON.stringify(template)).not.toContain('"arn:aws:');
    },
  );

  test("is sound for the bucket of the states", () => {
    const { stateBucket } = bootstrap;
    if (stateBucket === undefined) throw new Error("there is no bucket");
    const template = stateBucketTemplate(stateBucket);
    expect(templateProblems(template)).toEqual([]);
    expect(template.Resources).toMatchObject({
      States: {
        DeletionPolicy: "Retain",
        Properties: {
          BucketName: "example-org-states",
          VersioningConfiguration: { Status: "Enabled" },
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
        },
      },
      StatesPolicy: {
        Properties: {
          PolicyDocument: {
            Statement: [
              { Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } },
            ],
          },
        },
      },
    });
  });

  test.each(["shop", "spare", "tools"])("makes in %s what was planned for it", (key) => {
    const stack = stackOf(bootstrap, key);
    const { deploymentRole, planRole, boundaries } = stack;
    const { Resources } = resolveTemplate(bootstrapTemplate(stack), stack.account.id) as {
      Resources: Record<string, { Properties: Record<string, unknown> }>;
    };
    for (const [id, role] of Object.entries({
      DeploymentRole: deploymentRole,
      PlanRole: planRole,
    })) {
      expect(Resources[id]?.Properties).toEqual({
        RoleName: role.name,
        Path: role.path,
        Description: role.description,
        AssumeRolePolicyDocument: role.trust,
        Policies: [{ PolicyName: "trustwheel", PolicyDocument: role.permissions }],
      });
    }
    expect(Resources.Boundary1?.Properties.PolicyDocument).toEqual(boundaries[0]?.document);
  });

  test("keeps the variables of policies apart from its own", () => {
    const own: PolicyDocument = {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: [
            "arn:{{partition}}:s3:::example-{{account.id}}/${aws:username}/*",
            "arn:aws-cn:s3:::other/${aws:username}/*",
          ],
        },
      ],
    };
    const stack = stackOf(
      bootstrapOf(boundedMap(), { documents: new Map([["guard", own]]) }),
      "shop",
    );
    const template = bootstrapTemplate(stack) as {
      Resources: { Boundary1: { Properties: { PolicyDocument: PolicyDocument } } };
    };
    expect(template.Resources.Boundary1.Properties.PolicyDocument.Statement[0]?.Resource).toEqual([
      { "Fn::Sub": "arn:${AWS::Partition}:s3:::example-${AWS::AccountId}/${!aws:username}/*" },
      "arn:aws-cn:s3:::other/${aws:username}/*",
    ]);
    expect(JSON.stringify(resolveTemplate(template, stack.account.id))).toContain(
      "arn:aws:s3:::example-333333333333/${aws:username}/*",
    );
  });

  test("is checked by a test that finds what is wrong", () => {
    expect(
      templateProblems({
        AWSTemplateFormatVersion: "2010-09-09",
        Parameters: { Unused: { Type: "String" } },
        Conditions: { Some: { "Fn::Equals": [{ Ref: "Nothing" }, "true"] } },
        Resources: {
          "Not-alphanumeric": { Type: "AWS::IAM::Role", Condition: "Other", Properties: {} },
          Policy: {
            Type: "AWS::IAM::ManagedPolicy",
            Properties: { PolicyDocument: GUARD, Mistyped: { "Fn::Sub": "${Nobody}" } },
          },
        },
        Outputs: { Arn: { Value: { "Fn::GetAtt": ["Gone", "Arn"] } } },
      }),
    ).toEqual([
      "Not-alphanumeric is no name of a resource",
      "Not-alphanumeric lacks AssumeRolePolicyDocument",
      "Not-alphanumeric asks for the condition Other",
      "Policy has no property Mistyped",
      "Ref to Nothing",
      "Fn::Sub of Nobody",
      "Fn::GetAtt of Gone.Arn",
      "the parameter Unused is not used",
    ]);
  });
});

describe("StackSets", () => {
  test("are one for accounts that need the same, and leave the management account to itself (BS-04)", () => {
    const accounts = {
      management: { id: "111111111111", management: true },
      tools: { id: "222222222222" },
      shop: { id: "333333333333" },
      spare: { id: "444444444444" },
      lone: { id: "555555555555", organization: "none" },
    };
    const sets = stackSets(bootstrapOf(boundedMap({ accounts })).stacks);
    expect(
      sets.map(({ name, members, others }) => ({
        name,
        members: members.map(({ key }) => key),
        others: others.map(({ key }) => key),
      })),
    ).toEqual([
      { name: "accounts", members: ["shop", "spare"], others: ["lone", "management"] },
      { name: "tools", members: ["tools"], others: [] },
    ]);
  });
});
