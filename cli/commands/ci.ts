import { readFileSync, rmSync } from "node:fs";
import { Argument } from "@commander-js/extra-typings";
import {
  blockOwners,
  CODE_OWNERS_FILES,
  isCodeOwner,
  NEW_CODE_OWNERS_FILE,
  withCodeOwners,
} from "../../lib/pipelines/code-owners";
import type { Forge } from "../../lib/pipelines/code-owners";
import { isGenerated } from "../../lib/pipelines/pipeline-file";
import type { PipelineFile, PipelineHost } from "../../lib/pipelines/pipeline-file";
import { pipelineFiles, pipelineHost, RETIRED_FILES } from "../../lib/pipelines/pipeline-files";
import { pipelineSettings } from "../../lib/pipelines/pipeline-settings";
import type { PipelineSettings } from "../../lib/pipelines/pipeline-settings";
import { ownedPatterns } from "../../lib/review/safeguards/owned-patterns";
import { counted } from "../../lib/diagnostics/words";
import type { OptionsOf, Program } from "../options/global-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { writeIfDifferent } from "../system/write-if-different";
import { openProject } from "../project/open-project";
import type { Terminal } from "../system/terminal";
import { isProblem, reportProblem } from "../system/usage-problem";
import type { UsageProblem } from "../system/usage-problem";

const HOSTS = ["github", "gitlab", "atlantis"] as const satisfies readonly PipelineHost[];

/** The key of each in the map. */
const KEYS: Readonly<Record<PipelineHost, string>> = {
  github: "githubActions",
  gitlab: "gitlab",
  atlantis: "atlantis",
};

/** What becomes of a file. */
interface FileChange {
  readonly path: string;
  /** What it is to be. @default - it is to go */
  readonly text?: string;
  /** What is there. @default - nothing */
  readonly before?: string;
  /** Whether what a person wrote in it stays. */
  readonly keeps?: true;
}

const EXAMPLES = `
Examples:
  trustwheel ci github              create or update the workflows
  trustwheel ci github --check      for CI: exit 1 if they don't match the map
  trustwheel ci gitlab --dry-run    show what would be written
  trustwheel ci github --codeowners @example-org/security
                                    also write who must approve changes to these files and the map

docs/pipelines.md explains the pipelines and their setup.`;

function declare(program: Program) {
  return program
    .command("ci")
    .description("create or update the pipeline files")
    .addArgument(new Argument("<host>", "CI system").choices(HOSTS))
    .option("--check", "write nothing; exit 1 if a file is out of date")
    .option(
      "--codeowners <owners...>",
      "write a block to CODEOWNERS: owners of every file that can change a safeguard or a deployment; the rest of the file stays",
    )
    .option("--dry-run", "write nothing; show what would be written")
    .option("--force", "also replace hand-written files")
    .addHelpText("after", EXAMPLES);
}

type CiOptions = OptionsOf<typeof declare>;

/** `trustwheel ci`: the files of a pipeline, from the map. */
export function addCiCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action((host, _, command) => {
    finish(ci(host, command.optsWithGlobals(), terminal));
  });
}

function ci(host: PipelineHost, options: CiOptions, terminal: Terminal): ExitCode {
  const pipeline = pipelineOfMap(host, options.map, terminal);
  if (typeof pipeline === "number") return pipeline;
  if (isProblem(pipeline)) return reportProblem(pipeline, terminal);
  const owners = codeOwnersChange(host, pipeline, options.codeowners);
  if (owners !== undefined && isProblem(owners)) return reportProblem(owners, terminal);
  const files = [
    ...pipelineFiles(pipeline.settings).map((file) => withBefore(file)),
    ...(owners === undefined ? [] : [owners]),
  ];
  const changes = [...files.filter(({ before, text }) => before !== text), ...retired(host)];
  if (changes.length === 0) {
    terminal.stdout(`${counted(files.length, "file")} of the pipeline, all up to date\n`);
    return EXIT.clean;
  }
  if (options.check === true) {
    for (const change of changes) terminal.stderr(`${change.path} ${staleness(change)}\n`);
    terminal.stderr(`  = help: npx trustwheel ci ${host}\n`);
    return EXIT.findings;
  }
  const foreign = changes.filter(
    ({ before, keeps }) => before !== undefined && keeps !== true && !isGenerated(before),
  );
  if (foreign.length > 0 && options.force !== true) {
    return reportProblem(
      {
        problem: foreign
          .map(({ path }) => `${path} is hand-written and would be lost; nothing written`)
          .join("\n"),
        help: "rename it, or replace it with `--force`",
      },
      terminal,
    );
  }
  for (const { path, text, before } of changes) {
    if (options.dryRun !== true) {
      if (text === undefined) rmSync(path);
      else writeIfDifferent(path, text);
    }
    const done = text === undefined ? "removed" : before === undefined ? "added" : "changed";
    terminal.stdout(`${options.dryRun === true ? "would be " : ""}${done}: ${path}\n`);
  }
  return EXIT.clean;
}

function staleness({ before, text }: FileChange): string {
  if (text === undefined) return "is from an earlier version and must be removed";
  return before === undefined ? "is missing" : "is out of date";
}

function withBefore(file: PipelineFile): FileChange {
  const before = textOf(file.path);
  return { ...file, ...(before === undefined ? {} : { before }) };
}

/** Files that earlier versions wrote and that would still run. Hand-written files stay. */
function retired(host: PipelineHost): FileChange[] {
  return RETIRED_FILES[host].flatMap((path): FileChange[] => {
    const before = textOf(path);
    return before !== undefined && isGenerated(before) ? [{ path, before }] : [];
  });
}

/** The CODEOWNERS file, if it was asked for now or has our block. */
function codeOwnersChange(
  host: PipelineHost,
  { settings, named }: MapPipeline,
  given: readonly string[] | undefined,
): FileChange | UsageProblem | undefined {
  const forge = forgeOf(settings);
  const path =
    CODE_OWNERS_FILES[forge].find((each) => textOf(each) !== undefined) ??
    NEW_CODE_OWNERS_FILE[forge];
  const before = textOf(path);
  const owners = given ?? (before === undefined ? undefined : blockOwners(before));
  if (owners === undefined) return undefined;
  const wrong = owners.filter((owner) => !isCodeOwner(owner));
  if (wrong.length > 0) {
    return {
      problem: `${wrong.map((each) => `\`${each}\``).join(", ")} ${wrong.length === 1 ? "is not an owner" : "are not owners"} that a CODEOWNERS file can name`,
      help: "write `@organization/team`, `@user` or an e-mail address",
    };
  }
  const patterns = ownedPatterns({ prefix: "", ownProgram: false, named });
  const text = withCodeOwners(before, { host, forge, owners, patterns });
  if (text === undefined) {
    return {
      problem: `${path} has a trustwheel block without an end`,
      help: "end it with the line `# <<< trustwheel`, or remove its lines",
    };
  }
  return { path, text, keeps: true, ...(before === undefined ? {} : { before }) };
}

/** The address of an Atlantis repository says which host reads its CODEOWNERS file. */
function forgeOf({ runner }: PipelineSettings): Forge {
  if (runner.kind === "atlantis") {
    return /^[^/]*gitlab/.test(runner.repository) ? "gitlab" : "github";
  }
  return runner.kind === "gitlab" ? "gitlab" : "github";
}

/** What the map says of its pipeline. */
interface MapPipeline {
  readonly settings: PipelineSettings;
  /** Files that the map names besides its policy documents. */
  readonly named: ReadonlySet<string>;
}

/** The pipeline that the map asks for, or why there is none. */
function pipelineOfMap(
  host: PipelineHost,
  map: string | undefined,
  terminal: Terminal,
): MapPipeline | UsageProblem | ExitCode {
  const project = openProject(".", terminal, { map });
  if (typeof project === "number") return project;
  const { files, plan, named } = project;
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
      problem: `the pipeline in ${files.mapFile} has \`${KEYS[own]}\`, not \`${KEYS[host]}\``,
      help: `npx trustwheel ci ${own}`,
    };
  }
  return { settings, named: new Set(named.names) };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
