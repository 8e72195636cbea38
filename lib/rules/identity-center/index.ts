import type { Section } from "../rule";
import { permissionSetAccount } from "./sso-03-permission-set-account";
import { permissionSetOverlap } from "./sso-04-permission-set-overlap";
import { permissionSetRoleForm } from "./sso-01-permission-set-role-form";
import { permissionSetSuffix } from "./sso-02-permission-set-suffix";
import { shorterSessionsOfPeople } from "./sso-06-shorter-sessions-of-people";

export const IDENTITY_CENTER: Section = {
  title: "IAM Identity Center",
  entries: [
    { status: "checked", rule: permissionSetRoleForm },
    { status: "checked", rule: permissionSetSuffix },
    { status: "checked", rule: permissionSetAccount },
    { status: "checked", rule: permissionSetOverlap },
    {
      status: "impossible",
      test: "__tests__/lib/rules/impossible/caller-half.test.ts",
      id: "SSO-05",
      summary:
        "trustwheel prints the statement that a permission set needs, or the map declares that it has it",
      why: "The trust names the account, so the permission set has to allow the call itself.",
      source: "AWS STS API Reference, AssumeRole",
    },
    { status: "checked", rule: shorterSessionsOfPeople },
    {
      status: "read",
      by: "account map",
      severity: "error",
      id: "SSO-07",
      summary: "nothing is created for Identity Center roles",
      why: "They cannot be edited in IAM: their permissions are those of the permission set.",
      source: "IAM User Guide, id_roles_use_revoke-sessions",
    },
  ],
};
