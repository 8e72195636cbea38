import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileText } from "../system/file-text";

/** Commands as a user can type them in the folder of a project: only what the project has. */
export interface ProjectCommands {
  /** Writes the Terraform. */
  readonly synth: string;
  /** Plans one stack. */
  readonly diff: (stack: string) => readonly string[];
  /** Applies stacks; all of them where none is named. */
  readonly deploy: (stacks?: readonly string[]) => readonly string[];
}

/** Stacks that are named one by one. */
const MOST_STACKS = 8;

/**
 * The commands of the project in a folder: scripts of its package.json where it has them, CDKTF where that is
 * a dependency, else Terraform itself.
 *
 * @param outdir where the Terraform of the project is, for commands of Terraform
 */
export function projectCommands(root: string, outdir: string): ProjectCommands {
  const { scripts, tools } = packageOf(root);
  const synth = scripts.has("synth") ? "npm run synth" : "npx trustwheel synth";
  const cdktf = scripts.has("cdktf")
    ? "npm run cdktf --"
    : tools.has("cdktf-cli") && existsSync(join(root, "cdktf.json"))
      ? "npx cdktf"
      : undefined;
  if (cdktf === undefined) {
    return {
      synth,
      diff: (stack) => [terraform(join(outdir, "stacks", stack), "plan")],
      deploy: (stacks = []) =>
        isMany(stacks)
          ? [
              `for stack in ${outdir}/stacks/*/; do ${terraform('"$stack"', "apply")} || break; done`,
            ]
          : stacks.map((stack) => terraform(join(outdir, "stacks", stack), "apply")),
    };
  }
  return {
    synth,
    diff: (stack) => [`${cdktf} diff ${stack}`],
    deploy: (stacks = []) => [
      `${cdktf} deploy ${isMany(stacks) ? "'*' --parallelism 4" : stacks.join(" ")}`,
    ],
  };
}

function isMany(stacks: readonly string[]): boolean {
  return stacks.length === 0 || stacks.length > MOST_STACKS;
}

function terraform(folder: string, command: "plan" | "apply"): string {
  return `terraform -chdir=${folder} init && terraform -chdir=${folder} ${command}`;
}

/** Names of the scripts of a project, and of the packages that it asks for; none where nothing says them. */
function packageOf(root: string): {
  readonly scripts: ReadonlySet<string>;
  readonly tools: ReadonlySet<string>;
} {
  let value: unknown;
  try {
    value = JSON.parse(fileText(join(root, "package.json")) ?? "{}");
  } catch {
    value = undefined;
  }
  const keys = (name: string): readonly string[] => {
    const part: unknown = (value as Record<string, unknown> | null | undefined)?.[name];
    return typeof part === "object" && part !== null ? Object.keys(part) : [];
  };
  return {
    scripts: new Set(keys("scripts")),
    tools: new Set([...keys("dependencies"), ...keys("devDependencies")]),
  };
}
