import { policyDocument } from "../../../lib/iam/policy-document";
import type { PolicyDocument } from "../../../lib/iam/policy-document";

/** The role that the policies below belong to. */
export const SPOKE_ARN = "arn:aws:iam::222222222222:role/spoke";

const HUB = { AWS: "arn:aws:iam::111111111111:root" };
const IN_ORGANIZATION = { "aws:PrincipalOrgID": "o-exampleorg1" };
const GITHUB = "token.actions.githubusercontent.com";

/** One trust policy for each way in that people use. */
export const TRUST_POLICIES: Readonly<Record<string, PolicyDocument>> = {
  "account and pinned role": policyDocument([
    {
      Effect: "Allow",
      Principal: HUB,
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { ...IN_ORGANIZATION, "sts:ExternalId": "abc-123" },
        ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111111111111:role/hub" },
      },
    },
  ]),
  "role as principal": policyDocument([
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:role/hub" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Condition: { StringEquals: IN_ORGANIZATION },
    },
  ]),
  "permission set": policyDocument([
    {
      Effect: "Allow",
      Principal: HUB,
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: IN_ORGANIZATION,
        ArnLike: {
          "aws:PrincipalArn":
            "arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Admin_????????????????",
        },
      },
    },
  ]),
  "user with MFA": policyDocument([
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:user/ann" },
      Action: "sts:AssumeRole",
      Condition: {
        Bool: { "aws:MultiFactorAuthPresent": "true" },
        NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
      },
    },
  ]),
  "network and time": policyDocument([
    {
      Effect: "Allow",
      Principal: HUB,
      Action: "sts:AssumeRole",
      Condition: {
        IpAddress: { "aws:SourceIp": ["203.0.113.0/24", "2001:db8::/32"] },
        DateGreaterThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
        DateLessThan: { "aws:CurrentTime": "2027-01-01T00:00:00Z" },
      },
    },
    {
      Effect: "Allow",
      Principal: HUB,
      Action: "sts:AssumeRole",
      Condition: {
        StringEquals: { "aws:SourceVpce": "vpce-0a1b2c3d" },
        IpAddress: { "aws:VpcSourceIp": "10.0.0.0/8" },
      },
    },
  ]),
  "GitHub Actions": policyDocument([
    {
      Effect: "Allow",
      Principal: { Federated: `arn:aws:iam::222222222222:oidc-provider/${GITHUB}` },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          [`${GITHUB}:aud`]: "sts.amazonaws.com",
          [`${GITHUB}:sub`]: "repo:acme/app:environment:prod",
        },
        StringLike: { [`${GITHUB}:ref`]: "refs/heads/*" },
      },
    },
  ]),
  SAML: policyDocument([
    {
      Effect: "Allow",
      Principal: { Federated: "arn:aws:iam::222222222222:saml-provider/corp" },
      Action: ["sts:AssumeRoleWithSAML", "sts:TagSession"],
      Condition: { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } },
    },
  ]),
  instance: policyDocument([
    { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
  ]),
  "session tags and names": policyDocument([
    {
      Effect: "Allow",
      Principal: HUB,
      Action: "sts:TagSession",
      Condition: {
        "ForAllValues:StringEquals": { "aws:TagKeys": "team" },
        StringEquals: { "aws:RequestTag/team": ["red", "blue"] },
      },
    },
    {
      Effect: "Allow",
      Principal: HUB,
      Action: "sts:AssumeRole",
      Condition: {
        StringLike: { "sts:RoleSessionName": "ci-*" },
        "ForAnyValue:StringLike": {
          "aws:PrincipalOrgPaths": "o-exampleorg1/r-ab12/ou-ab12-cdefgh34/*",
        },
      },
    },
  ]),
  denies: policyDocument([
    { Effect: "Allow", Principal: HUB, Action: "sts:AssumeRole" },
    {
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "sts:*",
      Condition: { StringNotEquals: IN_ORGANIZATION },
    },
    {
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "sts:*",
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/sandbox/*" } },
    },
  ]),
  "own account": policyDocument([
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::222222222222:root" },
      Action: "sts:AssumeRole",
      Condition: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/app" } },
    },
  ]),
  "foreign vendor": policyDocument([
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::444444444444:role/vendor" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": "vendor-42" } },
    },
  ]),
};
