import type { FindingId } from "../../diagnostics/findings/finding-id";
import type { Diagnostic, Span } from "../../diagnostics/diagnostic";
import type { AccountLocation } from "../../iam/arn";
import type { Path } from "../../source/source";
import { repeatedKey } from "./repeated-key";
import { stackAccounts } from "./stack-accounts";
import { otherBlocks } from "./stack-blocks";
import type { OtherBlock } from "./stack-blocks";
import { stackPlaces } from "./stack-places";
import { blocks, parseJson } from "./terraform-json";
import type { TerraformObject } from "./terraform-json";

export { blocks, parseJson } from "./terraform-json";
export type { TerraformObject } from "./terraform-json";

/** The text of one synthesized stack: its `cdk.tf.json`. */
export interface StackText {
  readonly stack: string;
  readonly text: string;
}

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
  /** Of a plan: the lists of policies that the configuration writes into a role itself. @default - none */
  readonly embeds?: readonly string[];
  /** Whether it is a role whose trust policy a plan leaves as it was saved before. @default false */
  readonly keepsTrust?: true;
  /**
   * Whether the attributes are those that a configuration writes; else they are those of a plan or a state,
   * in which the provider fills in what it found.
   *
   * @default false
   */
  readonly written?: boolean;
  /** The `default_tags` of its provider, as they are written. @default - none, or the attributes have them */
  readonly defaultTags?: unknown;
}

/** Why a plan does not tell for certain what a resource will be. */
export interface Doubt {
  readonly rule: FindingId;
  /** The resource, as far as it is known. @default - the plan as a whole, of which all that is read holds */
  readonly resource?: TerraformResource;
  /** What is said of it: a sentence without its subject. */
  readonly message: string;
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
  /** What is not certain of single resources. @default - nothing */
  readonly doubts?: readonly Doubt[];
  /** ARNs of the roles and users that a plan destroys, makes anew or renames. @default - none */
  readonly givenUp?: readonly string[];
  /** What `import` and `removed` blocks say of resources. @default - there are none */
  readonly others?: readonly OtherBlock[];
  /** Where something stands in the file, by its keys from the top. @default - the file has no such places */
  readonly locate?: (path: Path) => Span | undefined;
}

/** Reads the JSON of a stack. What can hold access but is not read is reported: modules, repeated resources, unknown blocks. */
export function parseStack({ stack, text }: StackText): ReadStack {
  const diagnostics: Diagnostic[] = [];
  const file = `${stack}/cdk.tf.json`;
  const locate = stackPlaces(file, text);
  const report = (rule: FindingId, message: string, at?: Path): void => {
    const span = at === undefined ? undefined : locate(at);
    const place = span === undefined ? {} : { span };
    diagnostics.push({ severity: "error", rule, file, ...place, message });
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
      ["module"],
    );
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined) {
    report("access-json", `has the key \`${repeated}\` twice in one object: Terraform reads both`);
  }
  for (const name of Object.keys(root)) {
    if (!BLOCKS.has(name)) report("access-block", `has \`${name}\`, which is not read`, [name]);
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
  const own = stackAccounts(providers, text, file, locate);
  diagnostics.push(...own.diagnostics);
  const { others, problems } = otherBlocks(root);
  for (const { rule, message, at } of problems) report(rule, message, at);
  const resources: TerraformResource[] = [];
  for (const [type, named] of within(root.resource, "`resource`").flatMap(Object.entries)) {
    for (const [name, body] of within(named, `\`resource.${type}\``).flatMap(Object.entries)) {
      const address = `${type}.${name}`;
      const at = ["resource", type, name];
      const [attributes, ...more] = blocks(body);
      if (attributes === undefined || more.length > 0) {
        report("access-resource", `${address} is not one block`, at);
      } else {
        const { provider = "aws" } = attributes;
        const location = own.accounts.get(typeof provider === "string" ? provider : "");
        const placed = location === undefined ? {} : { location };
        const defaultTags = defaultTagsOf(providers, provider);
        resources.push({
          stack,
          file,
          type,
          address,
          attributes,
          written: true,
          ...placed,
          ...(defaultTags === undefined ? {} : { defaultTags }),
        });
      }
    }
  }
  const accounts = [...own.accounts.values()];
  return { stack, file, accounts, resources, diagnostics, others, locate };
}

/** The `default_tags` of the provider that a resource names: `aws`, or `aws.ALIAS`. */
function defaultTagsOf(providers: readonly TerraformObject[], name: unknown): unknown {
  return providers.find(({ alias }) =>
    typeof alias === "string" ? name === `aws.${alias}` : name === "aws",
  )?.default_tags;
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
