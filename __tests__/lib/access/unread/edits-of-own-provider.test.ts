import {
  ADMINISTRATOR,
  EVERYTHING,
  ROLE,
  add,
  find,
  second,
  testEdits,
} from "../../../support/mutations/hand-edits";

testEdits({
  "an attachment of another account's provider": {
    stack: "shop",
    edit: (s) => {
      second(s);
      find(s, "aws_iam_role_policy_attachment").provider = "aws.other";
    },
    verdict: "refuted",
    reason:
      "arn:aws:iam::444444444444:role/deployer: its policies permit what the map does not declare: a4b:GetAddressBook on arn:aws:iam::999999999999:role/any",
  },
  "an inline policy of another account's provider": {
    stack: "shop",
    edit: (s) => {
      second(s);
      find(s, "aws_iam_role_policy").provider = "aws.other";
    },
    verdict: "refuted",
    reason:
      "arn:aws:iam::222222222222:role/deployer: its policies do not permit what the map declares: s3:GetObject on arn:aws:iam::999999999999:role/any",
  },
  "a list of inline policies of another account's provider": {
    stack: "shop",
    edit: (s) => {
      second(s);
      find(s, "aws_iam_role_policies_exclusive").provider = "aws.other";
    },
    verdict: "refuted",
    reason:
      "arn:aws:iam::222222222222:role/deployer: what is attached to it by hand would stay: its inline policies are not exclusive",
  },
  "a list of attached policies of another account's provider": {
    stack: "shop",
    edit: (s) => {
      second(s);
      find(s, "aws_iam_role_policy_attachments_exclusive").provider = "aws.other";
    },
    verdict: "refuted",
    reason:
      "arn:aws:iam::222222222222:role/deployer: what is attached to it by hand would stay: its managed policies are not exclusive",
  },
  "a user of another account's provider": {
    stack: "tools",
    edit: (s) => {
      second(s);
      find(s, "aws_iam_user").provider = "aws.other";
    },
    verdict: "refuted",
    reason:
      "arn:aws:iam::444444444444:user/bot: the Terraform makes this user, which the map does not declare: aws_iam_user.user-bot in tools",
  },
  "an identity provider of another account's provider": {
    stack: "tools",
    edit: (s) => {
      second(s);
      find(s, "aws_iam_openid_connect_provider").provider = "aws.other";
    },
    verdict: "refuted",
    reason:
      "arn:aws:iam::111111111111:oidc-provider/ci.example.com: the Terraform does not make this identity provider",
  },
  "an attachment in an account of the map by a second provider": {
    stack: "tools",
    edit: (s) => {
      second(s, "222222222222");
      add(s, "aws_iam_role_policy_attachment", {
        role: "deployer",
        policy_arn: ADMINISTRATOR,
        provider: "aws.other",
      });
    },
    verdict: "refuted",
    reason:
      "arn:aws:iam::222222222222:role/deployer: it has arn:aws:iam::aws:policy/AdministratorAccess attached, which the map does not declare",
  },
  "a policy of another account that is attached": {
    stack: "shop",
    edit: (s) => {
      second(s);
      add(s, "aws_iam_policy", { name: "x", policy: EVERYTHING, provider: "aws.other" });
      add(s, "aws_iam_role_policy_attachment", {
        role: ROLE,
        policy_arn: "${aws_iam_policy.added.arn}",
      });
    },
    verdict: "refuted",
    reason:
      "aws_iam_role_policy_attachment.added names arn:aws:iam::444444444444:policy/x, a policy of another account than its own, 222222222222",
  },
  "endpoints of the provider": {
    stack: "shop",
    edit: (s) => {
      Object.assign(s.provider.aws[0] ?? {}, { endpoints: [{ iam: "https://example.com" }] });
    },
    verdict: "unknown",
    reason:
      "the provider aws has `endpoints`, which is not read: which account its resources are in is unknown",
  },
  "a provider that does not ask for its account": {
    stack: "shop",
    edit: (s) => {
      Object.assign(s.provider.aws[0] ?? {}, { skip_requesting_account_id: true });
    },
    verdict: "unknown",
    reason:
      "the provider aws has `skip_requesting_account_id`, which is not read: which account its resources are in is unknown",
  },
  "a provider for many accounts": {
    stack: "shop",
    edit: (s) => {
      Object.assign(s.provider.aws[0] ?? {}, { for_each: "${var.accounts}" });
    },
    verdict: "unknown",
    reason:
      "the provider aws has `for_each`, which is not read: which account its resources are in is unknown",
  },
  "a provider of another source": {
    stack: "shop",
    edit: (s) => {
      s.terraform.required_providers = { aws: { source: "example/aws" } };
    },
    verdict: "unknown",
    reason:
      'takes the provider `aws` from "example/aws", and what is read is what `hashicorp/aws` makes of it',
  },
  "a provider under the name of one that only computes": {
    stack: "shop",
    edit: (s) => {
      Object.assign(s.terraform, { required_providers: { random: { source: "example/random" } } });
      s.resource.random_id = { suffix: { byte_length: 4 } };
    },
    verdict: "unknown",
    reason:
      "takes the provider `random` from `example/random`, which is not known: it could call IAM",
  },
  "a provider that nothing uses": {
    stack: "shop",
    edit: (s) => {
      Object.assign(s.terraform, {
        required_providers: [{ helper: { source: "example/helper" } }],
      });
    },
    verdict: "unknown",
    reason:
      "takes the provider `helper` from `example/helper`, which is not known: it could call IAM",
  },
  "a provider that is only configured": {
    stack: "shop",
    edit: (s) => {
      Object.assign(s.provider, { helper: [{}] });
    },
    verdict: "unknown",
    reason:
      "takes the provider `helper` from `hashicorp/helper`, which is not known: it could call IAM",
  },
  "a provider that only a resource of AWS names": {
    stack: "shop",
    edit: (s) => {
      s.resource.aws_s3_bucket = { logs: { bucket: "logs", provider: "helper.one" } };
    },
    verdict: "unknown",
    reason:
      "takes the provider `helper` from `hashicorp/helper`, which is not known: it could call IAM",
  },
  "a provider that only a data source in a check names": {
    stack: "shop",
    edit: (s) => {
      const caller = { aws_caller_identity: { me: { provider: "${helper}" } } };
      Object.assign(s, { check: { me: { data: caller } } });
    },
    verdict: "unknown",
    reason:
      "takes the provider `helper` from `hashicorp/helper`, which is not known: it could call IAM",
  },
  "a setting of Terraform that is not known": {
    stack: "shop",
    edit: (s) => {
      s.terraform.hooks = { after: "true" };
    },
    verdict: "unknown",
    reason: "has `terraform.hooks`, which is not read",
  },
  "the account of another stack": {
    stack: "shop",
    edit: (s) => {
      Object.assign(s.provider.aws[0] ?? {}, { allowed_account_ids: ["333333333333"] });
    },
    verdict: "refuted",
    reason: "aws_iam_role.spoke-deployer makes the role `deployer` a second time",
  },
});
