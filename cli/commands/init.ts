import { basename, join, resolve } from "node:path";
import { editMap } from "../../lib/account-map/edit/edit-map";
import type { RawAccountMap } from "../../lib/account-map/read/raw-account-map";
import { hasErrors } from "../../lib/diagnostics/diagnostic";
import { printFindings } from "../print/print-findings";
import { accountKey } from "../../lib/organization/compare/account-key";
import { compareOrganization } from "../../lib/organization/compare/compare-organization";
import type { Organization } from "../../lib/organization/organization";
import { pipelineFiles } from "../../lib/pipelines/pipeline-files";
import { pipelineSettings } from "../../lib/pipelines/pipeline-settings";
import { checkProject } from "../../lib/check/check-project";
import type { CheckedProject } from "../../lib/check/check-project";
import { homeAccount } from "../ask/home-account";
import { counted } from "../../lib/diagnostics/words";
import type { OptionsOf, Program } from "../options/global-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { askForStart } from "../init/init-answers";
import type { KnownAnswers } from "../init/init-answers";
import { starterFiles } from "../../lib/start/starter-files";
import { starterMap } from "../../lib/start/starter-map";
import type { StarterAnswers } from "../../lib/start/starter-map";
import { writeIfDifferent } from "../system/write-if-different";
import { mergeStart } from "../init/merge-start";
import { packageSource } from "../project/package-source";
import { plannedText, writtenText } from "../print/init-report";
import type { Prompts } from "../system/prompts";
import { MAP_FILE } from "../project/project-files";
import { readSource } from "../project/sync-source";
import type { Terminal } from "../system/terminal";
import { isProblem, reportProblem } from "../system/usage-problem";
import type { UsageProblem } from "../system/usage-problem";
import { writeNewFiles } from "../change/write-new-files";

const EXAMPLES = `
Examples:
  trustwheel init                                     asks for everything
  trustwheel init --live                              reads the accounts from AWS Organizations
  trustwheel init --organization-file accounts.json   or from \`aws organizations list-accounts\`
  trustwheel init --organization-id o-exampleorg1 --management-id 111111111111 \\
    --account identity=222222222222 --region eu-central-1 --yes`;

function declare(program: Program) {
  return program
    .command("init")
    .description("create a new repository: map, policies, pipeline")
    .option("-o, --output <folder>", "output folder", ".")
    .option("--organization-file <files...>", "organization files, as for sync")
    .option("--live", "read the organization from AWS Organizations")
    .option("--organization-id <id>", "such as o-exampleorg1")
    .option("--management-id <id>", "ID of the management account")
    .option(
      "--account <key=id>",
      "account where people and the pipeline start; its key is enough if the organization is read",
    )
    .option("--region <region>", 'region of the accounts (default: "us-east-1")')
    .option("--permission-set <name>", 'permission set to trust (default: "AdministratorAccess")')
    .option("--state-bucket <name>", "S3 bucket for state (default: files in state/)")
    .option("--github <owner/name>", "repository whose workflows plan and apply")
    .option(
      "--package <source>",
      "npm source of trustwheel: a version, a tarball, a Git address (default: what runs now)",
    )
    .option("-y, --yes", "write without asking")
    .option("-n, --dry-run", "show what would be written")
    .addHelpText("after", EXAMPLES);
}

type InitOptions = OptionsOf<typeof declare>;

/** `trustwheel init`: writes the repository that a team starts with. */
export function addInitCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action(async (options) => {
    finish(await init(options, terminal));
  });
}

async function init(options: InitOptions, terminal: Terminal): Promise<ExitCode> {
  const { output: dir, yes, dryRun } = options;
  const organization = await organizationOf(options, terminal);
  if (organization === "unreadable") return EXIT.usage;
  const prompts = yes === true || dryRun === true ? undefined : terminal.prompts;
  const known = await knownOf(organization, options, prompts);
  if (known === undefined) return refused(terminal);
  if (isProblem(known)) return reportProblem(known, terminal);
  const given = organization === undefined ? options : withoutAccount(options);
  const answers = await askForStart(given, known, terminal.prompts);
  if (answers === undefined) return refused(terminal);
  if (isProblem(answers)) return reportProblem(answers, terminal);
  const source = options.package ?? packageSource(dir);
  const files = filesOf(basename(resolve(dir)), answers, { organization, source }, terminal);
  if (files === undefined) return EXIT.findings;
  const merged = mergeStart(dir, files, source);
  if (isProblem(merged)) return reportProblem(merged, terminal);
  const report = { dir, answers, source, merged, left: leftOut(organization) };
  if (dryRun === true) {
    terminal.stdout(plannedText(report));
    return EXIT.clean;
  }
  if (yes !== true) {
    if (terminal.prompts === undefined) {
      const problem = "no terminal to confirm the files on";
      const help = "pass `--yes` to write, or `--dry-run` to preview";
      return reportProblem({ problem, help }, terminal);
    }
    terminal.stdout(plannedText(report));
    const number = counted(merged.added.size + merged.changed.size, "file");
    if (!(await terminal.prompts.confirm(`Write ${number} to ${dir}?`))) return refused(terminal);
  }
  writeNewFiles(dir, merged.added);
  for (const [path, text] of merged.changed) writeIfDifferent(join(dir, path), text);
  terminal.stdout(writtenText(report));
  return EXIT.clean;
}

function refused(terminal: Terminal): ExitCode {
  terminal.stderr("nothing written\n");
  return EXIT.findings;
}

function withoutAccount({ account: _, ...options }: InitOptions): InitOptions {
  return options;
}

/** Accounts of the organization that the map does not get, and why. */
function leftOut(organization: Organization | undefined): string[] {
  return (organization?.accounts ?? []).flatMap(({ id, name, state = "active" }) =>
    id === undefined
      ? [`${name}: its ID is unknown`]
      : state === "active"
        ? []
        : [`${name} (${id}): it is ${state}`],
  );
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

/** The answers that an organization gives; nothing if a question was refused. */
async function knownOf(
  organization: Organization | undefined,
  { account: given, managementId }: InitOptions,
  prompts: Prompts | undefined,
): Promise<KnownAnswers | UsageProblem | undefined> {
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
  const others = starters.filter((each) => each !== management);
  const [key, id] = given?.split("=") ?? [];
  // An id says which account is meant, whatever it is called.
  const account =
    id === undefined
      ? await homeAccount(others, key, prompts)
      : { ...(others.find((each) => each.id === id) ?? { id }), key: key ?? "" };
  if (account === undefined || isProblem(account)) return account;
  return {
    ...(organizationId === undefined ? {} : { organizationId }),
    ...(rootId === undefined ? {} : { rootId }),
    ...(management === undefined ? {} : { management }),
    account,
  };
}

/** All files by path; what is wrong with the map is printed. */
function filesOf(
  name: string,
  answers: StarterAnswers,
  {
    organization,
    source,
  }: { readonly organization: Organization | undefined; readonly source: string },
  terminal: Terminal,
): ReadonlyMap<string, string> | undefined {
  const files = starterFiles(name, answers, source);
  const report = ({ diagnostics, texts }: Pick<CheckedProject, "diagnostics" | "texts">): void => {
    printFindings(diagnostics, terminal, texts);
    terminal.stderr("\nThe map would not be valid (see above). Nothing written.\n");
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
