import { join } from "node:path";
import type { StackText } from "../../lib/access/read/terraform-stack";
import { hasErrors } from "../../lib/diagnostics/diagnostic";
import { printFindings } from "../print/print-findings";
import type { CheckedProject } from "../../lib/check/check-project";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { fileText } from "../system/file-text";
import { openProject } from "../project/open-project";
import { readNamedFile } from "../project/project-files";
import { stackTexts } from "../project/synthesize-plan";
import { outputFindings } from "../project/output-findings";
import type { Terminal } from "../system/terminal";
import { isProblem, reportProblem } from "../system/usage-problem";
import { loadAhead } from "./load-ahead";
import { runSynthesis } from "./run-synthesis";
import { synthesisProgram } from "./synthesis-program";
import type { SynthesisProgram } from "./synthesis-program";
import { withTemporaryFolder } from "../system/temporary-folder";

/** The project of the working tree, read and free of errors; none of its code has run. */
export interface WorkingTree extends Required<Omit<CheckedProject, "diagnostics">> {
  readonly program: SynthesisProgram;
  /** Files that the map names. */
  readonly named: readonly string[];
}

/** Reads and checks the working tree; problems are printed, and the exit code returned. */
export function readWorkingTree(terminal: Terminal): WorkingTree | ExitCode {
  const project = openProject(".", terminal);
  if (typeof project === "number") return project;
  const { map, plan, source, texts, named } = project;
  const program = synthesisProgram(fileText("cdktf.json"), "cdktf.json");
  if (isProblem(program)) return reportProblem(program, terminal);
  return { map, plan, source, texts, program, named: named.names };
}

/**
 * Synthesizes the working tree by its own program, into memory; the user's output folder stays as it is.
 * Problems are printed, and the exit code returned.
 */
export async function synthesizeWorkingTree(
  { plan, texts, program }: WorkingTree,
  terminal: Terminal,
): Promise<readonly StackText[] | ExitCode> {
  if (program.kind === "trustwheel") {
    const stacks = stackTexts(plan);
    return reportFlaws(stacks, (name) => readNamedFile(".", name), texts, terminal) ?? stacks;
  }
  loadAhead();
  const made = await withTemporaryFolder((folder) =>
    runSynthesis(program, process.cwd(), join(folder, "output")),
  );
  if (!("failure" in made)) return made;
  terminal.stderr(`the working tree does not synthesize with its own program:\n${made.failure}\n`);
  return EXIT.findings;
}

/** Prints what would keep a synthesized tree from being written. */
export function reportFlaws(
  stacks: readonly StackText[],
  readFile: (name: string) => string | undefined,
  texts: ReadonlyMap<string, string>,
  terminal: Terminal,
): ExitCode | undefined {
  const named = new Map(stacks.map(({ stack, text }) => [stack, text]));
  const flaws = outputFindings(undefined, named, readFile);
  if (!hasErrors(flaws)) return undefined;
  printFindings(flaws, terminal, texts);
  return EXIT.findings;
}
