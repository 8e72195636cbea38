import { unescapeTerraform } from "../../../lib/iam/policy-text";

type Attributes = Readonly<Record<string, unknown>>;
interface Stack {
  readonly provider: { readonly aws: readonly Attributes[] };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
}

const REFERENCE = /^\$\{(?<address>[a-z_]+\.[^.}]+)\.(?<attribute>[a-z_]+)\}$/;
const META = new Set(["depends_on", "lifecycle", "provider"]);

/**
 * The JSON of a plan that makes everything in a synthesized stack, as Terraform writes it: names are known,
 * ARNs and ids only after apply, and so is every list that holds one of them.
 */
export function planOfStack(text: string): string {
  const { provider, resource = {} } = JSON.parse(text) as Stack;
  const [aws = {}] = provider.aws;
  const bodies = new Map(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, body]): [string, Attributes] => [`${type}.${name}`, body]),
    ),
  );
  const expression = (value: unknown): unknown => {
    const references = [value].flat().flatMap((each) => {
      const { address, attribute } = groups(each);
      return address === undefined ? [] : [`${address}.${attribute ?? ""}`, address];
    });
    return references.length === 0 ? { constant_value: value } : { references };
  };
  const resolve = (value: unknown): unknown => {
    const { address, attribute = "" } = groups(value);
    if (address === undefined) {
      return typeof value === "string" ? unescapeTerraform(value) : value;
    }
    return resolve(bodies.get(address)?.[attribute]);
  };
  const resource_changes = [...bodies].map(([address, body]) => {
    const after: Record<string, unknown> = {};
    const after_unknown: Record<string, unknown> = { id: true, arn: true };
    for (const [key, value] of written(body)) {
      const resolved = Array.isArray(value) ? value.map(resolve) : resolve(value);
      if ([resolved].flat().includes(undefined)) after_unknown[key] = true;
      else after[key] = resolved;
    }
    if (address.startsWith("aws_iam_role.")) {
      Object.assign(after_unknown, { inline_policy: true, managed_policy_arns: true });
    }
    return {
      ...place(address),
      provider_name: "registry.terraform.io/hashicorp/aws",
      change: { actions: ["create"], before: null, after, after_unknown, after_sensitive: {} },
    };
  });
  const resources = [...bodies].map(([address, body]) => ({
    ...place(address),
    provider_config_key: "aws",
    expressions: Object.fromEntries(written(body).map(([key, each]) => [key, expression(each)])),
  }));
  const expressions = Object.fromEntries(
    ["allowed_account_ids", "region"].map((key) => [key, { constant_value: aws[key] }]),
  );
  return JSON.stringify({
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: {} },
    resource_changes,
    configuration: { provider_config: { aws: { expressions } }, root_module: { resources } },
    complete: true,
    errored: false,
  });
}

function written(body: Attributes): (readonly [string, unknown])[] {
  return Object.entries(body).filter(([key]) => !META.has(key) && !key.startsWith("//"));
}

function place(address: string): { address: string; mode: string; type: string; name: string } {
  const [type = "", name = ""] = address.split(".");
  return { address, mode: "managed", type, name };
}

function groups(value: unknown): { readonly address?: string; readonly attribute?: string } {
  return typeof value === "string" ? (REFERENCE.exec(value)?.groups ?? {}) : {};
}
