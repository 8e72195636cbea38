import type { Section } from "../rule";
import { emptyLastRole } from "./tr-21-empty-last-role";
import { externalIdOfPeople } from "./tr-19-external-id-of-people";
import { permissionWithoutTrust } from "./tr-06-permission-without-trust";
import { renamedHub } from "./tr-10-renamed-hub";
import { repeatedSessionTag } from "./tr-16-repeated-session-tag";
import { selfAssumption } from "./tr-07-self-assumption";
import { stackOrder } from "./tr-11-stack-order";
import { unitOfOwnAccount } from "./tr-05-unit-of-own-account";
import { wholeAccount } from "./tr-13-whole-account";
import { bothSidesExist } from "./tr-22-both-sides-exist";

export const TRUST: Section = {
  title: "Trust",
  entries: [
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "TR-01",
      summary:
        "every hop has both sides, and the caller's permission is created only if the caller is in the map",
      why: "Across accounts both sides must allow it; services and federated callers need no permission.",
      source: "IAM User Guide, reference_policies_evaluation-logic-cross-account",
    },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/caller-half.test.ts",
      id: "TR-02",
      summary: "a caller of the role's own account gets its permission, too",
      why: "If a trust policy names the account, the caller still needs a permission, within the account and across accounts.",
      source: "AWS STS API Reference, AssumeRole",
    },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/caller-half.test.ts",
      id: "TR-03",
      summary:
        "a role that a trust policy in its own account names by ARN still gets its permission",
      why: "The trust policy would be enough there, but a boundary without the permission would still block it.",
      source: "IAM User Guide, access_policies_boundaries",
    },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/principal-element.test.ts",
      id: "TR-04",
      summary: "no trust names a session of a role",
      why: "Boundaries and session policies do not limit a session that is named itself.",
      source: "IAM User Guide, reference_policies_evaluation-logic_policy-eval-denyallow",
    },
    { status: "checked", rule: unitOfOwnAccount },
    { status: "checked", rule: permissionWithoutTrust },
    { status: "checked", rule: selfAssumption },
    { status: "checked", rule: renamedHub },
    { status: "checked", rule: stackOrder },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/principal-element.test.ts",
      id: "TR-12",
      summary:
        "by default a trust policy names the account of the role that it allows, and pins the role by its ARN with path",
      why: "This needs no stack order and still works after the role is recreated. Anyone who can create a role of that name in the account is allowed.",
      source: "IAM User Guide, reference_policies_elements_principal",
    },
    { status: "checked", rule: wholeAccount },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/principal-element.test.ts",
      id: "TR-14",
      summary: "a statement in a trust policy names one kind of principal",
      why: "A list of principals is OR, and conditions count for all of it: those for one kind lock the others out.",
      source: "IAM User Guide, reference_policies_elements_principal",
    },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "TR-15",
      summary: "session tags are declared only for callers that choose them",
      why: "A tag that is passed without sts:TagSession on both sides fails the whole call; services and GitHub pass what they pass.",
      source: "IAM User Guide, id_session-tags",
    },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/session-statements.test.ts",
      id: "TR-15b",
      summary:
        "callers pass only the session tags that the map declares, with the values that it declares",
      why: "Tags of a session become aws:PrincipalTag: with an unlimited sts:TagSession, a caller can tag itself into attribute-based access.",
      source: "IAM User Guide, id_session-tags",
    },
    { status: "checked", rule: repeatedSessionTag },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "TR-17",
      summary:
        "a source identity is required only of callers that can set one, and both sides of every further hop allow it",
      why: "Once set it persists: a hop without sts:SetSourceIdentity in the permission and in the trust fails.",
      source: "IAM User Guide, id_credentials_temp_control-access_monitor",
    },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/session-statements.test.ts",
      id: "TR-18",
      summary: "tagging a session and setting a source identity have their own statements",
      why: "With a condition on the external ID they never match: those actions have no external ID.",
      source: "IAM User Guide, id_session-tags",
    },
    { status: "checked", rule: externalIdOfPeople },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/principal-element.test.ts",
      id: "TR-20",
      summary: "no trust policy names a unique ID",
      why: "An ID such as AROA... is a deleted role or user: nobody can use it.",
      source: "IAM Access Analyzer, Invalid role reference",
    },
    { status: "checked", rule: emptyLastRole },
    { status: "checked", rule: bothSidesExist },
  ],
};
