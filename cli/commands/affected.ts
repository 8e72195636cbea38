import { join } from "node:path";
import { Option } from "@commander-js/extra-typings";
import { stackAccountId } from "../../lib/access/read/stack-accounts";
import { affectedStacks } from "../../lib/review/affected/affected-stacks";
import type { AffectedStacks } from "../../lib/review/affected/affected-stacks";
import { onlyStacks } from "../../lib/review/affected/only-stacks";
import { whyNotPlannable } from "../../lib/review/affected/plannable";
import { MOST_JOBS, matrixOf } from "../../lib/review/affected/matrix";
import { baseOption, baseDirOption, headDirOption, headOption } from "../options/compare-options";
import { readComparedTrees } from "../revision/compared-trees";
import type { ComparedTrees } from "../revision/compared-trees";
import { counted } from "../../lib/diagnostics/words";
import type { OptionsOf, Program } from "../options/global-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { headImports } from "../revision/head-imports";
import { writeHeadProject } from "../revision/write-head-project";
import { fileText } from "../system/file-text";
import { LOCK_FILE, writeStack } from "../project/output-folder";
import type { Terminal } from "../system/terminal";
import { reportProblem } from "../system/usage-problem";

const EXAMPLES = `
Examples:
  trustwheel affected --base origin/main                    what to plan and apply, wave by wave
  trustwheel affected --base HEAD~1 --format matrix         for a GitHub Actions matrix
  trustwheel affected --base-dir before --head-dir after    existing output
  trustwheel affected --all                                 every stack, wave by wave

The matrix is {"waves":[{"include":[{"stack","account","directory"}]}]}, at most ${MOST_JOBS} jobs each.`;

function declare(program: Program) {
  return program
    .command("affected")
    .description("list changed stacks in deployment order (waves)")
    .addOption(baseOption())
    .addOption(headOption())
    .addOption(baseDirOption())
    .addOption(headDirOption())
    .option("--all", "list every stack, as if nothing were deployed yet")
    .option("--output <folder>", "folder prefix for matrix directories", "cdktf.out")
    .addOption(
      new Option("-f, --format <format>", "output format")
        .choices(["text", "json", "matrix"])
        .default("text"),
    )
    .option(
      "--plannable <folder>",
      "write the affected stacks that are safe to plan to a folder, and list only these",
    )
    .addHelpText("after", EXAMPLES);
}

type AffectedOptions = OptionsOf<typeof declare>;

/** `trustwheel affected`: the stacks whose output changed, in the order in which they are carried out. */
export function addAffectedCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action(async (options) => {
    finish(await affected(options, terminal));
  });
}

async function affected(options: AffectedOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.all === true && options.plannable !== undefined) {
    return reportProblem(ALL_AND_PLANNABLE, terminal);
  }
  const trees = await readComparedTrees(options, terminal);
  if (typeof trees === "number") return trees;
  const { base, head } = trees;
  const unread = [...base.unread, ...head.unread];
  for (const { subject, reason } of unread) {
    terminal.stderr(`${subject}: cannot be read: ${reason}\n`);
  }
  if (unread.length > 0) return EXIT.usage;
  const all = affectedStacks(base, head);
  const stacks =
    options.plannable === undefined
      ? all
      : writePlannable(all, trees, options, options.plannable, terminal);
  switch (options.format) {
    case "json":
      terminal.stdout(`${JSON.stringify({ version: 1, ...stacks }, null, 2)}\n`);
      break;
    case "matrix":
      terminal.stdout(`${JSON.stringify(matrixOf(stacks, options.output))}\n`);
      break;
    case "text":
      terminal.stdout(affectedText(stacks));
  }
  return EXIT.clean;
}

const ALL_AND_PLANNABLE = {
  problem: "`--plannable` compares stacks with those of a base, and `--all` has none",
  help: "`--base origin/main --plannable FOLDER`",
};

/**
 * Writes the stacks that are safe to plan as a synthesis would, and below `project` the data of the head that
 * their plans are reviewed with, and leaves the others out. What pins the
 * hashes of providers is this folder's: it is no part of what is compared.
 */
function writePlannable(
  all: AffectedStacks,
  { base, head }: ComparedTrees,
  { head: ref }: AffectedOptions,
  folder: string,
  terminal: Terminal,
): AffectedStacks {
  const lockFile = fileText(LOCK_FILE);
  const bases = [...base.texts.values()];
  const importsOf = headImports(ref);
  if (ref !== undefined) writeHeadProject(ref, join(folder, "project"));
  return onlyStacks(all, (stack) => {
    const text = head.texts.get(stack) ?? "";
    const imports = importsOf(stackAccountId(text) ?? "");
    const reason =
      whyNotPlannable(text, bases) ??
      (imports !== undefined && "reason" in imports ? imports.reason : undefined);
    if (reason === undefined) {
      const files = imports !== undefined && "text" in imports ? { imports: imports.text } : {};
      writeStack(folder, stack, text, { lockFile, ...files });
      return true;
    }
    terminal.stderr(`${stack} is not planned: it ${reason}\n`);
    return false;
  });
}

function affectedText({ waves, removed, crossed }: AffectedStacks): string {
  const total = waves.flat().length;
  const lines = total === 0 ? ["no stack is affected"] : [];
  for (const [index, wave] of waves.entries()) {
    lines.push(`wave ${index + 1}: ${counted(wave.length, "stack")}`);
    for (const { stack, account, status } of wave) {
      lines.push(`  ${stack}${account === undefined ? "" : ` (${account})`} ${status}`);
    }
  }
  for (const [first, second] of crossed) {
    lines.push(
      `${first} should be applied before ${second} but can't: the same two stacks add one role and remove another.`,
      "  Add the new role first, and remove the old one in a separate change.",
    );
  }
  if (removed.length > 0) {
    lines.push(
      `${counted(removed.length, "stack")} only in the base, no longer deployed: ${removed.join(", ")}`,
      "  Their resources stay in the account. Remove an account in two steps: `trustwheel offboard`.",
    );
  }
  return `${lines.join("\n")}\n`;
}
