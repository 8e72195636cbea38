import { Option } from "commander";
import type { Command } from "commander";
import { version } from "../package.json";
import { hasFindings, sortDiagnostics } from "../lib/diagnostics/diagnostic";
import type { Diagnostic } from "../lib/diagnostics/diagnostic";
import { githubAnnotations } from "../lib/diagnostics/github";
import { jsonDiagnostics } from "../lib/diagnostics/json";
import { printDiagnostics } from "../lib/diagnostics/print";
import { sarifLog } from "../lib/diagnostics/sarif";
import { CATALOGUE } from "../lib/rules/catalogue";
import { checkProject } from "../lib/rules/check-project";
import { headroom } from "../lib/rules/headroom";
import type { Headroom } from "../lib/rules/headroom";
import { EXIT } from "./exit-code";
import type { ExitCode } from "./exit-code";
import { printHeadroom } from "./headroom-text";
import { MAP_FILE, readNamedFile, readProject } from "./project-files";
import type { Terminal } from "./terminal";

const FORMATS = ["text", "json", "sarif", "github"] as const;

interface CheckOptions {
  readonly format: (typeof FORMATS)[number];
  readonly map: string;
}

interface CheckResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly texts: ReadonlyMap<string, string>;
  readonly headroom: readonly Headroom[];
}

/** `trustwheel check`: every rule over the map, the plan and the documents, without Terraform, credentials or network. */
export function addCheckCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("check")
    .description("check the account map and its documents against the rules of IAM and STS")
    .addOption(
      new Option("-f, --format <format>", "how findings are printed")
        .choices(FORMATS)
        .default("text"),
    )
    .option("-m, --map <file>", "the account map", MAP_FILE)
    .addHelpText(
      "after",
      "\nExamples:\n  trustwheel check\n  trustwheel check --format sarif > check.sarif",
    )
    .action((options: CheckOptions) => {
      finish(check(options, terminal));
    });
}

function check({ format, map }: CheckOptions, terminal: Terminal): ExitCode {
  const { files, diagnostics: unreadable } = readProject(".", map);
  if (files === undefined) {
    print({ diagnostics: unreadable, texts: new Map(), headroom: [] }, format, terminal);
    return EXIT.usage;
  }
  const readFile = (name: string): string | undefined => readNamedFile(".", name);
  const now = new Date().toISOString();
  const { plan, diagnostics, texts } = checkProject({ ...files, readFile, now });
  const rooms = plan === undefined ? [] : headroom(plan);
  print({ diagnostics: sortDiagnostics(diagnostics), texts, headroom: rooms }, format, terminal);
  return hasFindings(diagnostics) ? EXIT.findings : EXIT.clean;
}

function print(result: CheckResult, format: CheckOptions["format"], terminal: Terminal): void {
  const { diagnostics, texts } = result;
  switch (format) {
    case "json":
      terminal.stdout(jsonDiagnostics(diagnostics, { headroom: result.headroom }));
      return;
    case "sarif":
      terminal.stdout(sarifLog(diagnostics, { version, rules: ruleFacts() }));
      return;
    case "github":
      terminal.stdout(githubAnnotations(diagnostics));
      return;
    case "text": {
      const text = printDiagnostics(diagnostics, { texts, color: terminal.color });
      if (text !== "") terminal.stdout(`${text}\n`);
      terminal.stdout(summary(result));
    }
  }
}

function ruleFacts(): { id: string; summary: string; why: string }[] {
  return CATALOGUE.map((entry) => (entry.status === "checked" ? entry.rule : entry));
}

function summary({ diagnostics, headroom: rooms }: CheckResult): string {
  const open = diagnostics.filter(({ accepted }) => accepted === undefined);
  const count = (severity: Diagnostic["severity"], word: string): string => {
    const number = open.filter((diagnostic) => diagnostic.severity === severity).length;
    return `${number} ${word}${number === 1 ? "" : "s"}`;
  };
  const accepted = diagnostics.length - open.length;
  const counts = [count("error", "error"), count("warning", "warning"), `${accepted} accepted`];
  return `${counts.join(", ")}\n${printHeadroom(rooms)}`;
}
