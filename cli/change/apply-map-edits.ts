import { resolve } from "node:path";
import { createColors } from "picocolors";
import { editMap } from "../../lib/account-map/edit/edit-map";
import type { MapEdit } from "../../lib/account-map/edit/map-edit";
import type { AccountMap } from "../../lib/account-map/model/account-map";
import type { RawAccountMap } from "../../lib/account-map/read/raw-account-map";
import { proofFindings } from "../../lib/access/proof/proof-findings";
import { hasErrors } from "../../lib/diagnostics/diagnostic";
import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { printFindings } from "../print/print-findings";
import { checkProject } from "../../lib/check/check-project";
import type { CheckedProject } from "../../lib/check/check-project";
import { checkTerraform } from "../../lib/rules/terraform/check-terraform";
import { previewAccess, previewLines } from "./access-preview";
import type { AccessPreview } from "./access-preview";
import type { AccessFormat } from "../options/access-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { previousSynthesis, stackFiles } from "../project/output-folder";
import { projectCommands } from "../project/project-commands";
import type { ProjectCommands } from "../project/project-commands";
import { isSound, readAndCheck } from "../project/open-project";
import type { OpenOptions, Project } from "../project/open-project";
import { readNamedFile } from "../project/project-files";
import { synthesizePlan } from "../project/synthesize-plan";
import type { ProjectFiles } from "../project/project-files";
import { replaceFile } from "../system/replace-file";
import type { Terminal } from "../system/terminal";
import { proofLine, timedProof } from "../project/timed-proof";
import { nextText } from "../print/next-steps";
import type { NextStep } from "../print/next-steps";
import { unifiedDiff } from "../print/unified-diff";
import { reportProblem } from "../system/usage-problem";
import { writeTogether } from "./write-together";

/** A project whose map has no errors. */
export interface ValidProject extends Project {
  /** The map as it is written. */
  readonly raw: RawAccountMap;
}

/** How a command that changes the map was called. */
export interface ChangeOptions {
  /** File of the account map. @default - accounts.yaml */
  readonly map?: string;
  readonly format: AccessFormat;
  readonly yes?: true;
  readonly dryRun?: true;
}

/** A change of the map, and what remains to be done after it. */
export interface MapChange {
  readonly edits: readonly MapEdit[];
  /** What else the change brings with it, in lines. @default - nothing */
  readonly notes?: (preview: AccessPreview) => readonly string[];
  /** Texts of further files that are written with the map, or not at all, by their names. @default - none */
  readonly files?: ReadonlyMap<string, string>;
  /** Further machine-readable fields. @default - none */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** Steps that remain, each with its commands. */
  readonly next: (map: AccountMap, preview: AccessPreview) => readonly NextStep[];
}

/** The default output folder of synthesis. */
export function outputFolder(): string {
  return process.env.CDKTF_OUTDIR ?? "cdktf.out";
}

/** Reads the project of the folder; what is wrong with its map is printed. */
export function readSoundProject(terminal: Terminal, mapFile?: string): ValidProject | ExitCode {
  const project = readAndCheck(".", { map: mapFile, ...judged(".") });
  if ("unreadable" in project) {
    printFindings(project.unreadable, terminal);
    return EXIT.usage;
  }
  if (isSound(project)) return { ...project, raw: project.source.value as RawAccountMap };
  const { diagnostics, files, texts } = project;
  printFindings(
    diagnostics.filter((each) => hasErrors([each])),
    terminal,
    texts,
  );
  terminal.stderr(
    `\n${files.mapFile} already has errors (see above). Fix them first. Nothing written.\n`,
  );
  return EXIT.findings;
}

/**
 * Changes the map: shows the lines that change and what becomes of the access, asks, then checks,
 * synthesizes and proves the new map, and writes it only then. Prints what remains to be done.
 */
export async function applyMapEdits(
  project: ValidProject,
  change: MapChange,
  options: ChangeOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { files } = project;
  const { mapFile, mapText } = files;
  const interactive = options.format === "text" ? terminal.prompts : undefined;
  if (options.yes !== true && options.dryRun !== true && interactive === undefined) {
    const problem = "no terminal to confirm the change on";
    return reportProblem(
      { problem, help: "pass `--yes` to write, or `--dry-run` to preview" },
      terminal,
    );
  }
  const edited = editMap(mapText, change.edits, mapFile);
  if ("problems" in edited) return refuse(edited.problems, new Map([[mapFile, mapText]]), terminal);
  const checked = check({ ...files, mapText: edited.text });
  const { map, plan, source, texts } = checked;
  const errors = checked.diagnostics.filter((each) => hasErrors([each]));
  if (map === undefined || plan === undefined || source === undefined) {
    return refuse(errors, texts, terminal);
  }
  printFindings(newFindings(project.diagnostics, checked.diagnostics), terminal, texts);
  const preview = previewAccess(project.plan, plan);
  const notes = change.notes?.(preview) ?? [];
  const { bold } = createColors(terminal.color);
  if (options.format === "text") {
    const diff = unifiedDiff(mapFile, mapText, edited.text, terminal.color);
    terminal.stdout(`${[diff, ...previewLines(preview, terminal.color), ""].join("\n")}\n`);
    if (notes.length > 0)
      terminal.stdout(`${[bold("Note"), ...notes.map((each) => `  ${each}`), ""].join("\n")}\n`);
  }
  if (options.yes !== true && options.dryRun !== true) {
    if ((await interactive?.confirm(`Write ${mapFile}?`)) !== true) {
      terminal.stderr("nothing written\n");
      return EXIT.findings;
    }
  }
  const tree = synthesizePlan(plan);
  const flaws = checkTerraform(stackFiles(outputFolder(), tree.stacks), "serializer");
  if (hasErrors(flaws)) return refuse(flaws, texts, terminal);
  const proof = timedProof(map, plan, tree.stacks, terminal);
  if (proof.proof.verdict !== "proved") {
    return refuse(proofFindings(proof.proof, source), texts, terminal);
  }
  if (options.dryRun !== true) {
    const failed = writeTogether(files.root, change.files ?? new Map(), () =>
      write(files, edited.text, terminal),
    );
    if (failed !== undefined) return failed;
  }
  const next = change.next(map, preview);
  const outcome = options.dryRun === true ? "would-be-written" : "written";
  if (options.format === "json") {
    const diff = unifiedDiff(mapFile, mapText, edited.text, false);
    const { verdict } = proof.proof;
    terminal.stdout(
      `${JSON.stringify({ outcome, ...change.facts, diff, access: preview, notes, verdict, next }, undefined, 2)}\n`,
    );
  } else {
    const said = outcome === "written" ? `wrote ${mapFile}` : `${mapFile} would be written`;
    terminal.stdout(`${proofLine(proof, terminal.color)}\n${said}\n${nextText(next, bold)}`);
  }
  return EXIT.clean;
}

/** The steps after every change of the map: commit it, and apply what it changes. */
export function commitStep(title: string, mapFile: string): NextStep {
  const commands = [`git add ${mapFile} && git commit -m "${title}"`, "git push -u origin HEAD"];
  return { what: "commit it and open a pull request", commands };
}

/** The step that applies stacks. */
export function deployStep(what: string, keys: readonly string[]): NextStep[] {
  if (keys.length === 0) return [];
  const { synth, deploy } = ownCommands();
  return [{ what, commands: [synth, ...deploy(keys)] }];
}

/** The commands that this project has. */
export function ownCommands(): ProjectCommands {
  return projectCommands(".", outputFolder());
}

function check(files: ProjectFiles): CheckedProject {
  return checkProject({
    ...files,
    ...judged(files.root),
    readFile: (name) => readNamedFile(files.root, name),
  });
}

/** What a change of the map is judged with besides the map. */
function judged(root: string): Pick<OpenOptions, "now" | "previous"> {
  return {
    previous: ({ state }) => previousSynthesis(outputFolder(), root, state),
    now: new Date().toISOString(),
  };
}

/** What the change brings about, so that it is not read among all that was there before. */
function newFindings(
  before: readonly Diagnostic[],
  after: readonly Diagnostic[],
): readonly Diagnostic[] {
  const name = ({ rule, message }: Diagnostic): string => `${rule} ${message}`;
  const known = new Set(before.map(name));
  return after.filter((each) => !known.has(name(each)));
}

function refuse(
  findings: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
  terminal: Terminal,
): ExitCode {
  printFindings(findings, terminal, texts);
  terminal.stderr("\nThis edit would break the map (see above). Nothing written.\n");
  return EXIT.findings;
}

function write(
  { root, mapFile, mapText }: ProjectFiles,
  text: string,
  terminal: Terminal,
): ExitCode | undefined {
  const result = replaceFile(resolve(root, mapFile), {
    from: mapText,
    to: text,
    lockFolder: `${root}/.trustwheel`,
  });
  switch (result.kind) {
    case "replaced":
      return undefined;
    case "changed":
      return reportProblem(
        {
          problem: `${mapFile} changed since it was read; nothing written`,
          help: "repeat the command",
        },
        terminal,
      );
    case "locked":
      return reportProblem(
        {
          problem: `process ${result.process} is writing ${mapFile}, nothing is written`,
          help: `rerun the command when it is done; if it has stopped, remove ${result.lock}`,
        },
        terminal,
      );
  }
}
