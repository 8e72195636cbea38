import type { Section } from "../rule";
import { databaseAccount } from "./rd-02-database-account";
import { databaseArn } from "./rd-01-database-arn";
import { ec2BesideHub } from "./ec-04-ec2-beside-hub";
import { ec2WithoutProfile } from "./ec-03-ec2-without-profile";
import { passRoleAccount } from "./ec-06-pass-role-account";
import { serviceKnown } from "./ec-10-service-known";
import { serviceName } from "./ec-02-service-name";
import { serviceSource } from "./ec-11-service-source";
import { swappedInstanceRole } from "./ec-05-swapped-instance-role";

export const INSTANCES_AND_DATABASES: Section = {
  title: "Instance profiles and databases",
  entries: [
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/federated-statements.test.ts",
      id: "EC-01",
      summary: "a role in an instance profile trusts EC2 by its name in the partition",
      why: "IAM rejects the other name in China, and instances get no credentials for a role that does not trust EC2.",
      source: "kubernetes/kops#27",
    },
    { status: "checked", rule: serviceName },
    { status: "checked", rule: ec2WithoutProfile },
    { status: "checked", rule: ec2BesideHub },
    { status: "checked", rule: swappedInstanceRole },
    { status: "checked", rule: passRoleAccount },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/destroy-order.test.ts",
      id: "EC-07",
      summary:
        "profiles, policies and attachments refer to their role, so Terraform removes them before it",
      why: "IAM does not delete a role that is in a profile or has policies.",
      source: "IAM API Reference, DeleteRole",
    },
    {
      status: "out of reach",
      reason:
        "whether an instance requires IMDSv2 is set at its launch, which neither the map nor a role's documents show",
      id: "EC-08",
      summary: "instances provide their role's credentials only through IMDSv2",
      why: "With IMDSv1, a request forged inside the instance gets the credentials.",
      source: "EC2 User Guide, configuring-instance-metadata-service",
    },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/session-statements.test.ts",
      id: "EC-09",
      summary: "no trust policy tests the session name of a service",
      why: "EC2 names sessions after instances: a condition on the name would deny them.",
      source: "not documented by AWS, known from practice",
    },
    { status: "checked", rule: databaseArn },
    { status: "checked", rule: databaseAccount },
    { status: "checked", rule: serviceKnown },
    { status: "checked", rule: serviceSource },
  ],
};
