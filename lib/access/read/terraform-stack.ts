import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { AccountLocation } from "../../iam/arn";
import { repeatedKey } from "./repeated-key";
import { stackAccounts } from "./stack-accounts";

/** The text of one synthesized stack: its `cdk.tf.json`. */
export interface StackText {
  readonly stack: string;
  readonly text: string;
}

/** An object of the Terraform, as JSON has it. */
export type TerraformObject = Readonly<Record<string, unknown>>;

/** A resource of a stack. */
export interface TerraformResource {
  readonly stack: string;
  /** The file that it stands in, as findings name it. */
  readonly file: string;
  readonly type: string;
  /** Address within the stack, such as `aws_iam_role.hub`. */
  readonly address: string;
  /** As in a configuration, or with placeholders for what is not known. */
  readonly attributes: TerraformObject;
  /** The account that it is made in. @default - it is not known */
  readonly location?: AccountLocation;
  /** Whether it is a role whose trust policy a plan leaves as it was saved before. @default false */
  readonly keepsTrust?: true;
}

/** What was read of one stack, from a configuration, a plan or a state. */
export interface ReadStack {
  readonly stack: string;
  /** The file that it stands in, as findings name it. */
  readonly file: string;
  /** The accounts of its providers. */
  readonly accounts: readonly AccountLocation[];
  readonly resources: readonly TerraformResource[];
  /** What could not be read. */
  readonly diagnostics: readonly Diagnostic[];
  /** ARNs of the roles and users that a plan destroys, makes anew or renames. @default - none */
  readonly givenUp?: readonly string[];
}

/** Reads the JSON of a stack. What can hold access but is not read is reported: modules, repeated resources, unknown blocks. */
export function parseStack({ stack, text }: StackText): ReadStack {
  const diagnostics: Diagnostic[] = [];
  const file = `${stack}/cdk.tf.json`;
  const report = (rule: string, message: string): void => {
    diagnostics.push({ severity: "error", rule, file, message });
  };
  const nothing = { stack, file, accounts: [], resources: [], diagnostics };
  const root = parseJson(text);
  if (root === undefined) {
    report("access-json", "is not an object of JSON, as `cdk.tf.json` is");
    return nothing;
  }
  if ("planned_values" in root || "format_version" in root) {
    report(
      "access-json",
      "is a plan or a state, and what is read here is the configuration, `cdk.tf.json`; name a plan by `--plan`",
    );
    return nothing;
  }
  if (root.module !== undefined) {
    report(
      "access-module",
      "has modules, whose content is not read: the access in them is unknown",
    );
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined) {
    report("access-json", `has the key \`${repeated}\` twice in one object: Terraform reads both`);
  }
  for (const name of Object.keys(root)) {
    if (!BLOCKS.has(name)) report("access-block", `has \`${name}\`, which is not read`);
  }
  if (blocks(root.data).some(({ external }) => external !== undefined)) {
    report("access-block", "has a data source `external`, which runs a program that is not read");
  }
  const within = (value: unknown, what: string): readonly TerraformObject[] => {
    const read = blocks(value);
    const all = value === undefined ? 0 : Array.isArray(value) ? value.length : 1;
    if (read.length < all) report("access-json", `has something in ${what} that is no block`);
    return read;
  };
  const providers = within(root.provider, "`provider`").flatMap(({ aws }) =>
    within(aws, "`provider.aws`"),
  );
  const own = stackAccounts(providers, text, file);
  diagnostics.push(...own.diagnostics);
  const resources: TerraformResource[] = [];
  for (const [type, named] of within(root.resource, "`resource`").flatMap(Object.entries)) {
    for (const [name, body] of within(named, `\`resource.${type}\``).flatMap(Object.entries)) {
      const address = `${type}.${name}`;
      const [attributes, ...more] = blocks(body);
      if (attributes === undefined || more.length > 0) {
        report("access-resource", `${address} is not one block`);
      } else if (attributes.count !== undefined || attributes.for_each !== undefined) {
        report("access-resource", `${address} is repeated by count or for_each, which is not read`);
      } else {
        const { provider = "aws" } = attributes;
        const location = own.accounts.get(typeof provider === "string" ? provider : "");
        const placed = location === undefined ? {} : { location };
        resources.push({ stack, file, type, address, attributes, ...placed });
      }
    }
  }
  return { stack, file, accounts: [...own.accounts.values()], resources, diagnostics };
}

/** What a stack can hold; modules are reported apart. */
const BLOCKS: ReadonlySet<string> = new Set([
  "//",
  "check",
  "data",
  "ephemeral",
  "import",
  "locals",
  "module",
  "moved",
  "output",
  "provider",
  "removed",
  "resource",
  "terraform",
  "variable",
]);

/** A block, or a list of blocks: Terraform's JSON has both forms everywhere. */
export function blocks(value: unknown): readonly TerraformObject[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter(isObject);
}

/** An object of JSON; `undefined` for all other text. */
export function parseJson(text: string): TerraformObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value is an object, and no list. */
export function isObject(value: unknown): value is TerraformObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
