import { listNames } from "../../diagnostics/nearest";
import { memberOf } from "./json-walk";
import { providersOf } from "./providers";
import type { TerraformRule } from "./terraform-rule";

export const providerReference: TerraformRule = {
  id: "terraform-provider",
  severity: "error",
  summary: "a resource names a provider that its own stack configures",
  why: "A provider object of another stack leaves only its name; Terraform then has no configuration for it, or uses one of the same name for another account.",
  source: "measured with CDKTF 0.21",
  *check(stacks) {
    for (const { file, value, resources } of stacks) {
      const names = providersOf(value).map(({ name, alias }) =>
        alias === undefined ? name : `${name}.${alias}`,
      );
      for (const { value: resource, at, type, label } of resources) {
        const provider = memberOf(resource, "provider");
        if (typeof provider !== "string" || names.includes(provider)) continue;
        yield {
          file,
          at: [...at, "provider"],
          message: `\`${type}.${label}\` names the provider \`${provider}\`, this stack configures ${listNames(names)}`,
          help: "use a provider of the same stack",
        };
      }
    }
  },
};
