import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { terraformText } from "../../../../lib/access/read/terraform-value";
import type { Attributes } from "./resource-kind";

/** The configuration in the folder of a stack, as far as it is applied here. */
export interface Configuration {
  readonly terraform: { readonly backend: { readonly local: { readonly path: string } } };
  readonly provider: {
    readonly aws: readonly [
      {
        readonly allowed_account_ids: readonly string[];
        readonly assume_role?: readonly {
          readonly role_arn: string;
          readonly external_id?: string;
        }[];
        readonly default_tags?: readonly { readonly tags: Readonly<Record<string, string>> }[];
      },
    ];
  };
  readonly variable?: Readonly<Record<string, { readonly default?: string }>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly import?: readonly { readonly to: string; readonly id: string }[];
}

/** Import blocks as Terraform's own language has them: the only such files in the folder of a stack. */
const IMPORT_BLOCK = /^import \{\n\s*to = (?<to>\S+)\n\s*id = (?<id>".*")\n\}$/gm;
const COMMENT = /^#.*$/gm;

/** Reads the folder of a stack: what is synthesized, and the import blocks beside it. */
export function readConfiguration(folder: string): Configuration {
  const configuration = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as object;
  const imports = readdirSync(folder)
    .filter((name) => name.endsWith(".tf"))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      const rest = text.replace(IMPORT_BLOCK, "").replace(COMMENT, "").trim();
      if (rest !== "") throw new Error(`${name} holds more than import blocks: ${rest}`);
      return [...text.matchAll(IMPORT_BLOCK)].map(({ groups: { to = "", id = "" } = {} }) => ({
        to,
        id: JSON.parse(id) as string,
      }));
    });
  return { ...configuration, import: imports } as unknown as Configuration;
}

/** The bodies of all resources, by address. */
export function configuredResources({ resource = {} }: Configuration): Map<string, Attributes> {
  return new Map(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(named).map(([name, body]) => [`${type}.${name}`, body] as const),
    ),
  );
}

/** Resources, those that others refer to first. */
export function inOrder(bodies: ReadonlyMap<string, Attributes>): Map<string, Attributes> {
  const ordered = new Map<string, Attributes>();
  const open = new Set<string>();
  const visit = (address: string): void => {
    const body = bodies.get(address);
    if (body === undefined) throw new Error(`Reference to undeclared resource: ${address}`);
    if (ordered.has(address)) return;
    if (open.has(address)) throw new Error(`Cycle: ${address}`);
    open.add(address);
    for (const each of neededBy(body)) visit(each);
    ordered.set(address, body);
  };
  for (const address of bodies.keys()) visit(address);
  return ordered;
}

function neededBy({ depends_on: needed = [], ...body }: Attributes): string[] {
  const referred = Object.values(body)
    .flat()
    .flatMap((value) => {
      const read = terraformText(value);
      return typeof value === "string" && read.kind === "reference" ? [read.address] : [];
    });
  return [...referred, ...(needed as readonly string[])];
}

/** Addresses of resources whose replacement replaces this one, too: `replace_triggered_by` of their attributes. */
export function triggers({ lifecycle }: Attributes): string[] {
  const { replace_triggered_by: triggering = [] } = (lifecycle ?? {}) as {
    readonly replace_triggered_by?: readonly string[];
  };
  return triggering.map((each) =>
    each
      .replace(/^\$\{|\}$/g, "")
      .split(".")
      .slice(0, 2)
      .join("."),
  );
}
