import { Option } from "@commander-js/extra-typings";
import type { RawAccountMap } from "../../lib/account-map/read/raw-account-map";
import { compareOrganization } from "../../lib/organization/compare/compare-organization";
import type { ComparedMap } from "../../lib/organization/compare/comparison";
import { isOutOfStep } from "../../lib/organization/compare/organization-drift";
import type { OrganizationDrift } from "../../lib/organization/compare/organization-drift";
import { formatOption } from "../options/access-options";
import { applyMapEdits, commitStep, deployStep, readSoundProject } from "../change/apply-map-edits";
import type { MapChange } from "../change/apply-map-edits";
import type { OptionsOf, Program } from "../options/global-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { openProject } from "../project/open-project";
import { unknownName } from "../project/unknown-name";
import { printDrift } from "../print/sync-output";
import { readSource, SOURCES } from "../project/sync-source";
import type { Terminal } from "../system/terminal";
import { reportProblem } from "../system/usage-problem";

const EXAMPLES = `
Examples:
  trustwheel sync                         compare the map with AWS Organizations
  trustwheel sync --write                 show the changes to the map, ask, and write them
  trustwheel sync --write --yes           the same without asking, for pipelines
  trustwheel sync --check                 exit 1 if they differ, for a nightly pipeline
  trustwheel sync organization.json       compare with outputs of \`aws organizations\`
  trustwheel sync accounts-config.yaml    with Landing Zone Accelerator, org-formation or AFT

docs/sync.md lists the permissions and file formats.`;

function declare(program: Program) {
  return program
    .command("sync")
    .description("compare the map with AWS Organizations, and update it")
    .argument("[files...]", "organization files (default: read from AWS)")
    .addOption(
      new Option("--from <source>", "file format, if not clear from the content").choices(SOURCES),
    )
    .option("-o, --organization <key>", "organization key, if not clear from the files")
    .option("-w, --write", "write what it can to the map")
    .option("-y, --yes", "with --write: write without asking")
    .option("-n, --dry-run", "with --write: check and prove the new map; write nothing")
    .option("-c, --check", "exit 1 if map and organization differ")
    .addOption(formatOption())
    .addHelpText("after", EXAMPLES);
}

type SyncOptions = OptionsOf<typeof declare>;

/** `trustwheel sync`: keeps the map in step with AWS Organizations, live or from files. */
export function addSyncCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action(async (files, _, command) => {
    const options = command.optsWithGlobals();
    const misuse = misuseOf(files, options);
    if (misuse !== undefined) command.error(`error: ${misuse}`);
    finish(await sync(files, options, terminal));
  });
}

function misuseOf(
  files: readonly string[],
  { from, write, yes, dryRun }: SyncOptions,
): string | undefined {
  if (from === "live" && files.length > 0)
    return "option '--from live' reads from AWS and takes no files";
  if (from !== undefined && from !== "live" && files.length === 0) {
    return `option '--from ${from}' needs files, and none is named`;
  }
  if (yes === true && write !== true) {
    return "option '--yes' goes with '--write'; without '--write' nothing is written";
  }
  return dryRun === true && write !== true
    ? "option '--dry-run' goes with '--write'; without '--write' nothing is written"
    : undefined;
}

async function sync(
  files: readonly string[],
  options: SyncOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const compared = readMap(options.map, terminal);
  if (typeof compared === "number") return compared;
  const { organizations } = compared.map;
  if (options.organization !== undefined && !organizations.has(options.organization)) {
    const unknown = unknownName("organization", options.organization, organizations.keys());
    return reportProblem(unknown, terminal);
  }
  const organization = await readSource(files, options.from, compared.raw, terminal);
  if (organization === undefined) return EXIT.usage;
  const drifts = compareOrganization(compared, organization, options.organization);
  if (options.format === "text") {
    terminal.stdout(`${printDrift(drifts, terminal.color)}${options.write === true ? "\n" : ""}`);
  }
  const written = options.write === true ? await write(drifts, options, terminal) : undefined;
  if (options.format === "json") {
    const change = written?.change;
    const result = { drifts, ...(change === undefined ? {} : { change }) };
    terminal.stdout(`${JSON.stringify(result, undefined, 2)}\n`);
  }
  if (written !== undefined && written.code !== EXIT.clean) return written.code;
  // Nothing was compared, which must not pass for being in step.
  if (drifts.some(({ kind }) => kind === "unknown-organization")) return EXIT.findings;
  const settled = written !== undefined && options.dryRun !== true;
  const open = drifts.filter(
    (drift) => isOutOfStep(drift) && (!settled || drift.edits.length === 0),
  );
  return options.check === true && open.length > 0 ? EXIT.findings : EXIT.clean;
}

/** The map of the folder, as far as it can be read: what rules say of it is no matter here. */
function readMap(mapFile: string | undefined, terminal: Terminal): ComparedMap | ExitCode {
  const project = openProject(".", terminal, { map: mapFile });
  if (typeof project === "number") return project;
  const { map, source } = project;
  return { map, raw: source.value as RawAccountMap };
}

/**
 * Writes the edits, once the new map is checked and proved, and returns what was printed about that as
 * JSON.
 */
async function write(
  drifts: readonly OrganizationDrift[],
  { format, yes, dryRun, map }: SyncOptions,
  terminal: Terminal,
): Promise<{ readonly code: ExitCode; readonly change?: unknown }> {
  const edits = drifts.flatMap((drift) => drift.edits);
  if (edits.length === 0) {
    if (format === "text") terminal.stdout("nothing to write\n");
    return { code: EXIT.clean };
  }
  const project = readSoundProject(terminal, map);
  if (typeof project === "number") return { code: project };
  const change: MapChange = {
    edits,
    next: (_, { deploy }) => [
      commitStep("sync the accounts with AWS Organizations", project.files.mapFile),
      ...deployStep("apply what it changes", deploy),
    ],
  };
  const options = {
    format,
    ...(yes === undefined ? {} : { yes }),
    ...(dryRun === undefined ? {} : { dryRun }),
  };
  if (format === "text") return { code: await applyMapEdits(project, change, options, terminal) };
  let printed = "";
  const code = await applyMapEdits(project, change, options, {
    ...terminal,
    stdout: (text) => (printed += text),
  });
  return { code, ...(printed === "" ? {} : { change: JSON.parse(printed) as unknown }) };
}
