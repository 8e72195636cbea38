import type { Section } from "../rule";
import { accountOfCaller } from "./ck-09-account-of-caller";
import { durationCondition } from "./ck-19-duration-condition";
import { foreignMfa } from "./ck-17-foreign-mfa";
import { foreignSessionTags } from "./ck-26-foreign-session-tags";
import { globalStsEndpoint } from "./ck-25-global-sts-endpoint";
import { instanceKeys } from "./ck-22-instance-keys";
import { mfaOfRoleSession } from "./ck-16-mfa-of-role-session";
import { networkDenyOfServices } from "./ck-14-network-deny-of-services";
import { openNetworkCondition } from "./ck-13-open-network-condition";
import { organizationOfCaller } from "./ck-01-organization-of-caller";
import { pairedVpcSource } from "./ck-12-paired-vpc-source";
import { principalArnOfSession } from "./ck-07-principal-arn-of-session";
import { serviceCallerKey } from "./ck-24-service-caller-key";
import { serviceSourceKeys } from "./ck-10-service-source-keys";
import { sourceIdentityKey } from "./ck-21-source-identity-key";
import { timeKeyOperator } from "./ck-23-time-key-operator";
import { federatedCallerKeys } from "./ck-04-federated-caller-keys";
import { serviceCallerKeys } from "./ck-03-service-caller-keys";
import { userNameVariable } from "./ck-20-user-name-variable";

export const CONDITION_KEYS: Section = {
  title: "Condition keys",
  entries: [
    { status: "checked", rule: organizationOfCaller },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/caller-organization.test.ts",
      id: "CK-02",
      summary: "a trust policy tests the organization of every caller that is in one",
      why: "It denies an account that left the organization, and everyone outside if the principal is `*`.",
      source: "IAM User Guide, reference_policies_condition-keys",
    },
    { status: "checked", rule: serviceCallerKeys },
    { status: "checked", rule: federatedCallerKeys },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/caller-organization.test.ts",
      id: "CK-05",
      summary:
        "a condition on an OU uses ForAnyValue, and includes its children with a pattern after the last slash",
      why: "The key has several values; without a set operator IAM rejects or misreads the condition.",
      source: "IAM User Guide, reference_policies_condition-keys",
    },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/hub-targets.test.ts",
      id: "CK-06",
      summary: "a hub's permission to assume is limited to the target's organization or account",
      why: "Only the resource keys tell where the target is; the organization key is missing for accounts outside any organization.",
      source: "IAM User Guide, reference_policies_condition-keys",
    },
    { status: "checked", rule: principalArnOfSession },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/principal-element.test.ts",
      id: "CK-08",
      summary: "a trust policy that names everyone tests the organization",
      why: "Any AWS account can create a role of any name: a pattern of role names is not enough and opens the role to all.",
      source: "IAM User Guide, reference_policies_elements_principal",
    },
    { status: "checked", rule: accountOfCaller },
    { status: "checked", rule: serviceSourceKeys },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "CK-11",
      summary: "source addresses are tested only for callers that have one",
      why: "Calls from AWS services don't have your address, and calls through a VPC endpoint have none.",
      source: "IAM User Guide, reference_policies_condition-keys",
    },
    { status: "checked", rule: pairedVpcSource },
    { status: "checked", rule: openNetworkCondition },
    { status: "checked", rule: networkDenyOfServices },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "CK-15",
      summary: "only IAM users are required to use multi-factor authentication",
      why: "No role session, Identity Center session or token has MFA, whether its requests lack the key or have it as `false`: nobody could assume the role.",
      source:
        "IAM User Guide, id_credentials_mfa_configure-api-require and reference_policies_condition-keys",
    },
    { status: "checked", rule: mfaOfRoleSession },
    { status: "checked", rule: foreignMfa },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/session-statements.test.ts",
      id: "CK-18",
      summary: "a required external ID must be passed",
      why: "The key is present only if the caller passed one; with IfExists, a caller that passes none would be allowed.",
      source: "IAM User Guide, reference_policies_iam-condition-keys",
    },
    { status: "checked", rule: durationCondition },
    { status: "checked", rule: userNameVariable },
    { status: "checked", rule: sourceIdentityKey },
    { status: "checked", rule: instanceKeys },
    { status: "checked", rule: timeKeyOperator },
    { status: "checked", rule: serviceCallerKey },
    { status: "checked", rule: globalStsEndpoint },
    { status: "checked", rule: foreignSessionTags },
  ],
};
