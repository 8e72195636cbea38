import { readFileSync } from "node:fs";
import { Argument } from "commander";
import type { Command } from "commander";
import { printDiagnostics } from "../lib/diagnostics/print";
import { isGenerated } from "../lib/pipelines/pipeline-file";
import type { PipelineFile, PipelineHost } from "../lib/pipelines/pipeline-file";
import { pipelineFiles, pipelineHost } from "../lib/pipelines/pipeline-files";
import { pipelineSettings } from "../lib/pipelines/pipeline-settings";
import { checkProject } from "../lib/rules/check-project";
import { count } from "./count";
import { EXIT } from "./exit-code";
import type { ExitCode } from "./exit-code";
import { writeIfDifferent } from "./output-folder";
import { readNamedFile, readProject } from "./project-files";
import type { Terminal } from "./terminal";
import { isProblem, reportProblem } from "./usage-problem";
import type { UsageProblem } from "./usage-problem";

const HOSTS = ["github", "gitlab", "atlantis"] as const satisfies readonly PipelineHost[];

/** The key of the map that each stands under. */
const KEYS: Readonly<Record<PipelineHost, string>> = {
  github: "githubActions",
  gitlab: "gitlab",
  atlantis: "atlantis",
};

interface CiOptions {
  /** @default - accounts.yaml */
  readonly map?: string;
  readonly check?: true;
  readonly dryRun?: true;
  readonly force?: true;
}

/** A file of the pipeline beside what is there. */
interface FileChange extends PipelineFile {
  /** @default - there is no such file */
  readonly before?: string;
}

const EXAMPLES = `
Examples:
  trustwheel ci github              write the workflows, or bring them up to date
  trustwheel ci github --check      for a pipeline: exit code 1 where they are not those of the map
  trustwheel ci gitlab --dry-run    tell what would be written

docs/pipelines.md says what the pipelines do, and what to set up.`;

/** `trustwheel ci`: the files of a pipeline, from the map. */
export function addCiCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("ci")
    .description("write the files of the pipeline, or bring them up to date")
    .addArgument(new Argument("<host>", "what runs the pipeline").choices(HOSTS))
    .option("--check", "write nothing; exit code 1 where a file is not up to date")
    .option("--dry-run", "write nothing; tell what would be written")
    .option("--force", "replace files that were not generated, too")
    .addHelpText("after", EXAMPLES)
    .action((host: PipelineHost, options: CiOptions) => {
      finish(ci(host, options, terminal));
    });
}

function ci(host: PipelineHost, options: CiOptions, terminal: Terminal): ExitCode {
  const files = filesOfMap(host, options.map, terminal);
  if (typeof files === "number") return files;
  if (isProblem(files)) return reportProblem(files, terminal);
  const changes = files
    .map((file): FileChange => {
      const before = textOf(file.path);
      return { ...file, ...(before === undefined ? {} : { before }) };
    })
    .filter(({ before, text }) => before !== text);
  if (changes.length === 0) {
    terminal.stdout(`${count(files.length, "file")} of the pipeline, all up to date\n`);
    return EXIT.clean;
  }
  if (options.check === true) {
    for (const change of changes) {
      terminal.stderr(
        `${change.path} ${change.before === undefined ? "is missing" : "is stale"}\n`,
      );
    }
    terminal.stderr(`  = help: npx trustwheel ci ${host}\n`);
    return EXIT.findings;
  }
  const foreign = changes.filter(({ before }) => before !== undefined && !isGenerated(before));
  if (foreign.length > 0 && options.force !== true) {
    return reportProblem(
      {
        problem: foreign
          .map(({ path }) => `${path} was not generated, and would be lost; nothing is written`)
          .join("\n"),
        help: "rename what you wrote, or replace it with `--force`",
      },
      terminal,
    );
  }
  for (const { path, text, before } of changes) {
    if (options.dryRun !== true) writeIfDifferent(path, text);
    const done = before === undefined ? "added" : "changed";
    terminal.stdout(`${options.dryRun === true ? "would be " : ""}${done}: ${path}\n`);
  }
  return EXIT.clean;
}

/** The files that the map asks for, or why there are none. */
function filesOfMap(
  host: PipelineHost,
  map: string | undefined,
  terminal: Terminal,
): readonly PipelineFile[] | UsageProblem | ExitCode {
  const { files, diagnostics: unreadable } = readProject(".", map);
  const color = terminal.errorColor;
  if (files === undefined) {
    terminal.stderr(printDiagnostics(unreadable, { texts: new Map(), color }));
    return EXIT.usage;
  }
  const readFile = (name: string): string | undefined => readNamedFile(".", name);
  const { plan, diagnostics, texts } = checkProject({ ...files, readFile });
  if (plan === undefined) {
    terminal.stderr(printDiagnostics(diagnostics, { texts, color }));
    return EXIT.findings;
  }
  const settings = pipelineSettings(plan);
  if (settings === undefined) {
    return {
      problem: `${files.mapFile} has no \`pipeline:\``,
      help: `add \`pipeline: { account: ..., ${KEYS[host]}: { ... } }\`; docs/pipelines.md shows one`,
    };
  }
  const own = pipelineHost(settings);
  if (own !== host) {
    return {
      problem: `the pipeline of ${files.mapFile} is run by \`${KEYS[own]}\`, not by \`${KEYS[host]}\``,
      help: `npx trustwheel ci ${own}`,
    };
  }
  return pipelineFiles(settings);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
