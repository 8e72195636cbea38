import type { Diagnostic } from "../../diagnostics/diagnostic";

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
  readonly type: string;
  /** Address within the stack, such as `aws_iam_role.hub`. */
  readonly address: string;
  readonly attributes: TerraformObject;
}

/** What a stack consists of. */
export interface TerraformStack {
  readonly stack: string;
  readonly text: string;
  /** The blocks of the provider `aws`. */
  readonly providers: readonly TerraformObject[];
  readonly resources: readonly TerraformResource[];
}

/** Reads the JSON of a stack. What can hold access but is not read is reported: modules, repeated resources. */
export function parseStack({ stack, text }: StackText): {
  readonly stack?: TerraformStack;
  readonly diagnostics: readonly Diagnostic[];
} {
  const diagnostics: Diagnostic[] = [];
  const report = (rule: string, message: string): void => {
    diagnostics.push({ severity: "error", rule, file: stackFile(stack), message });
  };
  const root = parseJson(text);
  if (root === undefined) {
    report("access-json", "is not an object of JSON, as `cdk.tf.json` is");
    return { diagnostics };
  }
  if ("planned_values" in root || "format_version" in root) {
    report("access-json", "is a plan or a state; what is read is the configuration, `cdk.tf.json`");
    return { diagnostics };
  }
  if (root.module !== undefined) {
    report(
      "access-module",
      "has modules, whose content is not read: the access in them is unknown",
    );
  }
  const resources: TerraformResource[] = [];
  for (const [type, named] of blocks(root.resource).flatMap(Object.entries)) {
    for (const [name, body] of blocks(named).flatMap(Object.entries)) {
      const address = `${type}.${name}`;
      const [attributes, ...more] = blocks(body);
      if (attributes === undefined || more.length > 0) {
        report("access-resource", `${address} is not one block`);
      } else if (attributes.count !== undefined || attributes.for_each !== undefined) {
        report("access-resource", `${address} is repeated by count or for_each, which is not read`);
      } else {
        resources.push({ stack, type, address, attributes });
      }
    }
  }
  const providers = blocks(root.provider).flatMap(({ aws }) => blocks(aws));
  return { stack: { stack, text, providers, resources }, diagnostics };
}

/** The file of a stack, as findings name it. */
export function stackFile(stack: string): string {
  return `${stack}/cdk.tf.json`;
}

/** A block, or a list of blocks: Terraform's JSON has both forms everywhere. */
export function blocks(value: unknown): readonly TerraformObject[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter(isObject);
}

function parseJson(text: string): TerraformObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is TerraformObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
