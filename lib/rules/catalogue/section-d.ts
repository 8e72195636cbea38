import type { CatalogueEntry } from "../rule";
import { accountOfCaller } from "../account-of-caller";
import { durationCondition } from "../duration-condition";
import { foreignMfa } from "../foreign-mfa";
import { foreignSessionTags } from "../foreign-session-tags";
import { globalStsEndpoint } from "../global-sts-endpoint";
import { instanceKeys } from "../instance-keys";
import { mfaOfRoleSession } from "../mfa-of-role-session";
import { networkDenyOfServices } from "../network-deny-of-services";
import { openNetworkCondition } from "../open-network-condition";
import { organizationOfCaller } from "../organization-of-caller";
import { pairedVpcSource } from "../paired-vpc-source";
import { principalArnOfSession } from "../principal-arn-of-session";
import { serviceCallerKey } from "../service-caller-key";
import { serviceSourceKeys } from "../service-source-keys";
import { sourceIdentityKey } from "../source-identity-key";
import { timeKeyOperator } from "../time-key-operator";
import { federatedCallerKeys, serviceCallerKeys } from "../trust/caller-keys";
import { userNameVariable } from "../user-name-variable";

/** Section D: condition keys. */
export const SECTION_D: readonly CatalogueEntry[] = [
  { status: "checked", rule: organizationOfCaller },
  {
    status: "impossible",
    test: "__tests__/lib/rules/impossible/caller-organization.test.ts",
    id: "CK-02",
    summary: "a trust asks for the organization of every caller that is in one",
    why: "It keeps out what an account does after it left the organization, and everybody where a principal is everyone.",
    source: "IAM User Guide, reference_policies_condition-keys",
  },
  { status: "checked", rule: serviceCallerKeys },
  { status: "checked", rule: federatedCallerKeys },
  {
    status: "impossible",
    test: "__tests__/lib/rules/impossible/caller-organization.test.ts",
    id: "CK-05",
    summary:
      "an organizational unit is asked for with ForAnyValue, and with its children by a pattern behind the last slash",
    why: "The key has several values; without a set operator IAM refuses or misreads the test.",
    source: "IAM User Guide, reference_policies_condition-keys",
  },
  {
    status: "impossible",
    test: "__tests__/lib/rules/impossible/hub-targets.test.ts",
    id: "CK-06",
    summary: "what a hub may assume is bound to the organization or the account of the target",
    why: "Only the keys of the resource say where the target is; the key of the organization is missing for accounts in none.",
    source: "IAM User Guide, reference_policies_condition-keys",
  },
  { status: "checked", rule: principalArnOfSession },
  {
    status: "impossible",
    test: "__tests__/lib/rules/impossible/principal-element.test.ts",
    id: "CK-08",
    summary: "a trust that names everyone asks for an organization",
    why: "Any account of the world can make a role of any name: a pattern of role names alone opens the role to all.",
    source: "IAM User Guide, reference_policies_elements_principal",
  },
  { status: "checked", rule: accountOfCaller },
  { status: "checked", rule: serviceSourceKeys },
  {
    status: "read",
    by: "account map",
    severity: "error",
    id: "CK-11",
    summary: "source addresses are asked only of callers that have one",
    why: "Calls of AWS services carry no address of yours, and through a VPC endpoint there is none at all.",
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
    summary: "only IAM users are asked for multi-factor authentication",
    why: "No role session, Identity Center session or token has MFA, whether its requests lack the key or carry it with `false`: nobody could assume the role.",
    source:
      "IAM User Guide, id_credentials_mfa_configure-api-require and reference_policies_condition-keys",
  },
  { status: "checked", rule: mfaOfRoleSession },
  { status: "checked", rule: foreignMfa },
  {
    status: "impossible",
    test: "__tests__/lib/rules/impossible/session-statements.test.ts",
    id: "CK-18",
    summary: "an external id that is asked for has to be passed",
    why: "The key is there only if the caller passed one; with IfExists who passes none would get in.",
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
];
