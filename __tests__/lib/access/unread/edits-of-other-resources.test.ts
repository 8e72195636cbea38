import {
  ADMINISTRATOR,
  EVERYBODY,
  EVERYTHING,
  ROLE,
  add,
  testEdits,
} from "../../../support/mutations/hand-edits";

testEdits({
  "a policy that nothing attaches": {
    stack: "shop",
    edit: (s) => {
      add(s, "aws_iam_policy", { name: "developers", policy: EVERYTHING });
    },
    verdict: "refuted",
    reason:
      "arn:aws:iam::222222222222:policy/developers: the Terraform makes this policy, which the map does not declare and nothing in the Terraform attaches: whoever has it attached is permitted what it says: aws_iam_policy.added in shop",
  },
  "a provider that is not known": {
    stack: "shop",
    edit: (s) => {
      add(s, "helm_release", { name: "x", chart: "ack-iam" });
    },
    verdict: "unknown",
    reason: "helm_release.added is of a provider that is not known: it could call IAM",
  },
  "a call of a function": {
    stack: "shop",
    edit: (s) => {
      add(s, "aws_lambda_invocation", { function_name: "f", input: "{}" });
    },
    verdict: "unknown",
    reason: "aws_lambda_invocation.added can make roles and policies that are not read",
  },
  "a new account": {
    stack: "tools",
    edit: (s) => {
      add(s, "aws_organizations_account", { name: "x", email: "x@example.com" });
    },
    verdict: "unknown",
    reason: "aws_organizations_account.added can make roles and policies that are not read",
  },
  "a type of IAM that is not known": {
    stack: "shop",
    edit: (s) => {
      add(s, "aws_iam_role_trust", { role: ROLE, policy: EVERYBODY });
    },
    verdict: "unknown",
    reason: "aws_iam_role_trust.added is of a type that is not read",
  },
  "a service-linked role": {
    stack: "shop",
    edit: (s) => {
      add(s, "aws_iam_service_linked_role", { aws_service_name: "autoscaling.amazonaws.com" });
    },
    verdict: "unknown",
    reason: "aws_iam_service_linked_role.added is of a type that is not read",
  },
  "a key for a user": {
    stack: "tools",
    edit: (s) => {
      add(s, "aws_iam_access_key", { user: "bot" });
    },
    verdict: "unknown",
    reason: "aws_iam_access_key.added is of a type that is not read",
  },
  "attachments of one resource that take them away from others": {
    stack: "shop",
    edit: (s) => {
      add(s, "aws_iam_policy_attachment", {
        name: "x",
        policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
        roles: ["somebody"],
      });
    },
    verdict: "refuted",
    reason:
      "aws_iam_policy_attachment.added takes `arn:aws:iam::aws:policy/ReadOnlyAccess` away from aws_iam_role.spoke-deployer, to which aws_iam_role_policy_attachment.spoke-deployer_attachment-ReadOnlyAccess attaches it",
  },
  "an attachment by a resource for many": {
    stack: "shop",
    edit: (s) => {
      add(s, "aws_iam_policy_attachment", { name: "x", policy_arn: ADMINISTRATOR, roles: [ROLE] });
    },
    verdict: "refuted",
    reason:
      "arn:aws:iam::222222222222:role/deployer: it has arn:aws:iam::aws:policy/AdministratorAccess attached, which the map does not declare",
  },
  "an attachment to users of a list that is not known": {
    stack: "tools",
    edit: (s) => {
      add(s, "aws_iam_policy_attachment", {
        name: "x",
        policy_arn: ADMINISTRATOR,
        users: "${var.users}",
      });
    },
    verdict: "unknown",
    reason:
      "aws_iam_policy_attachment.added has users of which the list is known only when Terraform runs",
  },
  "a group with administrators": {
    stack: "tools",
    edit: (s) => {
      add(s, "aws_iam_group", { name: "admins" });
      add(s, "aws_iam_group_policy_attachment", { group: "admins", policy_arn: ADMINISTRATOR });
      add(s, "aws_iam_user_group_membership", {
        user: "bot",
        groups: ["${aws_iam_group.added.name}"],
      });
    },
    verdict: "refuted",
    reason:
      "arn:aws:iam::111111111111:user/bot: its policies permit what the map does not declare: sts:AssumeRole on arn:aws:iam::999999999999:role/any",
  },
  "a user in a group that is made elsewhere": {
    stack: "tools",
    edit: (s) => {
      add(s, "aws_iam_group_membership", {
        name: "x",
        group: "admins",
        users: ["${aws_iam_user.user-bot.name}"],
      });
    },
    verdict: "unknown",
    reason:
      "arn:aws:iam::111111111111:user/bot: its policies: admins/*: what the group `admins` is permitted is not in the Terraform",
  },
  "a policy of a group that is made elsewhere": {
    stack: "tools",
    edit: (s) => {
      add(s, "aws_iam_group_policy", { name: "x", group: "developers", policy: EVERYTHING });
    },
    verdict: "unknown",
    reason:
      "aws_iam_group_policy.added gives the group `developers` a policy, and which users are in it is not in the Terraform",
  },
  "a group that nobody declared": {
    stack: "tools",
    edit: (s) => {
      add(s, "aws_iam_group", { name: "admins" });
    },
    verdict: "refuted",
    reason:
      "arn:aws:iam::111111111111:group/admins: the Terraform makes this group, which the map does not declare: aws_iam_group.added in tools",
    changesNoAccess: true,
  },
  "an exclusive list that attaches to a role made elsewhere": {
    stack: "shop",
    edit: (s) => {
      add(s, "aws_iam_role_policy_attachments_exclusive", {
        role_name: "somebody",
        policy_arns: [ADMINISTRATOR],
      });
    },
    verdict: "refuted",
    reason:
      "arn:aws:iam::222222222222:role/somebody: its policies permit what the map does not declare: sts:AssumeRole on arn:aws:iam::999999999999:role/any",
  },
});
