import { acceptedCharacters } from "./id-22-accepted-characters";
import { accountQuotas } from "./id-24-account-quotas";
import { chainedSession } from "./id-17-chained-session";
import { consoleSwitchRole } from "./id-09-console-switch-role";
import { customerPolicyName } from "./id-35-customer-policy-name";
import { hubFanOut } from "./id-37-hub-fan-out";
import { inlinePolicySize } from "./id-20-inline-policy-size";
import { instanceProfileRole } from "./id-26-instance-profile-role";
import { managedPolicyCount } from "./id-23-managed-policy-count";
import { managedPolicySize } from "./id-21-managed-policy-size";
import { oidcProvider } from "./id-32-oidc-provider";
import { passableExternalId } from "./id-12-passable-external-id";
import { referencePath } from "./id-10-reference-path";
import { roleSessionCaller } from "./id-18-role-session-caller";
import { roleTags } from "./id-29-role-tags";
import type { Section } from "../rule";
import { sessionTagLimits } from "./id-31-session-tag-limits";
import { trustPolicySize } from "./id-19-trust-policy-size";
import { uniqueRoleName } from "./id-06-unique-role-name";
import { userPolicySize } from "./id-38-user-policy-size";

export const QUOTAS: Section = {
  title: "Identifiers, names and quotas",
  entries: [
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "ID-01",
      summary:
        "an account ID is a quoted string of 12 digits, and no two accounts have the same one",
      why: "Unquoted, YAML reads a number and drops leading zeros: every ARN would name another account.",
      source: "botocore, organizations AccountId",
    },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "ID-02",
      summary: "an organization ID is `o-` and 10 to 32 lower-case letters or digits",
      why: "A placeholder in `aws:PrincipalOrgID` allows nobody; an empty one would allow everyone.",
      source: "botocore, organizations OrganizationId",
    },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "ID-03",
      summary: "roots and organizational units (OUs) are given by ID, not by name",
      why: "Conditions on `aws:PrincipalOrgPaths` compare IDs: a name never matches.",
      source: "botocore, organizations RootId and OrganizationalUnitId",
    },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "ID-04",
      summary: "the path of an OU begins with organization and root and names each OU by its ID",
      why: "OU IDs are unique only within an organization, and a path with a gap never matches.",
      source: "botocore, organizations Path; IAM User Guide, reference_policies_condition-keys",
    },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "ID-05",
      summary: "a role name has 1 to 64 ASCII letters, digits or any of `_+=,.@-`",
      why: "IAM rejects the role.",
      source: "botocore, iam roleNameType",
    },
    { status: "checked", rule: uniqueRoleName },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "ID-07",
      summary: "a role path begins and ends with `/` and has at most 512 printable characters",
      why: "IAM rejects the role.",
      source: "botocore, iam pathType",
    },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "ID-08",
      summary: "the path of a managed policy has segments of letters, digits and `.,+@=_-` only",
      why: "Policy paths allow fewer characters than role paths: IAM rejects the policy. Generated policies get the roles' path only if it is valid for policies.",
      source: "botocore, iam policyPathType",
    },
    { status: "checked", rule: consoleSwitchRole },
    { status: "checked", rule: referencePath },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "ID-11",
      summary: "a role description has up to 1,000 characters of Latin-1",
      why: "IAM rejects the role for one typographic dash or quote.",
      source: "botocore, iam roleDescriptionType",
    },
    { status: "checked", rule: passableExternalId },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/deployment-sessions.test.ts",
      id: "ID-13",
      summary: "a session name has 2 to 64 ASCII letters, digits or any of `_+=,.@-`",
      why: "STS rejects the call. The map names no sessions, and Terraform's sessions have a fixed name.",
      source: "botocore, sts roleSessionNameType",
    },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "ID-14",
      summary:
        "a source identity has up to 64 ASCII letters, digits or any of `_+=,.@-` and does not begin with `aws:`",
      why: "STS rejects a call that sets another one, so nobody could assume the role.",
      source: "botocore, sts sourceIdentityType",
    },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "ID-15",
      summary: "the longest session of a role is between one and twelve hours",
      why: "IAM rejects the role.",
      source: "botocore, iam roleMaxSessionDurationType",
    },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/deployment-sessions.test.ts",
      id: "ID-16",
      summary: "no request is for a session longer than its role allows",
      why: "STS rejects the call. Generated code requests no duration, so each session has the default of one hour.",
      source: "botocore, sts roleDurationSecondsType",
    },
    { status: "checked", rule: chainedSession },
    { status: "checked", rule: roleSessionCaller },
    { status: "checked", rule: trustPolicySize },
    { status: "checked", rule: inlinePolicySize },
    { status: "checked", rule: managedPolicySize },
    { status: "checked", rule: acceptedCharacters },
    { status: "checked", rule: managedPolicyCount },
    { status: "checked", rule: accountQuotas },
    {
      status: "out of reach",
      id: "ID-25",
      summary: "a managed policy has at most five versions",
      why: "IAM rejects a sixth.",
      source: "botocore, iam CreatePolicyVersion",
      reason:
        "Only the policy's account knows how many versions it has. Terraform deletes the oldest before it creates a sixth.",
    },
    { status: "checked", rule: instanceProfileRole },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "ID-27",
      summary:
        "the name of an instance profile has 1 to 128 ASCII letters, digits or any of `_+=,.@-`",
      why: "IAM rejects the profile.",
      source: "botocore, iam instanceProfileNameType",
    },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/role-resources.test.ts",
      id: "ID-28",
      summary: "a role has one permissions boundary",
      why: "IAM keeps only one. The map has one key for it, and a duplicate key is rejected.",
      source: "IAM User Guide, reference_iam-quotas",
    },
    { status: "checked", rule: roleTags },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/deployment-sessions.test.ts",
      id: "ID-30",
      summary:
        "session policies have at most 2,048 characters, with the ARNs of ten managed policies",
      why: "STS rejects the call. Generated code passes no session policy.",
      source: "botocore, sts sessionPolicyDocumentType",
    },
    { status: "checked", rule: sessionTagLimits },
    { status: "checked", rule: oidcProvider },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/role-resources.test.ts",
      id: "ID-33",
      summary: "no OIDC provider thumbprint is pinned",
      why: "A pinned thumbprint goes stale, and AWS ignores it if the certificate chains to a known root. trustwheel writes none.",
      source: "botocore, iam CreateOpenIDConnectProvider",
    },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "ID-34",
      summary:
        "a SAML provider has a name of 1 to 128 ASCII letters, digits or any of `_.-`, and metadata of 1,000 to 10,000,000 characters",
      why: "IAM rejects the provider.",
      source: "botocore, iam SAMLProviderNameType and SAMLMetadataDocumentType",
    },
    { status: "checked", rule: customerPolicyName },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "ID-36",
      summary: "the name of a permission set has 1 to 32 ASCII letters, digits or any of `_+=,.@-`",
      why: "No permission set has another name: with its prefix and suffix it fills the 64 characters of a role name.",
      source: "botocore, sso-admin PermissionSetName",
    },
    { status: "checked", rule: hubFanOut },
    { status: "checked", rule: userPolicySize },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/exact-targets.test.ts",
      id: "ID-39",
      summary:
        "a hub's permission covers exactly its spokes, whether it lists their ARNs or a pattern with their accounts",
      why: "A pattern without `aws:ResourceAccount` would let it assume roles in every account as soon as the list gets too long.",
      source: "IAM User Guide, reference_policies_condition-keys",
    },
  ],
};
