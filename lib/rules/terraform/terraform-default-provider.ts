import { providersOf } from "./providers";
import type { ProviderBlock } from "./providers";
import type { TerraformRule } from "./terraform-rule";

export const defaultProvider: TerraformRule = {
  id: "terraform-default-provider",
  severity: "error",
  summary: "a stack configures each provider, and each of its aliases, once",
  why: "CDKTF writes two default providers silently; Terraform then rejects the stack, and it is unclear which account a resource would go to.",
  source: "Terraform language, provider configuration; measured with CDKTF 0.21",
  *check(stacks) {
    for (const { file, value } of stacks) {
      const first = new Map<string, ProviderBlock>();
      for (const provider of providersOf(value)) {
        const { name, alias, at } = provider;
        const key = JSON.stringify([name, alias]);
        const earlier = first.get(key);
        if (earlier === undefined) {
          first.set(key, provider);
          continue;
        }
        const what =
          alias === undefined ? `default provider \`${name}\`` : `provider \`${name}.${alias}\``;
        yield {
          file,
          at,
          message: `the ${what} is configured twice in one stack`,
          help:
            alias === undefined
              ? "give one of the two an `alias`, or move it to its own stack"
              : "give one of the two another `alias`",
          related: { file, at: earlier.at, message: "first one here" },
        };
      }
    }
  },
};
