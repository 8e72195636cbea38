import { createColors } from "picocolors";
import { adopt } from "../../lib/adopt/adopt";
import type { Adoption, AdoptionInput } from "../../lib/adopt/adoption";
import type { ExistingAccess } from "../../lib/adopt/read/existing-access";
import { importBlocks, importText } from "../../lib/adopt/imports/import-blocks";
import { parsePolicy } from "../../lib/access/read/policy-value";
import { printFindings } from "../print/print-findings";
import type { PolicyDocument } from "../../lib/iam/policy-document";
import { checkProject } from "../../lib/check/check-project";
import { adoptionLines } from "../print/adopt-output";
import { readExistingAccess } from "../project/adopt-source";
import { applyMapEdits, ownCommands, readSoundProject } from "../change/apply-map-edits";
import type { ValidProject } from "../change/apply-map-edits";
import { addChangeOptions } from "../options/change-options";
import type { OptionsOf, Program } from "../options/global-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { importFileOf } from "../project/output-folder";
import { readNamedFile } from "../project/project-files";
import type { ProjectFiles } from "../project/project-files";
import type { Terminal } from "../system/terminal";
import { reportProblem } from "../system/usage-problem";
import type { NextStep } from "../print/next-steps";

const EXAMPLES = `
Examples:
  aws iam get-account-authorization-details --output json > details.json
  aws iam list-roles --output json > roles.json
  trustwheel adopt details.json roles.json --dry-run     what can be adopted, and why not
  trustwheel adopt --live --role Auditor                 every account in the map, with a role in each
  trustwheel adopt details.json roles.json --only 'deploy-*'`;

function declare(program: Program) {
  return addChangeOptions(
    program
      .command("adopt")
      .description("add existing roles to the map if it is proved to grant the same")
      .argument("[file...]", "AWS CLI output from any number of accounts")
      .option("--live", "read from IAM")
      .option("--role <name>", "with --live: read every account in the map with this role")
      .option("--only <name...>", "roles by name, with `*` and `?` (default: all)"),
  ).addHelpText("after", EXAMPLES);
}

type AdoptOptions = OptionsOf<typeof declare>;

/** `trustwheel adopt`: takes roles that were made by hand into the map. */
export function addAdoptCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action(async (files, _, command) => {
    finish(await adoptRoles(files, command.optsWithGlobals(), terminal));
  });
}

async function adoptRoles(
  files: readonly string[],
  options: AdoptOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (files.length > 0 === (options.live === true)) {
    const problem = "pass files, or `--live` to read roles from IAM";
    return reportProblem({ problem, help: "see `trustwheel adopt --help`" }, terminal);
  }
  if (options.role !== undefined && options.live !== true) {
    return reportProblem({ problem: "`--role` needs `--live`" }, terminal);
  }
  const project = readSoundProject(terminal, options.map);
  if (typeof project === "number") return project;
  const existing = await readExistingAccess(files, options, project.map, terminal);
  if (existing === undefined) return EXIT.usage;
  const adoption = adopt(inputOf(project, existing, options.only));
  if ("problems" in adoption) {
    const texts = new Map([[project.files.mapFile, project.files.mapText]]);
    printFindings(adoption.problems, terminal, texts);
    terminal.stderr("\nThe map can't adopt these roles (see above). Nothing written.\n");
    return EXIT.findings;
  }
  if (options.format === "text") {
    terminal.stdout(`${adoptionLines(adoption, createColors(terminal.color)).join("\n")}\n`);
  }
  return adoption.edits.length === 0
    ? nothingToWrite(adoption, options, terminal)
    : write(project, existing, adoption, options, terminal);
}

function inputOf(
  { files, map, plan, raw }: ValidProject,
  existing: ExistingAccess,
  only: readonly string[] | undefined,
): AdoptionInput {
  const readFile = (name: string): string | undefined => readNamedFile(files.root, name);
  return {
    existing,
    map,
    raw,
    plan,
    mapFile: files.mapFile,
    mapText: files.mapText,
    documents: new Map(
      [...files.policies].flatMap(([name, { text }]) => {
        const read = parsePolicy(text);
        return read.known ? [[name, read.value] as const] : [];
      }),
    ),
    ...(only === undefined ? {} : { only }),
    check: (mapText, added) => checkProject({ ...withDocuments(files, added), mapText, readFile }),
  };
}

function withDocuments(
  files: ProjectFiles,
  added: ReadonlyMap<string, PolicyDocument>,
): ProjectFiles {
  const documents = [...added].map(
    ([name, document]) =>
      [name, { file: documentFile(name), text: documentText(document) }] as const,
  );
  return { ...files, policies: new Map([...files.policies, ...documents]) };
}

function documentFile(name: string): string {
  return `policies/${name}.json`;
}

function documentText(document: PolicyDocument): string {
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function nothingToWrite(
  adoption: Adoption,
  { format }: AdoptOptions,
  terminal: Terminal,
): ExitCode {
  terminal.stdout(
    format === "json"
      ? `${JSON.stringify({ outcome: "unchanged", ...factsOf(adoption) }, undefined, 2)}\n`
      : "nothing to write\n",
  );
  return adoption.refused.length > 0 ? EXIT.findings : EXIT.clean;
}

function write(
  project: ValidProject,
  existing: ExistingAccess,
  adoption: Adoption,
  options: AdoptOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { files } = project;
  const { edits, documents, plan } = adoption;
  const imports = [...importBlocks(project.plan, plan, existing)].map(([id, blocks]) => {
    const file = importFileOf(id);
    return [file, importText(blocks, readNamedFile(files.root, file))] as const;
  });
  const written = new Map([
    ...[...documents].map(([name, each]) => [documentFile(name), documentText(each)] as const),
    ...imports,
  ]);
  const sound = { ...project, files: withDocuments(files, documents) };
  const next = nextSteps(adoption, [...written.keys()], files.mapFile);
  const notes = [`${[...written.keys()].join(", ")} are written, too`];
  const change = { edits, files: written, facts: factsOf(adoption) };
  return applyMapEdits(
    sound,
    { ...change, notes: () => notes, next: () => next },
    options,
    terminal,
  );
}

function nextSteps({ adopted }: Adoption, files: readonly string[], mapFile: string): NextStep[] {
  const { synth, deploy } = ownCommands();
  const folders = [...new Set(files.map((file) => file.split("/")[0] ?? file))].sort();
  const accounts = [...new Set(adopted.map(({ account }) => account))].sort();
  return [
    {
      what: "commit it and open a pull request",
      commands: [`git add ${mapFile} ${folders.join(" ")} && git commit -m "adopt roles"`],
    },
    {
      what: "check that each plan only imports and destroys nothing, then apply it",
      commands: [synth, ...deploy(accounts)],
    },
    {
      what: "once applied everywhere, remove the import blocks",
      commands: [`git rm -r imports && ${synth}`],
    },
  ];
}

/** The machine-readable result of an adoption. */
function factsOf({ adopted, refused, leftAlone }: Adoption): Readonly<Record<string, unknown>> {
  const { otherAccounts, ...left } = leftAlone;
  return {
    adopted: adopted.map((role) => ({
      ...role,
      outcome: role.changes.length === 0 ? "no-change" : "same-access",
    })),
    refused,
    leftAlone: { ...left, otherAccounts: Object.fromEntries(otherAccounts) },
  };
}
