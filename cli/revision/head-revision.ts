import { proofFindings } from "../../lib/access/proof/proof-findings";
import type { StackText } from "../../lib/access/read/terraform-stack";
import { printFindings } from "../print/print-findings";
import type { SafeguardFiles } from "../../lib/review/safeguards/changed-files";
import { checkProject } from "../../lib/check/check-project";
import type { CheckedProject } from "../../lib/check/check-project";
import { currentTime } from "../system/current-time";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import type { Terminal } from "../system/terminal";
import { timedProof } from "../project/timed-proof";
import { isProblem, reportProblem } from "../system/usage-problem";
import { headData } from "./head-data";
import { knownMap } from "./known-map";
import { programOf, runsHere, synthesizeElsewhere } from "./revision-side";
import type { RevisionSide } from "./revision-side";
import { safeguardsInRevision } from "./safeguard-files";
import { progressTo, readFolder, reportUnreadable } from "./side";
import type { Side } from "./side";
import { stackTexts } from "../project/synthesize-plan";
import { reportFlaws } from "./working-tree";

/** The head, and the safeguards among the files that differ. */
export interface HeadRevision {
  readonly side: Side;
  readonly files: SafeguardFiles;
}

/**
 * Reads a head from git's objects and runs nothing of it. If it changes only data, the base's program
 * synthesizes that. If it changes the program, its Terraform comes from a folder that another job wrote,
 * and else it is unknown.
 *
 * @param before the base
 * @param headDir what the head's own program has written.
 *
 * @default - it was not run
 */
export async function readHeadRevision(
  base: RevisionSide,
  head: RevisionSide,
  before: Side,
  headDir: string | undefined,
  terminal: Terminal,
): Promise<HeadRevision | ExitCode> {
  const { texts, diagnostics } = head.project;
  const checked = checkProject({ ...texts, now: currentTime() });
  // Only now it is known which files the maps name.
  const { files, layout } = safeguardsInRevision(base, head);
  if (files.program.length > 0) {
    const known = diagnostics.length > 0 ? {} : knownMap(texts);
    const side =
      headDir === undefined ? unknownHead(head, before) : readFolder(headDir, known, terminal);
    return typeof side === "number" ? side : { side: { ...side, known }, files };
  }
  if (headDir !== undefined) {
    terminal.stderr(
      `note: ${headDir} is not read: the change does not touch the program, so the base's program synthesizes it\n`,
    );
  }
  const data = headData(base.tree, head.tree, layout);
  const told = new Set(diagnostics.map(({ file }) => file));
  const unreadable = [...diagnostics, ...data.diagnostics.filter(({ file }) => !told.has(file))];
  if (unreadable.length > 0) return reportUnreadable(unreadable, terminal);
  const { map, plan, source } = checked;
  if (map === undefined || plan === undefined || source === undefined) {
    printFindings(checked.diagnostics, terminal, checked.texts);
    return EXIT.findings;
  }
  const stacks = await synthesizeData(
    base,
    head,
    data.replaced,
    { ...checked, map, plan, source },
    terminal,
  );
  return typeof stacks === "number"
    ? stacks
    : { side: { stacks, known: { map, plan }, source }, files };
}

function unknownHead({ revision }: RevisionSide, { stacks }: Side): Side {
  const reason =
    "the change touches the program that synthesizes it, which is not run here; run it in a job without credentials, and pass its output with `--head-dir`";
  return { stacks, known: {}, unread: [{ subject: `the Terraform of ${revision.ref}`, reason }] };
}

/** The head's data, synthesized and proved by the base's program. */
async function synthesizeData(
  base: RevisionSide,
  head: RevisionSide,
  replaced: ReadonlyMap<string, Buffer | undefined>,
  checked: Required<CheckedProject>,
  terminal: Terminal,
): Promise<readonly StackText[] | ExitCode> {
  const program = programOf(base);
  if (isProblem(program)) return reportProblem(program, terminal);
  if (runsHere(base, program)) {
    const stacks = stackTexts(checked.plan);
    const { readFile } = head.project.texts;
    return (
      reportFlaws(stacks, readFile, checked.texts, terminal) ??
      reportRefuted(checked, stacks, terminal) ??
      stacks
    );
  }
  const made = await synthesizeElsewhere(base, program, replaced, progressTo(terminal));
  if (isProblem(made)) return reportProblem(made, terminal);
  if (!("failure" in made)) return made;
  terminal.stderr(
    `${head.revision.ref} does not synthesize with the program of ${base.revision.ref}:\n${made.failure}\n`,
  );
  return EXIT.findings;
}

/** What is refuted would not be written: `synth` ends with the same findings. */
function reportRefuted(
  checked: Required<CheckedProject>,
  stacks: readonly StackText[],
  terminal: Terminal,
): ExitCode | undefined {
  const { map, plan, source } = checked;
  const named = new Map(stacks.map(({ stack, text }) => [stack, text]));
  const { proof } = timedProof(map, plan, named, terminal);
  if (proof.verdict === "proved") return undefined;
  printFindings(proofFindings(proof, source), terminal, checked.texts);
  return EXIT.findings;
}
