import { memberOf, resourcesOf } from "./json-walk";
import { providersOf } from "./providers";
import type { TerraformRule } from "./terraform-rule";

export const accountGuard: TerraformRule = {
  id: "terraform-account-guard",
  severity: "warning",
  summary: "every AWS provider says which account it is for, with `allowed_account_ids`",
  why: "With the credentials of another account Terraform makes the roles there, and nothing stops it.",
  source: "hashicorp/aws provider, allowed_account_ids",
  *check(stacks) {
    for (const { file, value } of stacks) {
      const providers = providersOf(value).filter(({ name }) => name === "aws");
      for (const { alias, value: provider, at } of providers) {
        const ids = memberOf(provider, "allowed_account_ids");
        if (Array.isArray(ids) && ids.length > 0) continue;
        yield {
          file,
          at,
          message: `the provider \`${alias === undefined ? "aws" : `aws.${alias}`}\` names no account`,
          help: 'add `"allowed_account_ids": ["..."]` with the id of its account',
        };
      }
      if (providers.length > 0) continue;
      const first = resourcesOf(value).find(({ type }) => type.startsWith("aws_"));
      if (first === undefined) continue;
      yield {
        file,
        at: first.at,
        atKey: true,
        message: `\`${first.type}.${first.label}\` is made in whatever account the credentials are for: the stack configures no provider \`aws\``,
        help: "configure one with `allowed_account_ids`",
      };
    }
  },
};
