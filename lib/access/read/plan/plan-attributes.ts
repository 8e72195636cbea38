import { isObject } from "../../../source/json-object";
import { escapeTerraform } from "../../../iam/policy-text";
import type { TerraformObject } from "../terraform-stack";
import { placeholder } from "../terraform-value";
import type { TerraformText } from "../terraform-value";
import type { ConfiguredResource } from "./plan-configuration";
import type { PlannedValues } from "./resource-changes";

const AFTER_APPLY: TerraformText = { kind: "computed", reason: "is known only after apply" };
/** Answers and counterexamples quote policies, so that what may not be shown is not read. */
const SENSITIVE: TerraformText = {
  kind: "computed",
  reason: "is sensitive in the plan, and answers would quote it",
};

/** Attributes that name another resource and nothing else. */
const REFERRING: ReadonlySet<string> = new Set([
  "role",
  "user",
  "role_name",
  "user_name",
  "policy_arn",
  "permissions_boundary",
]);

/** Attributes that the provider fills with what it finds attached, where the configuration is silent. */
export const OBSERVED: ReadonlySet<string> = new Set(["inline_policy", "managed_policy_arns"]);

/**
 * The values of a resource as a configuration would have them: text is escaped, and what is known only
 * after apply, or sensitive, is a placeholder. What is one reference to an attribute of another resource
 * stands for it; a plan does not show whether a function is around it.
 *
 * @param module address of the resource's module, empty for the root
 */
export function planAttributes(
  { values, unknown, sensitive }: PlannedValues,
  module: string,
  configured: ConfiguredResource | undefined,
): TerraformObject {
  const attributes: Record<string, unknown> = {};
  const names = new Set([
    ...Object.keys(values),
    ...(isObject(unknown) ? Object.keys(unknown) : []),
  ]);
  for (const name of names) {
    const expression = configured?.expressions[name];
    if (holdsTrue(member(sensitive, name))) attributes[name] = placeholder(SENSITIVE);
    else if (!holdsTrue(member(unknown, name))) attributes[name] = escaped(values[name]);
    else if (!OBSERVED.has(name) || expression !== undefined) {
      const reference = REFERRING.has(name) ? referenceOf(expression, module) : undefined;
      attributes[name] = placeholder(reference ?? AFTER_APPLY);
    }
  }
  return attributes;
}

/** Whether the mirror of a value marks it or a part of it. */
function holdsTrue(mark: unknown): boolean {
  if (Array.isArray(mark)) return mark.some(holdsTrue);
  return isObject(mark) ? Object.values(mark).some(holdsTrue) : mark === true;
}

function member(mark: unknown, name: string): unknown {
  return isObject(mark) ? mark[name] : mark;
}

function escaped(value: unknown): unknown {
  if (typeof value === "string") return escapeTerraform(value);
  if (Array.isArray(value)) return value.map(escaped);
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, escaped(each)]))
    : value;
}

const RESOURCE_ATTRIBUTE =
  /^(?<address>aws_[a-z0-9_]+\.[A-Za-z_][A-Za-z0-9_-]*(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?)\.(?<attribute>[a-z_]+)$/;

/** The attribute that an expression refers to, where it refers to one only. */
function referenceOf(expression: unknown, module: string): TerraformText | undefined {
  const references: unknown = isObject(expression) ? expression.references : undefined;
  if (!Array.isArray(references)) return undefined;
  const [first, ...parents] = (references as readonly unknown[]).map(String);
  const { address, attribute } = RESOURCE_ATTRIBUTE.exec(first ?? "")?.groups ?? {};
  if (first === undefined || address === undefined || attribute === undefined) return undefined;
  const alone = parents.every((each) => each !== first && first.startsWith(each));
  if (!alone) return undefined;
  return {
    kind: "reference",
    address: module === "" ? address : `${module}.${address}`,
    attribute,
  };
}
