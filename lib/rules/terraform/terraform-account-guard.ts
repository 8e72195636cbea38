import { memberOf } from "./json-walk";
import { providersOf } from "./providers";
import type { TerraformRule } from "./terraform-rule";

export const accountGuard: TerraformRule = {
  id: "terraform-account-guard",
  severity: "warning",
  summary: "every AWS provider names its account, with `allowed_account_ids`",
  why: "With the credentials of another account Terraform would create the roles there, and nothing would stop it.",
  source: "hashicorp/aws provider, allowed_account_ids",
  *check(stacks) {
    for (const { file, value, resources } of stacks) {
      const providers = providersOf(value).filter(({ name }) => name === "aws");
      for (const { alias, value: provider, at } of providers) {
        const ids = memberOf(provider, "allowed_account_ids");
        if (Array.isArray(ids) && ids.length > 0) continue;
        yield {
          file,
          at,
          message: `the provider \`${alias === undefined ? "aws" : `aws.${alias}`}\` names no account`,
          help: 'add `"allowed_account_ids": ["..."]` with its account ID',
        };
      }
      if (providers.length > 0) continue;
      const first = resources.find(({ type }) => type.startsWith("aws_"));
      if (first === undefined) continue;
      yield {
        file,
        at: first.at,
        atKey: true,
        message: `\`${first.type}.${first.label}\` is created in the account of whatever credentials are used: the stack configures no provider \`aws\``,
        help: "configure one with `allowed_account_ids`",
      };
    }
  },
};
