import { importBlocks, importText } from "../../lib/adopt/imports/import-blocks";
import type { ImportBlock } from "../../lib/adopt/imports/import-blocks";
import type { ResolvedAccess } from "../../lib/plan/resolved-access";
import { ownCommands, readSoundProject } from "../change/apply-map-edits";
import { writeTogether } from "../change/write-together";
import { formatOption } from "../options/access-options";
import type { OptionsOf, Program } from "../options/global-options";
import { counted } from "../../lib/diagnostics/words";
import { readExistingAccess } from "../project/adopt-source";
import { importFileOf } from "../project/output-folder";
import { readNamedFile } from "../project/project-files";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import type { Terminal } from "../system/terminal";

const EXAMPLES = `
Examples:
  trustwheel import --role Auditor             every account in the map, with a role in each
  trustwheel import --role Auditor --dry-run   what exists, and what Terraform would create`;

function declare(program: Program) {
  return program
    .command("import")
    .description("write import blocks for everything in the map that exists already")
    .requiredOption("--role <name>", "read every account in the map with this role")
    .option("-n, --dry-run", "write nothing")
    .addOption(formatOption())
    .addHelpText("after", EXAMPLES);
}

type ImportOptions = OptionsOf<typeof declare>;

/** `trustwheel import`: has Terraform take over what the map creates and what exists already. */
export function addImportCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action(async (_, command) => {
    finish(await importExisting(command.optsWithGlobals(), terminal));
  });
}

async function importExisting(
  { map: mapFile, role, dryRun, format }: ImportOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const project = readSoundProject(terminal, mapFile);
  if (typeof project === "number") return project;
  const source = { live: true, role, everything: true } as const;
  const existing = await readExistingAccess([], source, project.map, terminal);
  if (existing === undefined) return EXIT.usage;
  const blocks = importBlocks(undefined, project.plan, existing);
  const files = new Map(
    [...blocks].map(([id, own]) => {
      const file = importFileOf(id);
      const text = readNamedFile(project.files.root, file);
      return [file, importText(own, text, "existing")] as const;
    }),
  );
  if (dryRun !== true) writeTogether(project.files.root, files, () => undefined);
  const accounts = countsOf(project.plan, blocks);
  const written = dryRun === true ? [] : [...files.keys()];
  terminal.stdout(
    format === "json"
      ? `${JSON.stringify({ accounts, written }, undefined, 2)}\n`
      : importReport(accounts, written),
  );
  return EXIT.clean;
}

interface AccountImports {
  readonly account: string;
  readonly id: string;
  /** Addresses of the resources that exist. */
  readonly imports: readonly string[];
}

function countsOf(
  { accounts }: ResolvedAccess,
  blocks: ReadonlyMap<string, readonly ImportBlock[]>,
): AccountImports[] {
  return accounts.flatMap(({ account }) => {
    const own = blocks.get(account.id) ?? [];
    const { key, id } = account;
    return own.length === 0 ? [] : [{ account: key, id, imports: own.map(({ to }) => to) }];
  });
}

function importReport(accounts: readonly AccountImports[], written: readonly string[]): string {
  if (accounts.length === 0) return "nothing in the map exists yet\n";
  const { synth } = ownCommands();
  const lines = accounts.map(
    ({ account, id, imports }) =>
      `  ${account}  ${id}  ${counted(imports.length, "resource")} to import`,
  );
  if (written.length === 0) return [...lines, "", "nothing written (--dry-run)", ""].join("\n");
  return [
    ...lines,
    "",
    "Next",
    "  1. check that each plan imports and destroys nothing, then apply it",
    `       ${synth}`,
    "  2. once applied everywhere, remove the import blocks",
    `       rm -r imports && ${synth}`,
    "",
  ].join("\n");
}
