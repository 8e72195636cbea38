import { basename, resolve } from "node:path";
import type { Command } from "commander";
import { editMap } from "../lib/account-map/edit/edit-map";
import type { RawAccountMap } from "../lib/account-map/raw-account-map";
import { hasErrors } from "../lib/diagnostics/diagnostic";
import { printDiagnostics } from "../lib/diagnostics/print";
import { accountKey } from "../lib/organization/account-key";
import { compareOrganization } from "../lib/organization/compare-organization";
import type { Organization } from "../lib/organization/organization";
import { pipelineFiles } from "../lib/pipelines/pipeline-files";
import { pipelineSettings } from "../lib/pipelines/pipeline-settings";
import { checkProject } from "../lib/rules/check-project";
import type { CheckedProject } from "../lib/rules/check-project";
import { nextText } from "./change-map";
import { count } from "./count";
import { EXIT } from "./exit-code";
import type { ExitCode } from "./exit-code";
import { askForStart } from "./init-answers";
import type { InitAnswers, KnownAnswers } from "./init-answers";
import { starterFiles } from "./init-files";
import { starterMap } from "./init-map";
import type { StarterAnswers } from "./init-map";
import { MAP_FILE } from "./project-files";
import { readSource } from "./sync-source";
import type { Terminal } from "./terminal";
import { isProblem, reportProblem } from "./usage-problem";
import { existingFiles, writeNewFiles } from "./write-new-files";

interface InitOptions extends InitAnswers {
  readonly dir: string;
  /** @default - the organization is not read */
  readonly organizationFile?: readonly string[];
  readonly live?: true;
  readonly yes?: true;
  readonly dryRun?: true;
}

const EXAMPLES = `
Examples:
  trustwheel init                                     asks for everything
  trustwheel init --live                              takes the accounts from AWS Organizations
  trustwheel init --organization-file accounts.json   or from \`aws organizations list-accounts\`
  trustwheel init --organization-id o-exampleorg1 --management-id 111111111111 \\
    --account identity=222222222222 --region eu-central-1 --yes`;

/** `trustwheel init`: writes the repository that a team starts with. */
export function addInitCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("init")
    .description("write a starting repository: map, documents, pipeline")
    .option("-d, --dir <folder>", "where it goes", ".")
    .option("--organization-file <files...>", "files that describe the organization, as for sync")
    .option("--live", "read the organization from AWS Organizations")
    .option("--organization-id <id>", "such as o-exampleorg1")
    .option("--management-id <id>", "id of the management account")
    .option("--account <key=id>", "the first account, which people enter")
    .option("--region <region>", 'region of the accounts (default: "us-east-1")')
    .option("--permission-set <name>", 'whom people come from (default: "AdministratorAccess")')
    .option("--state-bucket <name>", "S3 bucket of the states (default: files in state/)")
    .option("--github <owner/name>", "repository whose workflows plan and apply")
    .option("-y, --yes", "write without asking")
    .option("-n, --dry-run", "tell what would be written")
    .addHelpText("after", EXAMPLES)
    .action(async (options: InitOptions) => {
      finish(await init(options, terminal));
    });
}

async function init(options: InitOptions, terminal: Terminal): Promise<ExitCode> {
  const { dir, yes, dryRun } = options;
  const organization = await organizationOf(options, terminal);
  if (organization === "unreadable") return EXIT.usage;
  const answers = await askForStart(options, knownOf(organization, options), terminal.prompts);
  if (answers === undefined) {
    terminal.stderr("nothing is written\n");
    return EXIT.findings;
  }
  if (isProblem(answers)) return reportProblem(answers, terminal);
  const files = filesOf(basename(resolve(dir)), answers, organization, terminal);
  if (files === undefined) return EXIT.findings;
  const there = existingFiles(dir, files.keys());
  if (there.length > 0) {
    const problem = `there already: ${there.join(", ")}; nothing is written`;
    return reportProblem({ problem, help: "start in an empty folder: `--dir FOLDER`" }, terminal);
  }
  const list = [...files.keys()].map((path) => `  ${path}\n`).join("");
  if (dryRun === true) {
    terminal.stdout(`would be written to ${dir}:\n${list}`);
    return EXIT.clean;
  }
  if (yes !== true) {
    const { prompts } = terminal;
    if (prompts === undefined) {
      const problem = "nobody can be asked here whether the files are to be written";
      const help = "pass `--yes` to write them, or `--dry-run` to look";
      return reportProblem({ problem, help }, terminal);
    }
    if (!(await prompts.confirm(`Write ${count(files.size, "file")} to ${dir}?`))) {
      terminal.stderr("nothing is written\n");
      return EXIT.findings;
    }
  }
  writeNewFiles(dir, files);
  const steps = [
    {
      what: "install, check and synthesize",
      commands: [
        ...(dir === "." ? [] : [`cd ${dir}`]),
        "npm install",
        "npx trustwheel check && npx trustwheel synth",
      ],
    },
    {
      what: "make what must exist in the accounts; docs/bootstrap.md of the package explains it",
      commands: [
        `npx trustwheel bootstrap${answers.github === undefined ? " --caller ARN_OF_YOUR_ROLE" : ""}`,
        "npx trustwheel doctor",
      ],
    },
  ];
  terminal.stdout(`written to ${dir}:\n${list}${nextText(steps, (text) => text)}`);
  return EXIT.clean;
}

async function organizationOf(
  { organizationFile = [], live }: InitOptions,
  terminal: Terminal,
): Promise<Organization | undefined | "unreadable"> {
  if (organizationFile.length === 0 && live !== true) return undefined;
  const read = await readSource(live === true ? [] : organizationFile, undefined, NO_MAP, terminal);
  return read ?? "unreadable";
}

/** A map that says nothing yet. */
const NO_MAP: RawAccountMap = { accounts: {} };

/** What an organization tells of the answers: people enter by its first account that is not the management account. */
function knownOf(
  organization: Organization | undefined,
  { account: given, managementId }: InitOptions,
): KnownAnswers {
  if (organization === undefined) return {};
  const { id: organizationId, rootId, accounts } = organization;
  const manager = organization.managementAccountId ?? managementId;
  const taken = new Set<string>();
  const starters = accounts.flatMap(({ id, name, unit, state = "active" }) => {
    if (id === undefined || state !== "active") return [];
    const key = accountKey(name, taken);
    taken.add(key);
    return [{ key, id, name, ...(unit === undefined ? {} : { unit }) }];
  });
  const management = starters.find(({ id }) => id === manager);
  const account = given === undefined ? starters.find((each) => each !== management) : undefined;
  return {
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(rootId === undefined ? {} : { rootId }),
    ...(management === undefined ? {} : { management }),
    ...(account === undefined ? {} : { account }),
  };
}

/** All files by path; what is wrong with the map is printed. */
function filesOf(
  name: string,
  answers: StarterAnswers,
  organization: Organization | undefined,
  terminal: Terminal,
): ReadonlyMap<string, string> | undefined {
  const files = starterFiles(name, answers);
  const report = ({ diagnostics, texts }: Pick<CheckedProject, "diagnostics" | "texts">): void => {
    terminal.stderr(printDiagnostics(diagnostics, { texts, color: terminal.errorColor }));
    terminal.stderr("\nThe map would not be sound, see above. Nothing is written.\n");
  };
  let text = starterMap(answers);
  let checked = checkStart(text, files);
  if (organization !== undefined && checked.map !== undefined && checked.source !== undefined) {
    const compared = { map: checked.map, raw: checked.source.value as RawAccountMap };
    const drifts = compareOrganization(
      compared,
      organization,
      answers.organizationId === undefined ? undefined : "main",
    );
    const edited = editMap(
      text,
      drifts.flatMap(({ edits }) => edits),
      MAP_FILE,
    );
    if ("problems" in edited) {
      report({ diagnostics: edited.problems, texts: new Map([[MAP_FILE, text]]) });
      return undefined;
    }
    text = edited.text;
    checked = checkStart(text, files);
  }
  if (checked.plan === undefined || hasErrors(checked.diagnostics)) {
    report(checked);
    return undefined;
  }
  const settings = pipelineSettings(checked.plan);
  const pipeline = settings === undefined ? [] : pipelineFiles(settings);
  return new Map([
    [MAP_FILE, text],
    ...files,
    ...pipeline.map(({ path, text: own }) => [path, own] as const),
  ]);
}

function checkStart(mapText: string, files: ReadonlyMap<string, string>): CheckedProject {
  const policies = new Map(
    [...files].flatMap(([file, text]) => {
      const name = /^policies\/(.+)\.json$/.exec(file)?.[1];
      return name === undefined ? [] : [[name, { file, text }] as const];
    }),
  );
  return checkProject({ mapFile: MAP_FILE, mapText, policies, readFile: () => undefined });
}
