import { providersOf } from "./providers";
import type { TerraformRule } from "./terraform-rule";

export const providerAlias: TerraformRule = {
  id: "terraform-alias",
  severity: "error",
  summary: "the alias of a provider is a name that Terraform accepts",
  why: "CDKTF writes any alias, also one with dots or with a digit at its start; Terraform rejects the stack.",
  source: "Terraform language, identifiers; measured with CDKTF 0.21",
  *check(stacks) {
    for (const { file, value } of stacks) {
      for (const { name, alias, at } of providersOf(value)) {
        if (alias === undefined || /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(alias)) continue;
        yield {
          file,
          at: [...at, "alias"],
          message: `the alias ${JSON.stringify(alias)} of the provider \`${name}\` is not valid in Terraform: letters, digits, \`_\` and \`-\`, beginning with a letter or \`_\``,
          help: "write the account's key, or a word before its ID",
        };
      }
    }
  },
};
