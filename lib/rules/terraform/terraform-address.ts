import { labelled, memberOf } from "./json-walk";
import type { TerraformFinding, TerraformRule } from "./terraform-rule";

export const addressNames: TerraformRule = {
  id: "terraform-address",
  severity: "error",
  summary: "names of resources, outputs, variables and modules are names that Terraform accepts",
  why: "CDKTF writes any construct ID. Terraform rejects names that begin with a digit, as account IDs do, and so rejects the whole stack.",
  source: "Terraform language, identifiers",
  *check(stacks) {
    for (const { file, value, resources } of stacks) {
      const named = [
        ...resources.map(({ label, at, kind, type }) => ({
          label,
          at,
          what: kind === "data" ? `data.${type}` : type,
        })),
        ...["output", "variable", "module", "locals"].flatMap((what) =>
          [...labelled(memberOf(value, what), [what])].map(({ label, at }) => ({
            label,
            at,
            what,
          })),
        ),
      ];
      for (const { label, at, what } of named) {
        if (IDENTIFIER.test(label)) continue;
        yield { file, at, atKey: true, ...problemOf(label, what) };
      }
    }
  },
};

const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

function problemOf(label: string, what: string): Pick<TerraformFinding, "message" | "help"> {
  const found = `\`${what}.${label}\``;
  if (/^\d/.test(label)) {
    return {
      message: `the address ${found} begins with a digit, Terraform's names begin with a letter or \`_\``,
      help: "put a word before the construct's ID",
    };
  }
  return {
    message: `the address ${found} is not valid in Terraform: letters, digits, \`_\` and \`-\`, beginning with a letter or \`_\``,
    help: "give the construct another ID",
  };
}
