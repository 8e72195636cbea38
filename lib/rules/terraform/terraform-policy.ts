import { unescapeTerraform } from "../../iam/policy-text";
import { blocks, memberOf } from "./json-walk";
import type { Labelled } from "./json-walk";
import type { TerraformRule } from "./terraform-rule";

export const storedPolicy: TerraformRule = {
  id: "terraform-policy",
  severity: "error",
  summary: "a policy in the Terraform is JSON once its escapes are undone",
  why: "Terraform passes the text on unchanged, and IAM rejects it with MalformedPolicyDocument in the middle of an apply.",
  source: "IAM API Reference, CreateRole and PutRolePolicy",
  *check(stacks) {
    for (const { file, resources } of stacks) {
      for (const resource of resources) {
        if (resource.kind !== "resource" || !resource.type.startsWith("aws_iam_")) continue;
        for (const { value: policy, at } of policiesOf(resource)) {
          if (typeof policy !== "string" || isJsonObject(policy)) continue;
          yield {
            file,
            at,
            message: `the policy of \`${resource.type}.${resource.label}\` is not a JSON object once Terraform has read it`,
            help: "build the policy as a value and write it with one serializer",
          };
        }
      }
    }
  },
};

function* policiesOf({ value, at }: Labelled): Generator<Omit<Labelled, "label">> {
  for (const attribute of ["assume_role_policy", "policy"]) {
    yield { value: memberOf(value, attribute), at: [...at, attribute] };
  }
  for (const block of blocks(memberOf(value, "inline_policy"), [...at, "inline_policy"])) {
    yield { value: memberOf(block.value, "policy"), at: [...block.at, "policy"] };
  }
}

/** Whether a text is a JSON object; what Terraform fills in may be any part of a string. */
function isJsonObject(text: string): boolean {
  if (/^\$\{[^]*\}$/.test(text)) return true; // a reference or a function makes all of it
  const filled = text.replace(/(?<!\$)\$\{[^{}]*\}/g, "reference");
  try {
    const value: unknown = JSON.parse(unescapeTerraform(filled));
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
