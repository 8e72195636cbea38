import {
  ADMINISTRATOR,
  EVERYBODY,
  EVERYTHING,
  ROLE,
  add,
  find,
  testEdits,
} from "../../../support/mutations/hand-edits";

testEdits({
  "a role that OpenTofu does not make": {
    stack: "shop",
    edit: (s) => {
      find(s, "aws_iam_role").lifecycle = { enabled: false };
    },
    verdict: "unknown",
    reason:
      "aws_iam_role.spoke-deployer has `lifecycle.enabled` false: whether it exists is unknown",
  },
  "a role that OpenTofu makes where a variable says so": {
    stack: "shop",
    edit: (s) => {
      find(s, "aws_iam_role").lifecycle = [{ enabled: "${var.on}" }];
    },
    verdict: "unknown",
    reason:
      'aws_iam_role.spoke-deployer has `lifecycle.enabled` "${var.on}": whether it exists is unknown',
  },
  "a list that OpenTofu does not make": {
    stack: "shop",
    edit: (s) => {
      find(s, "aws_iam_role_policies_exclusive").lifecycle = { enabled: false };
    },
    verdict: "unknown",
    reason:
      "aws_iam_role_policies_exclusive.spoke-deployer_policies has `lifecycle.enabled` false: whether it exists is unknown",
  },
  "an action that a role starts": {
    stack: "shop",
    edit: (s) => {
      find(s, "aws_iam_role").lifecycle = {
        action_trigger: [{ events: ["after_create"], actions: ["x"] }],
      };
    },
    verdict: "unknown",
    reason:
      "aws_iam_role.spoke-deployer starts actions by `lifecycle.action_trigger`, which are not read",
  },
  "an action that a bucket starts": {
    stack: "shop",
    edit: (s) => {
      add(s, "aws_s3_bucket", { bucket: "logs", lifecycle: { action_trigger: [{}] } });
    },
    verdict: "unknown",
    reason: "aws_s3_bucket.added starts actions by `lifecycle.action_trigger`, which are not read",
  },
  "a setting of lifecycle that is not known": {
    stack: "shop",
    edit: (s) => {
      find(s, "aws_iam_role").lifecycle = { on_failure: "keep" };
    },
    verdict: "unknown",
    reason: "aws_iam_role.spoke-deployer has `lifecycle.on_failure`, which is not read",
  },
  "changes of the trust policy that are ignored": {
    stack: "shop",
    edit: (s) => {
      find(s, "aws_iam_role").lifecycle = { ignore_changes: ["assume_role_policy"] };
    },
    verdict: "unknown",
    reason:
      "aws_iam_role.spoke-deployer ignores changes of `assume_role_policy`: what is in the account may differ",
  },
  "no managed policies, beside an attachment": {
    stack: "shop",
    edit: (s) => {
      find(s, "aws_iam_role").managed_policy_arns = [];
    },
    verdict: "unknown",
    reason:
      "aws_iam_role.spoke-deployer has `managed_policy_arns`, which takes `arn:aws:iam::aws:policy/ReadOnlyAccess` away where aws_iam_role_policy_attachment.spoke-deployer_attachment-ReadOnlyAccess attaches it",
  },
  "managed policies in the role that leave an attached one out": {
    stack: "shop",
    edit: (s) => {
      find(s, "aws_iam_role").managed_policy_arns = [
        "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
      ];
    },
    verdict: "refuted",
    reason:
      "aws_iam_role.spoke-deployer has `managed_policy_arns`, which takes `arn:aws:iam::aws:policy/ReadOnlyAccess` away where aws_iam_role_policy_attachment.spoke-deployer_attachment-ReadOnlyAccess attaches it",
  },
  "an empty block of inline policies": {
    stack: "shop",
    edit: (s) => {
      find(s, "aws_iam_role").inline_policy = [{}];
    },
    verdict: "unknown",
    reason:
      "aws_iam_role.spoke-deployer has `inline_policy`, which takes `deploy` away where aws_iam_role_policy.spoke-deployer_policy-deploy attaches it",
  },
  "an inline policy in the role beside others": {
    stack: "shop",
    edit: (s) => {
      find(s, "aws_iam_role").inline_policy = { name: "x", policy: EVERYTHING };
    },
    verdict: "refuted",
    reason:
      "aws_iam_role.spoke-deployer has `inline_policy`, which takes `deploy` away where aws_iam_role_policy.spoke-deployer_policy-deploy attaches it",
  },
  "an argument that is not known": {
    stack: "shop",
    edit: (s) => {
      find(s, "aws_iam_role").trust_tokens = "all";
    },
    verdict: "unknown",
    reason: "aws_iam_role.spoke-deployer has the argument `trust_tokens`, which is not read",
  },
  "an argument of a nested block that is not known": {
    stack: "shop",
    edit: (s) => {
      find(s, "aws_iam_role").inline_policy = [{ name: "x", policy: EVERYTHING, scope: "account" }];
    },
    verdict: "refuted",
    reason:
      "aws_iam_role.spoke-deployer has `inline_policy`, which takes `deploy` away where aws_iam_role_policy.spoke-deployer_policy-deploy attaches it",
  },
  "an argument that only the provider sets": {
    stack: "shop",
    edit: (s) => {
      find(s, "aws_iam_role").arn = "arn:aws:iam::222222222222:role/other";
    },
    verdict: "unknown",
    reason:
      "aws_iam_role.spoke-deployer sets `arn`, which only the provider does: what becomes of it is unknown",
  },
  "a certificate that is pinned for an identity provider": {
    stack: "tools",
    edit: (s) => {
      find(s, "aws_iam_openid_connect_provider").thumbprint_list = [
        "0123456789abcdef0123456789abcdef01234567",
      ];
    },
    verdict: "refuted",
    reason:
      "arn:aws:iam::111111111111:oidc-provider/ci.example.com: it trusts the certificate `0123456789abcdef0123456789abcdef01234567`, which the map does not declare",
  },
  "a list of certificates that is not known": {
    stack: "tools",
    edit: (s) => {
      find(s, "aws_iam_openid_connect_provider").thumbprint_list = "${var.thumbprints}";
    },
    verdict: "unknown",
    reason:
      "aws_iam_openid_connect_provider.oidc-ci has a thumbprint_list that is known only when Terraform runs",
  },
  "a repeated attachment": {
    stack: "shop",
    edit: (s) => {
      add(s, "aws_iam_role_policy_attachment", {
        role: ROLE,
        policy_arn: ADMINISTRATOR,
        count: "${var.on ? 1 : 0}",
      });
    },
    verdict: "unknown",
    reason:
      "aws_iam_role_policy_attachment.added is repeated by count or for_each, which is not read",
  },
  "a role with a name that is made up": {
    stack: "shop",
    edit: (s) => {
      add(s, "aws_iam_role", { name_prefix: "x-", assume_role_policy: EVERYBODY });
    },
    verdict: "unknown",
    reason: "aws_iam_role.added has no name: what it is called is known only when Terraform runs",
  },
});
