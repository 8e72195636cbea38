import { checkProject } from "../../lib/check/check-project";
import type { CheckedProject, ProjectTexts } from "../../lib/check/check-project";
import type { Diagnostic } from "../../lib/diagnostics/diagnostic";
import { printFindings } from "../print/print-findings";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import type { Terminal } from "../system/terminal";
import { NamedFiles, readProject } from "./project-files";
import type { ProjectFiles } from "./project-files";

/** How a project is read and judged. */
export interface OpenOptions extends Pick<ProjectTexts, "now" | "previous"> {
  /** File of the account map. @default - accounts.yaml */
  readonly map?: string | undefined;
}

/** A project whose files could be read, and what was found about it. */
export interface ReadProject extends CheckedProject {
  readonly files: ProjectFiles;
  /** The files that the map names. */
  readonly named: NamedFiles;
}

/** A project without errors: its findings are warnings. */
export type Project = ReadProject & Required<CheckedProject>;

/** Findings: files that cannot be read, or that links lead out of the project. */
export interface UnreadableProject {
  readonly unreadable: readonly Diagnostic[];
}

/** Reads and checks the project of a folder; prints nothing. */
export function readAndCheck(
  root: string,
  { map, ...judged }: OpenOptions = {},
): ReadProject | UnreadableProject {
  const { files, diagnostics: unreadable } = readProject(root, map);
  if (files === undefined) return { unreadable };
  const named = new NamedFiles(root);
  const checked = checkProject({ ...files, ...judged, readFile: named.read });
  const { outside } = named;
  return outside.length > 0 ? { unreadable: outside } : { ...checked, files, named };
}

/** Whether nothing that was found about a project is an error. */
export function isSound(project: ReadProject): project is Project {
  return project.plan !== undefined;
}

/** Reads and checks the project of a folder. What is wrong is printed, and the exit code returned. */
export function openProject(
  root: string,
  terminal: Terminal,
  options: OpenOptions = {},
): Project | ExitCode {
  const project = readAndCheck(root, options);
  if ("unreadable" in project) {
    printFindings(project.unreadable, terminal);
    return EXIT.usage;
  }
  if (isSound(project)) return project;
  printFindings(project.diagnostics, terminal, project.texts);
  return EXIT.findings;
}
