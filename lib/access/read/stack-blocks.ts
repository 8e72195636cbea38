import type { FindingId } from "../../diagnostics/findings/finding-id";
import type { Path } from "../../source/source";
import { runsSomething } from "./other-resources";
import { unknownProviders } from "./stack-providers";
import { blocks } from "./terraform-json";
import type { TerraformObject } from "./terraform-json";

/** An `import` or a `removed` block. */
export interface OtherBlock {
  readonly kind: "import" | "removed";
  /** Address of the resource that is taken over, or is no longer managed. */
  readonly address: string;
  /** Where the block stands in the file. */
  readonly at: Path;
}

/** Something in a stack that is not read. */
interface BlockProblem {
  readonly rule: FindingId;
  readonly message: string;
  readonly at: Path;
}

/** Reads what a stack holds besides resources and providers. */
export function otherBlocks(root: TerraformObject): {
  readonly others: readonly OtherBlock[];
  readonly problems: readonly BlockProblem[];
} {
  const removed = removedBlocks(root);
  return {
    others: [...importBlocks(root), ...removed.others],
    problems: [
      ...dataProblems(root, []),
      ...checkProblems(root),
      ...removed.problems,
      ...settingsProblems(root),
      ...unknownProviders(root).map(({ message, at }): BlockProblem => ({
        rule: "access-provider",
        message,
        at,
      })),
    ],
  };
}

/** Data sources and ephemeral resources that do more than read. */
function dataProblems(section: TerraformObject, at: Path): readonly BlockProblem[] {
  return (["data", "ephemeral"] as const).flatMap((kind) =>
    blocks(section[kind])
      .flatMap(Object.keys)
      .filter(runsSomething)
      .map((type): BlockProblem => {
        const what = kind === "data" ? "a data source" : "an ephemeral resource";
        const does =
          type === "external" ? "which runs a program that is not read" : "which is not read";
        const message = `has ${what} \`${type}\`, ${does}`;
        return { rule: "access-block", message, at: [...at, kind, type] };
      }),
  );
}

/** A check holds a data source of its own. */
function checkProblems({ check }: TerraformObject): readonly BlockProblem[] {
  return blocks(check)
    .flatMap(Object.entries)
    .flatMap(([name, body]) =>
      blocks(body).flatMap((block) => dataProblems(block, ["check", name])),
    );
}

function importBlocks(root: TerraformObject): readonly OtherBlock[] {
  return blocks(root.import).map(({ to }, index): OtherBlock => ({
    kind: "import",
    address: typeof to === "string" ? addressOf(to) : "",
    at: Array.isArray(root.import) ? ["import", index] : ["import"],
  }));
}

/**
 * Blocks that end the management of a resource. Terraform destroys it unless told otherwise, OpenTofu leaves it
 * unless told otherwise: only `lifecycle { destroy = true }` is the same for both.
 */
function removedBlocks(root: TerraformObject): {
  readonly others: readonly OtherBlock[];
  readonly problems: readonly BlockProblem[];
} {
  const others: OtherBlock[] = [];
  const problems: BlockProblem[] = [];
  for (const [index, { from, lifecycle, provisioner }] of blocks(root.removed).entries()) {
    const at = Array.isArray(root.removed) ? ["removed", index] : ["removed"];
    const address = typeof from === "string" ? addressOf(from) : "";
    if (provisioner !== undefined) {
      const message = `has \`removed\` of ${address}, which runs commands of a provisioner`;
      problems.push({ rule: "access-block", message, at });
    }
    if (blocks(lifecycle).some(({ destroy }) => destroy === true)) continue;
    others.push({ kind: "removed", address, at });
  }
  return { others, problems };
}

/** `aws_iam_role.x` of `${aws_iam_role.x}` and `aws_iam_role.x["key"]`. */
function addressOf(text: string): string {
  return text.replace(/^\$\{(.*)\}$/s, "$1").replace(/\[[^\]]*\]$/, "");
}

/** Settings of Terraform itself: where its state is, which versions run. */
const SETTINGS: ReadonlySet<string> = new Set([
  "//",
  "backend",
  "cloud",
  "encryption",
  "experiments",
  "provider_meta",
  "required_providers",
  "required_version",
]);

function settingsProblems({ terraform }: TerraformObject): readonly BlockProblem[] {
  return blocks(terraform).flatMap((settings): BlockProblem[] => [
    ...Object.keys(settings)
      .filter((name) => !SETTINGS.has(name))
      .map((name): BlockProblem => ({
        rule: "access-block",
        message: `has \`terraform.${name}\`, which is not read`,
        at: ["terraform", name],
      })),
    ...blocks(settings.required_providers)
      .map(({ aws }) => (typeof aws === "object" && aws !== null ? aws : {}))
      .map((aws) => (aws as TerraformObject).source)
      .filter((source) => source !== undefined && source !== AWS_PROVIDER)
      .map((source): BlockProblem => ({
        rule: "access-provider",
        message: `takes the provider \`aws\` from ${JSON.stringify(source)}, and what is read is what \`${AWS_PROVIDER}\` makes of it`,
        at: ["terraform", "required_providers", "aws"],
      })),
  ]);
}

const AWS_PROVIDER = "hashicorp/aws";
