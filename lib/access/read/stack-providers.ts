import type { Path } from "../../source/source";
import { blocks } from "./terraform-json";
import type { TerraformObject } from "./terraform-json";

/** A provider that Terraform runs, by the name that a stack has for it. */
interface StackProvider {
  readonly name: string;
  readonly source: string;
  /** Where the stack says so. */
  readonly at: Path;
}

/** A provider of a stack of which nothing is known. */
export interface UnknownProvider extends StackProvider {
  /** What is said of it: a sentence without its subject. */
  readonly message: string;
}

/**
 * The providers of a stack of which nothing is known: each is a program that runs with the credentials of
 * whoever applies the stack, also where its resources carry the names of another provider. Whether `aws` is
 * AWS's own is told apart.
 */
export function unknownProviders(root: TerraformObject): readonly UnknownProvider[] {
  const found = new Map<string, StackProvider>();
  for (const provider of [...required(root), ...implied(root)]) {
    if (!found.has(provider.name)) found.set(provider.name, provider);
  }
  return [...found.values()]
    .filter(({ name, source }) => name !== "aws" && !isKnownProvider(source))
    .map((provider) => {
      const { name, source } = provider;
      const message = `takes the provider \`${name}\` from \`${source}\`, which is not known: it could call IAM`;
      return { ...provider, message };
    });
}

/**
 * Whether what a provider's resources do is known by their types.
 *
 * @param source such as `hashicorp/random`, with or without a registry of Terraform or OpenTofu
 */
export function isKnownProvider(source: string): boolean {
  const name = source.replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, "");
  return name === "terraform.io/builtin/terraform" || KNOWN.has(name);
}

/** Providers of AWS, and those that call no service or only read. */
const KNOWN: ReadonlySet<string> = new Set(
  [
    ...["aws", "awscc"],
    ...["archive", "cloudinit", "http", "null", "random", "template", "time", "tls"],
  ].map((name) => `hashicorp/${name}`),
);

function required({ terraform }: TerraformObject): readonly StackProvider[] {
  return blocks(terraform)
    .flatMap((settings) => blocks(settings.required_providers))
    .flatMap(Object.entries)
    .filter(([name]) => name !== "//")
    .map(([name, value]) => ({
      name,
      source: sourceOf(name, value),
      at: ["terraform", "required_providers", name],
    }));
}

/** Without a source, or with a version alone, a provider is HashiCorp's of that name. */
function sourceOf(name: string, value: unknown): string {
  const [requirement] = blocks(value);
  const source = requirement?.source;
  if (source === undefined || source === null) return defaultSource(name);
  return typeof source === "string" ? source : JSON.stringify(source);
}

function defaultSource(name: string): string {
  return name === "terraform" ? "terraform.io/builtin/terraform" : `hashicorp/${name}`;
}

/** Providers that are configured, or that resources and data sources name, and that nothing requires. */
function* implied(root: TerraformObject): Generator<StackProvider> {
  for (const name of blocks(root.provider).flatMap(Object.keys)) {
    if (name !== "//") yield { name, source: defaultSource(name), at: ["provider", name] };
  }
  const checks = blocks(root.check).flatMap((named) => Object.values(named).flatMap(blocks));
  for (const section of [root, ...checks]) {
    for (const kind of ["resource", "data", "ephemeral"] as const) {
      for (const [type, named] of blocks(section[kind]).flatMap(Object.entries)) {
        for (const { provider } of blocks(named).flatMap(Object.values).flatMap(blocks)) {
          const name = typeof provider === "string" ? NAME.exec(provider)?.groups?.name : undefined;
          const at = section === root ? [kind, type] : ["check"];
          if (name !== undefined) yield { name, source: defaultSource(name), at };
        }
      }
    }
  }
}

/** `aws` of `aws.other` and of `${aws.other}`. */
const NAME = /^(?:\$\{ *)?(?<name>[\w-]+)/;
