import { Option } from "@commander-js/extra-typings";
import { treeEscalations } from "../../lib/access/permissions/tree-escalations";
import { hasFindings, sortDiagnostics } from "../../lib/diagnostics/diagnostic";
import type { PolicyKind } from "../../lib/iam/grammar/policy-kind";
import { checkDocuments } from "../../lib/check/check-documents";
import { headroom } from "../../lib/plan/quota-use";
import { checkTerraform } from "../../lib/rules/terraform/check-terraform";
import { readTexts, readTree } from "../project/check-inputs";
import { FORMATS, printCheck } from "../print/check-output";
import type { CheckResult } from "../print/check-output";
import type { OptionsOf, Program } from "../options/global-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import { readAndCheck } from "../project/open-project";
import { MAP_FILE } from "../project/project-files";
import type { Terminal } from "../system/terminal";

const KINDS = [
  "trust",
  "identity",
  "boundary",
  "service-control",
  "resource-control",
] as const satisfies readonly PolicyKind[];

/** What was found in one of the things to check, and whether all of it could be read. */
interface PartResult extends CheckResult {
  readonly readable: boolean;
}

const EXAMPLES = `
Examples:
  trustwheel check                                the account map and its documents
  trustwheel check policies/*.json                only documents, even unused ones
  trustwheel check --kind trust old/trust.json    a document, as a trust policy
  trustwheel check --dir cdktf.out                synthesized Terraform from any tool
  trustwheel check --format sarif > check.sarif   for code scanning`;

function declare(program: Program) {
  return program
    .command("check")
    .description("check the account map and its policies against IAM and STS rules")
    .argument("[documents...]", "policy documents to check instead of the map")
    .addOption(
      new Option("-f, --format <format>", "output format").choices(FORMATS).default("text"),
    )
    .addOption(
      new Option("-k, --kind <kind>", "document kind, if not clear from the content").choices(
        KINDS,
      ),
    )
    .option("-d, --dir <folder>", "check the synthesized Terraform in a folder instead of the map")
    .addHelpText("after", EXAMPLES);
}

type CheckOptions = OptionsOf<typeof declare>;

/** `trustwheel check`: every rule over the map, the plan and the documents, without Terraform, credentials or network. */
export function addCheckCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action((documents, _, command) => {
    const options = command.optsWithGlobals();
    const misuse = misuseOf(documents, options);
    if (misuse !== undefined) command.error(`error: ${misuse}`);
    finish(check(documents, options, terminal));
  });
}

function misuseOf(documents: readonly string[], { kind }: CheckOptions): string | undefined {
  if (kind !== undefined && documents.length === 0) {
    return "option '--kind <kind>' needs documents, and none is named";
  }
  const map = documents.find((file) => /\.ya?ml$/i.test(file));
  return map === undefined
    ? undefined
    : `'${map}' is not a JSON policy document; for an account map write '--map ${map}'`;
}

function check(documents: readonly string[], options: CheckOptions, terminal: Terminal): ExitCode {
  const { dir, map = documents.length > 0 || dir !== undefined ? undefined : MAP_FILE } = options;
  const parts = [
    ...(map === undefined ? [] : [checkMap(map)]),
    ...(documents.length === 0 ? [] : [checkFiles(documents, options.kind)]),
    ...(dir === undefined ? [] : [checkTree(dir)]),
  ];
  const diagnostics = sortDiagnostics(parts.flatMap((part) => part.diagnostics));
  const result: CheckResult = {
    checked: parts.flatMap((part) => part.checked),
    diagnostics,
    texts: new Map(parts.flatMap((part) => [...part.texts])),
    headroom: parts.flatMap((part) => part.headroom),
  };
  printCheck(result, options.format, terminal);
  if (parts.some(({ readable }) => !readable)) return EXIT.usage;
  return hasFindings(diagnostics) ? EXIT.findings : EXIT.clean;
}

function checkMap(map: string): PartResult {
  const project = readAndCheck(".", { map, now: new Date().toISOString() });
  if ("unreadable" in project) {
    const { unreadable: diagnostics } = project;
    return { checked: [], diagnostics, texts: new Map(), headroom: [], readable: false };
  }
  const { plan, diagnostics, texts } = project;
  const rooms = plan === undefined ? [] : headroom(plan);
  const checked = [{ file: map, kind: "account map" as const }];
  return { checked, diagnostics, texts, headroom: rooms, readable: true };
}

function checkFiles(documents: readonly string[], kind: PolicyKind | undefined): PartResult {
  const { texts, unreadable } = readTexts(documents);
  const { kinds, diagnostics } = checkDocuments(texts, kind, new Date().toISOString());
  return {
    checked: [...kinds].map(([file, own]) => ({ file, kind: own })),
    diagnostics: [...unreadable, ...diagnostics],
    texts,
    headroom: [],
    readable: unreadable.length === 0,
  };
}

function checkTree(folder: string): PartResult {
  const { texts, unreadable } = readTree(folder);
  return {
    checked: [...texts.keys()].map((file) => ({ file, kind: "stack" })),
    diagnostics: [...unreadable, ...checkTerraform(texts), ...treeEscalations(texts)],
    texts,
    headroom: [],
    readable: unreadable.length === 0,
  };
}
