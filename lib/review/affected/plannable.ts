import { isObject } from "../../source/json-object";
import { stackAccountId } from "../../access/read/stack-accounts";
import { repeatedKey } from "../../access/read/repeated-key";
import { blocks, parseJson } from "../../access/read/terraform-stack";
import { byKey } from "../../values/order";

/**
 * Why the text of a stack is not safe to plan, as in 'has `data`, ...'; `undefined` if it is safe. To plan is
 * to run it, with credentials that read: a data source, a provisioner, a provider, a module or a function in
 * a template does what its author likes. So what may be there is listed, and all else is refused:
 *
 * - resources of IAM, outputs and `moved` blocks, with templates that name an attribute of such a resource
 * - `terraform`, `provider` and `variable` as some stack of the base has them, but for the account, its
 *   region, default tags and the default of a variable, which is given when planning
 *
 * @param bases texts of the base's stacks
 */
export function whyNotPlannable(text: string, bases: Iterable<string>): string | undefined {
  const root = parseJson(text);
  if (root === undefined) return "is not a JSON object";
  const repeated = repeatedKey(text);
  if (repeated !== undefined) return `has the key \`${repeated}\` twice in one object`;
  const other = Object.keys(root).find((section) => !SECTIONS.has(section));
  if (other !== undefined) return `has \`${other}\`, which can read or run anything`;
  for (const [type, named] of blocks(root.resource).flatMap(Object.entries)) {
    if (!/^aws_iam_[a-z_]+$/.test(type)) return `has \`${type}\`, which is not an IAM resource`;
    for (const body of blocks(named).flatMap(Object.values).flatMap(blocks)) {
      const runs = ["provisioner", "connection", "dynamic", "count", "for_each"].find(
        (argument) => body[argument] !== undefined,
      );
      if (runs !== undefined) return `has \`${runs}\` in a resource`;
    }
  }
  const template = unknownTemplate([root.resource, root.output, root.moved]);
  if (template !== undefined) {
    return `has the template \`${template}\`, which is not an attribute of an IAM resource`;
  }
  const form = deploymentForm(text);
  for (const base of bases) if (deploymentForm(base) === form) return undefined;
  return "has providers, a backend, versions or variables that no stack in the base has";
}

const SECTIONS: ReadonlySet<string> = new Set([
  "//",
  "moved",
  "output",
  "provider",
  "resource",
  "terraform",
  "variable",
]);

const REFERENCE = /\$\{aws_iam_[a-z_]+\.[A-Za-z_][A-Za-z0-9_-]*\.[a-z_]+\}/g;
const ESCAPED = /\$\$\{|%%\{/g;

/** A template that is not known to be harmless, in keys and values. */
function unknownTemplate(value: unknown): string | undefined {
  if (typeof value === "string") {
    // Which of the signs escape the other is for Terraform to say.
    const doubtful = /\$\$\$\{|%%%\{/.exec(value);
    const rest = value.replace(ESCAPED, "").replace(REFERENCE, "");
    return doubtful?.[0] ?? /[$%]\{[^}]*\}?/.exec(rest)?.[0];
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = unknownTemplate(key) ?? unknownTemplate(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** As whom, where and by what a stack is planned, without what differs from account to account. */
function deploymentForm(text: string): string {
  const { terraform, provider, variable } = parseJson(text) ?? {};
  const account = stackAccountId(text);
  const form = JSON.stringify(sorted({ terraform, provider, variable }, ""));
  return account === undefined ? form : form.replaceAll(account, "ACCOUNT");
}

/** A value with its keys in order, without default tags and defaults, and with any region alike. */
function sorted(value: unknown, at: string): unknown {
  if (Array.isArray(value)) return value.map((each) => sorted(each, at));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !isFree(key, inner, at))
      .map(([key, inner]) => [key, sorted(inner, `${at}/${key}`)] as const)
      .sort(byKey),
  );
}

function isFree(key: string, value: unknown, at: string): boolean {
  const inProvider = at === "/provider/aws";
  if (inProvider && key === "default_tags") return unknownTemplate(value) === undefined;
  if (inProvider && key === "region")
    return typeof value === "string" && /^[a-z0-9-]+$/.test(value);
  return /^\/variable\/[^/]*$/.test(at) && key === "default";
}
