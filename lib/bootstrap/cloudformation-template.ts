import type { AccountLocation } from "../iam/arn";
import { locationOf } from "../iam/arn";
import type { BootstrapRole, BootstrapStack, StateBucket } from "./bootstrap-stack";

/** A template of CloudFormation, as a value. */
export type CloudFormationTemplate = Readonly<Record<string, unknown>>;

const FORMAT = "2010-09-09";

/**
 * The template of one account. It names neither the account nor the partition, so that accounts that need
 * the same have the same template.
 */
export function bootstrapTemplate(stack: BootstrapStack): CloudFormationTemplate {
  const { account, deploymentRole, planRole, boundaries, oidcProviders } = stack;
  const here = locationOf(account);
  const parameters = {
    ...(boundaries.length === 0
      ? {}
      : {
          CreateBoundaries: choice("Create boundaries: false if the account has them"),
        }),
    ...(oidcProviders.length === 0
      ? {}
      : {
          CreateOidcProviders: choice("Create identity providers: false if the account has them"),
        }),
  };
  return {
    AWSTemplateFormatVersion: FORMAT,
    Description: "What must exist before Terraform applies the account map (trustwheel bootstrap)",
    ...(Object.keys(parameters).length === 0
      ? {}
      : {
          Parameters: parameters,
          Conditions: Object.fromEntries(
            Object.keys(parameters).map((name) => [
              name,
              { "Fn::Equals": [{ Ref: name }, "true"] },
            ]),
          ),
        }),
    Resources: {
      DeploymentRole: roleResource(deploymentRole, here),
      PlanRole: roleResource(planRole, here),
      ...Object.fromEntries(
        boundaries.map(({ name, path, document }, index) => [
          `Boundary${String(index + 1)}`,
          {
            Type: "AWS::IAM::ManagedPolicy",
            Condition: "CreateBoundaries",
            Properties: {
              ManagedPolicyName: name,
              Path: path,
              Description: "Permissions boundary of the roles that Terraform creates",
              PolicyDocument: anywhere(document, here),
            },
          },
        ]),
      ),
      ...Object.fromEntries(
        oidcProviders.map(({ url, audiences }, index) => [
          `OidcProvider${String(index + 1)}`,
          {
            Type: "AWS::IAM::OIDCProvider",
            Condition: "CreateOidcProviders",
            Properties: { Url: url, ClientIdList: audiences },
          },
        ]),
      ),
    },
    Outputs: {
      DeploymentRoleArn: { Value: { "Fn::GetAtt": ["DeploymentRole", "Arn"] } },
      PlanRoleArn: { Value: { "Fn::GetAtt": ["PlanRole", "Arn"] } },
    },
  };
}

/** The template of the state bucket, which stays when its stack is deleted. */
export function stateBucketTemplate(bucket: StateBucket): CloudFormationTemplate {
  const { account, name, kmsKey, policy } = bucket;
  const encryption =
    kmsKey === undefined
      ? { SSEAlgorithm: "AES256" }
      : { SSEAlgorithm: "aws:kms", KMSMasterKeyID: kmsKey };
  return {
    AWSTemplateFormatVersion: FORMAT,
    Description: "The Terraform state bucket (trustwheel bootstrap)",
    Resources: {
      States: {
        Type: "AWS::S3::Bucket",
        DeletionPolicy: "Retain",
        UpdateReplacePolicy: "Retain",
        Properties: {
          BucketName: name,
          VersioningConfiguration: { Status: "Enabled" },
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              { ServerSideEncryptionByDefault: encryption, BucketKeyEnabled: kmsKey !== undefined },
            ],
          },
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
          OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
        },
      },
      StatesPolicy: {
        Type: "AWS::S3::BucketPolicy",
        Properties: {
          Bucket: { Ref: "States" },
          PolicyDocument: anywhere(policy, locationOf(account)),
        },
      },
    },
  };
}

/** The text of a template. */
export function templateText(template: CloudFormationTemplate): string {
  return `${JSON.stringify(template, undefined, 2)}\n`;
}

function roleResource(role: BootstrapRole, here: AccountLocation): object {
  const { name, path, description, trust, permissions } = role;
  return {
    Type: "AWS::IAM::Role",
    Properties: {
      RoleName: name,
      Path: path,
      Description: description,
      AssumeRolePolicyDocument: anywhere(trust, here),
      Policies: [{ PolicyName: "trustwheel", PolicyDocument: anywhere(permissions, here) }],
    },
  };
}

function choice(description: string): object {
  return {
    Type: "String",
    Description: description,
    AllowedValues: ["true", "false"],
    Default: "true",
  };
}

/** A value with the account and partition that the stack is in. */
function anywhere(value: unknown, here: AccountLocation): unknown {
  if (typeof value === "string") return substituted(value, here);
  if (Array.isArray(value)) return value.map((item: unknown) => anywhere(item, here));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, anywhere(item, here)]),
  );
}

/** `Fn::Sub` reads `${NAME}` as its own, and `${!NAME}` as `${NAME}`, which policies use for variables. */
function substituted(text: string, { partition, accountId }: AccountLocation): unknown {
  const escaped = text.replaceAll("${", "${!");
  const moved = escaped
    .replace(new RegExp(`^arn:${partition}:`), "arn:${AWS::Partition}:")
    .replace(new RegExp(`(?<!\\d)${accountId}(?!\\d)`, "g"), "${AWS::AccountId}");
  return moved === escaped ? text : { "Fn::Sub": moved };
}
