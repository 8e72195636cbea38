import { synthesize } from "../../../../constructs/synthesize";
import { accountDirectory } from "../../../../lib/access/account-directory";
import { provePlan } from "../../../../lib/access/prove-plan";
import type { Proof } from "../../../../lib/access/prove-plan";
import { readReviewedTree } from "../../../../lib/review/read-reviewed-tree";
import { compareTrees } from "../../../../lib/review/compare/compare-trees";
import { toneOf } from "../../../../lib/review/report/change-tone";
import type { AccountMap } from "../../../../lib/account-map/account-map";
import type { AccessPlan } from "../../../../lib/plan/access-plan";
import { checkMap } from "../../../support/project";

const MAP = `
organizations: { example: { id: o-exampleorg1 } }
identityProviders:
  ci: { oidc: { url: "https://ci.example.com", audiences: [builds] }, create: true }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
  data: { id: "333333333333" }
hubs:
  bots:
    account: tools
    role: bots-hub
    principals:
      bot: { user: { name: bot, create: true } }
      build: { oidc: { provider: ci, subject: project-1, audience: builds } }
spokes:
  deployer:
    hubs: [bots]
    accounts: { keys: [shop, data] }
    permissions: { documents: [deploy], managed: [ReadOnlyAccess] }
`;
const DEPLOY = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }],
};
const EVERYTHING =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}';
const EVERYBODY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}';
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

type Attributes = Record<string, unknown>;
type Named = Record<string, Attributes>;
interface Stack extends Record<string, unknown> {
  provider: { aws: Attributes[] };
  terraform: Record<string, Attributes>;
  resource: Record<string, Named>;
}

const { map, plan } = checked();
const tree = synthesize(plan).stacks;
const accounts = accountDirectory(map.accounts.values());

function checked(): { readonly map: AccountMap; readonly plan: AccessPlan } {
  const { map: read, plan: made } = checkMap(MAP, { deploy: DEPLOY });
  if (read === undefined || made === undefined) throw new Error("the map has errors");
  return { map: read, plan: made };
}

function edited(name: string, edit: (stack: Stack) => void): { stack: string; text: string }[] {
  return [...tree].map(([stack, text]) => {
    if (stack !== name) return { stack, text };
    const parsed = JSON.parse(text) as Stack;
    edit(parsed);
    return { stack, text: JSON.stringify(parsed, undefined, 2) };
  });
}

function prove(name: string, edit: (stack: Stack) => void): Proof {
  return provePlan({ plan, accounts, stacks: edited(name, edit) });
}

/** Whether a review of the edit lets it pass without a word. */
function isSilent(name: string, edit: (stack: Stack) => void): boolean {
  const base = readReviewedTree(
    edited(name, () => undefined),
    map,
    plan,
  );
  const head = readReviewedTree(edited(name, edit), map, plan);
  const { changes } = compareTrees({ base, head, time: "2026-11-30T00:00:00Z" });
  return changes.every((change) => toneOf(change) === "notice");
}

function reasons({ problems, diagnostics }: Proof): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return [
    ...errors.map(({ message }) => message),
    ...problems.map(({ roleArn, message }) => `${roleArn}: ${message}`),
  ];
}

/** The only resource of a type, or the one of a name. */
function find({ resource }: Stack, type: string, name?: string): Attributes {
  const named = resource[type] ?? {};
  const found = name === undefined ? Object.values(named)[0] : named[name];
  if (found === undefined) throw new Error(`there is no ${type} ${name ?? ""}`);
  return found;
}

function add({ resource }: Stack, type: string, attributes: Attributes): void {
  (resource[type] ??= {}).added = attributes;
}

/** A second provider, of another account. */
function second({ provider }: Stack, id = "444444444444"): void {
  provider.aws.push({ alias: "other", allowed_account_ids: [id], region: "eu-central-1" });
}

const ROLE = "${aws_iam_role.spoke-deployer.name}";

test("the tree is proved as it is", () => {
  const proof = prove("shop", () => undefined);
  expect(reasons(proof)).toEqual([]);
  expect(proof).toMatchObject({ verdict: "proved", unread: [] });
  expect(isSilent("shop", () => undefined)).toBe(true);
});

interface Edit {
  readonly stack: "shop" | "tools";
  readonly edit: (stack: Stack) => void;
  readonly verdict: "refuted" | "unknown";
  /** One of the reasons. */
  readonly reason: string;
  /** Whether it changes what nobody may do, so that a review has nothing to say. @default false */
  readonly changesNoAccess?: true;
}

const EDITS: Readonly<Record<string, Edit>> = {
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
  "a policy that nothing attaches": {
    stack: "shop",
    edit: (s) => {
      add(s, "aws_iam_policy", { name: "developers", policy: EVERYTHING });
    },
    verdict: "refuted",
    reason:
      "arn:aws:iam::222222222222:policy/developers: the Terraform makes this policy, which the map does not declare and nothing in the Terraform attaches: whoever has it attached is permitted what it says: aws_iam_policy.added in shop",
  },
  "an import of a policy that is there": {
    stack: "shop",
    edit: (s) => {
      add(s, "aws_iam_policy", { name: "developers", policy: EVERYTHING });
      add(s, "aws_iam_role_policy_attachment", {
        role: ROLE,
        policy_arn: "${aws_iam_policy.added.arn}",
      });
      s.import = [
        { to: "aws_iam_policy.added", id: "arn:aws:iam::222222222222:policy/developers" },
      ];
    },
    verdict: "refuted",
    reason: "takes over aws_iam_policy.added by `import`: who has this policy already is not known",
  },
  "an import of a role into a module": {
    stack: "shop",
    edit: (s) => {
      s.import = { to: "module.x.aws_iam_role.this", id: "deployer" };
    },
    verdict: "unknown",
    reason: "takes over module.x.aws_iam_role.this by `import`, which is not read",
  },
  "a policy that is left in the account": {
    stack: "shop",
    edit: (s) => {
      s.removed = [{ from: "aws_iam_role_policy.old", lifecycle: { destroy: false } }];
    },
    verdict: "unknown",
    reason:
      "no longer manages aws_iam_role_policy.old by `removed`, and does not say `lifecycle.destroy`: true: what it permits may stay",
  },
  "a role that may be left in the account": {
    stack: "shop",
    edit: (s) => {
      s.removed = { from: "aws_iam_role.old" };
    },
    verdict: "unknown",
    reason:
      "no longer manages aws_iam_role.old by `removed`, and does not say `lifecycle.destroy`: true: what it permits may stay",
  },
  "commands at the end of a resource": {
    stack: "shop",
    edit: (s) => {
      s.removed = [
        {
          from: "aws_s3_bucket.old",
          lifecycle: { destroy: true },
          provisioner: [{ "local-exec": { when: "destroy", command: "true" } }],
        },
      ];
    },
    verdict: "unknown",
    reason: "has `removed` of aws_s3_bucket.old, which runs commands of a provisioner",
  },
  "a check that runs a program": {
    stack: "shop",
    edit: (s) => {
      s.check = {
        c: {
          data: { external: { d: { program: ["true"] } } },
          assert: [{ condition: "${true}", error_message: "x" }],
        },
      };
    },
    verdict: "unknown",
    reason: "has a data source `external`, which runs a program that is not read",
  },
  "a data source that calls a function": {
    stack: "shop",
    edit: (s) => {
      s.data = { aws_lambda_invocation: { x: { function_name: "f", input: "{}" } } };
    },
    verdict: "unknown",
    reason: "has a data source `aws_lambda_invocation`, which is not read",
  },
  "a data source of a provider that is not known": {
    stack: "shop",
    edit: (s) => {
      s.data = [{ shell_script: { x: { command: "true" } } }];
    },
    verdict: "unknown",
    reason: "has a data source `shell_script`, which is not read",
  },
  "an ephemeral resource that calls a function": {
    stack: "shop",
    edit: (s) => {
      s.ephemeral = { aws_lambda_invocation: { x: { function_name: "f", payload: "{}" } } };
    },
    verdict: "unknown",
    reason: "has an ephemeral resource `aws_lambda_invocation`, which is not read",
  },
  "a module": {
    stack: "shop",
    edit: (s) => {
      s.module = { x: { source: "./x" } };
    },
    verdict: "unknown",
    reason: "has modules, whose content is not read: the access in them is unknown",
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
  "endpoints of the provider": {
    stack: "shop",
    edit: (s) => {
      Object.assign(s.provider.aws[0] ?? {}, { endpoints: [{ iam: "https://example.com" }] });
    },
    verdict: "refuted",
    reason:
      "the provider aws has `endpoints`, which is not read: which account its resources are in is unknown",
  },
  "a provider that does not ask for its account": {
    stack: "shop",
    edit: (s) => {
      Object.assign(s.provider.aws[0] ?? {}, { skip_requesting_account_id: true });
    },
    verdict: "refuted",
    reason:
      "the provider aws has `skip_requesting_account_id`, which is not read: which account its resources are in is unknown",
  },
  "a provider for many accounts": {
    stack: "shop",
    edit: (s) => {
      Object.assign(s.provider.aws[0] ?? {}, { for_each: "${var.accounts}" });
    },
    verdict: "refuted",
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
  "a role with a name that is made up": {
    stack: "shop",
    edit: (s) => {
      add(s, "aws_iam_role", { name_prefix: "x-", assume_role_policy: EVERYBODY });
    },
    verdict: "unknown",
    reason: "aws_iam_role.added has no name: what it is called is known only when Terraform runs",
  },
};

test("are many", () => {
  expect(Object.keys(EDITS).length).toBeGreaterThanOrEqual(40);
});

describe.each(Object.entries(EDITS))("%s", (_, { stack, edit, ...expected }) => {
  test("is not proved, for the true reason", () => {
    const proof = prove(stack, edit);
    expect(reasons(proof)).toContain(expected.reason);
    expect(proof.verdict).toBe(expected.verdict);
  });

  test("does not pass a review in silence", () => {
    expect(isSilent(stack, edit)).toBe(expected.changesNoAccess === true);
  });
});

describe("what changes nobody's access leaves the tree proved:", () => {
  test.each<[string, (stack: Stack) => void]>([
    [
      "a bucket",
      (stack) => {
        add(stack, "aws_s3_bucket", { bucket: "logs" });
      },
    ],
    [
      "buckets of a list",
      (stack) => {
        add(stack, "aws_s3_bucket", { for_each: "${toset([])}" });
      },
    ],
    [
      "a random name",
      (stack) => {
        add(stack, "random_id", { byte_length: 4 });
      },
    ],
    ["a description", (stack) => (find(stack, "aws_iam_role").description = "x")],
    [
      "OpenTofu's switch that is on",
      (s) => (find(s, "aws_iam_role").lifecycle = { enabled: true }),
    ],
    ["no inline policies", (stack) => (find(stack, "aws_iam_role").inline_policy = [])],
    ["a data source that reads", (s) => (s.data = { aws_iam_role: { x: { name: "y" } } })],
    ["a call to read a page", (s) => (s.data = { http: { x: { url: "https://example.com" } } })],
    ["locals", (stack) => (stack.locals = { x: 1 })],
    [
      "how the provider signs in",
      ({ provider }) => Object.assign(provider.aws[0] ?? {}, { profile: "x" }),
    ],
    [
      "a second provider that makes nothing",
      (stack) => {
        second(stack);
      },
    ],
    [
      "the import of what is listed exhaustively",
      (stack) => (stack.import = [{ to: "aws_iam_role.spoke-deployer", id: "deployer" }]),
    ],
    [
      "a resource that is destroyed",
      (stack) => (stack.removed = [{ from: "aws_iam_role.old", lifecycle: { destroy: true } }]),
    ],
  ])("%s", (_, edit) => {
    const proof = prove("shop", edit);
    expect(reasons(proof)).toEqual([]);
    expect(proof.verdict).toBe("proved");
  });
});
