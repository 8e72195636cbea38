import schema from "../schema/accounts.schema.json";

interface SchemaNode {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: string | number | boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
}

const DEFINITIONS = (schema as unknown as { $defs: Readonly<Record<string, SchemaNode>> }).$defs;

/** Sections of the reference, in the order in which a reader needs them: title and definition. */
const SECTIONS: readonly (readonly [string, string])[] = [
  ["An organization", "organization"],
  ["An account", "account"],
  ["A deployment role", "deploymentRole"],
  ["A hub", "hub"],
  ["Principals", "principal"],
  ["A spoke", "spoke"],
  ["A selection of accounts", "selection"],
  ["Permissions", "permissions"],
  ["A statement", "statement"],
  ["A permissions boundary", "permissionsBoundary"],
  ["A chain", "chain"],
  ["A step of a chain", "chainStep"],
  ["A role on a chain", "chainRole"],
  ["An identity provider", "identityProvider"],
  ["A parameter", "parameter"],
  ["The state", "state"],
  ["Terraform", "terraform"],
  ["The pipeline", "pipeline"],
];

/** The key-by-key part of docs/account-map.md, from the descriptions of the JSON Schema. */
export function accountMapReference(): string {
  // A map that several keys share is shown once.
  const shown = new Set<string>();
  const top = schema as unknown as SchemaNode;
  const sections = SECTIONS.flatMap(([title, name]) => {
    const node = DEFINITIONS[name];
    if (node === undefined) throw new Error(`the schema has no ${name}`);
    return ["", `## ${title}`, "", node.description ?? "", ...tables(node, "", shown)];
  });
  return ["## The file", ...tables(top, "", shown), ...sections, ""].join("\n");
}

/** A table of a map's keys, and below it one for each map inside that has no section of its own. */
function tables(node: SchemaNode, prefix: string, shown: Set<string>): string[] {
  const objects = [node, ...(node.anyOf ?? [])].filter(
    ({ properties }) => properties !== undefined,
  );
  return objects.flatMap((object) => {
    const inner = Object.entries(object.properties ?? {}).flatMap(([key, value]) =>
      innerObjects(value).flatMap((nested) => {
        const content = JSON.stringify(nested.properties);
        if (shown.has(content)) return [];
        shown.add(content);
        const name = `${prefix}${key}`;
        const heading = ["", `### \`${name}\``, "", nested.description ?? ""];
        return [...heading, ...tables(nested, `${name}.`, shown)];
      }),
    );
    return [...table(object), ...inner];
  });
}

/** The maps that a key's value can be, or hold, and that have no section of their own. */
function innerObjects(node: SchemaNode): SchemaNode[] {
  if (node.$ref !== undefined) {
    const name = node.$ref.replace("#/$defs/", "");
    return SECTIONS.some(([, section]) => section === name)
      ? []
      : innerObjects(definition(node.$ref));
  }
  if (node.properties !== undefined) return [node];
  const parts = [node.items, ...(node.anyOf ?? []), asNode(node.additionalProperties)];
  return parts.flatMap((part) => (part === undefined ? [] : innerObjects(part)));
}

function table(node: SchemaNode): string[] {
  const rows = Object.entries(node.properties ?? {}).map(([key, value]) => {
    const needed = node.required?.includes(key) === true ? " **required**" : "";
    return `| \`${key}\` | ${typeOf(value)} | ${escapeCell(descriptionOf(value))}${needed} |`;
  });
  return ["", "| key | value | meaning |", "| --- | --- | --- |", ...rows];
}

function descriptionOf(node: SchemaNode): string {
  return (
    node.description ?? (node.$ref === undefined ? "" : (definition(node.$ref).description ?? ""))
  );
}

function typeOf(node: SchemaNode): string {
  if (node.$ref !== undefined) return typeOf(definition(node.$ref));
  if (node.enum !== undefined) return node.enum.map((value) => `\`${value}\``).join(", ");
  if (node.const !== undefined) return `\`${String(node.const)}\``;
  if (node.anyOf !== undefined) return [...new Set(node.anyOf.map(typeOf))].join(" or ");
  if (node.type === "array") return `list of ${typeOf(node.items ?? {})}`;
  const values = asNode(node.additionalProperties);
  if (node.type === "object" && values !== undefined) return `map of ${typeOf(values)}`;
  return node.type === "object" ? "map" : (node.type ?? "");
}

function definition(reference: string): SchemaNode {
  const found = DEFINITIONS[reference.replace("#/$defs/", "")];
  if (found === undefined) throw new Error(`the schema has no ${reference}`);
  return found;
}

function asNode(value: boolean | SchemaNode | undefined): SchemaNode | undefined {
  return typeof value === "object" ? value : undefined;
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|");
}
