import type { Command } from "commander";
import { NOT_COVERED } from "../lib/access/not-covered";
import { proofFindings } from "../lib/access/proof-findings";
import { AXIOMS } from "../lib/access/prove/axioms";
import { jsonDiagnostics } from "../lib/diagnostics/json";
import { printDiagnostics } from "../lib/diagnostics/print";
import { readAccessInputs } from "./access-inputs";
import { dirOption, formatOption } from "./access-options";
import type { AccessFormat } from "./access-options";
import { EXIT } from "./exit-code";
import type { ExitCode } from "./exit-code";
import type { Terminal } from "./terminal";
import { proofLine, timeProof } from "./timed-proof";

interface ProveOptions {
  readonly format: AccessFormat;
  /** @default - what the map is synthesized to */
  readonly dir?: string;
}

const EXAMPLES = `
Examples:
  trustwheel prove                    what the map is synthesized to, in memory
  trustwheel prove --dir cdktf.out    Terraform that was written before, against the map of today
  trustwheel prove --format json      for machines`;

/** `trustwheel prove`: whether the Terraform grants exactly what the map declares. */
export function addProveCommand(
  program: Command,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  program
    .command("prove")
    .description("prove that the Terraform grants exactly the access that the map declares")
    .addOption(dirOption())
    .addOption(formatOption())
    .addHelpText("after", EXAMPLES)
    .action((options: ProveOptions) => {
      finish(prove(options, terminal));
    });
}

function prove({ dir, format }: ProveOptions, terminal: Terminal): ExitCode {
  const inputs = readAccessInputs(dir, terminal);
  if (typeof inputs === "number") return inputs;
  const timed = timeProof({ ...inputs, assertions: inputs.map.assertions ?? [] });
  const findings = proofFindings(timed.proof, inputs.source);
  const { verdict, roles, edges, chains } = timed.proof;
  if (format === "json") {
    const extra = { verdict, roles, edges, chains, assumed: AXIOMS, notCovered: NOT_COVERED };
    terminal.stdout(jsonDiagnostics(findings, extra));
  } else {
    const problems = printDiagnostics(findings, { texts: inputs.texts, color: terminal.color });
    if (problems !== "") terminal.stdout(`${problems}\n`);
    terminal.stdout(
      [
        proofLine(timed),
        "",
        "Assumed:",
        ...AXIOMS.map((each) => `  ${each}`),
        "",
        "Not covered:",
        ...NOT_COVERED.map((each) => `  ${each}`),
        "",
      ].join("\n"),
    );
  }
  return verdict === "proved" ? EXIT.clean : EXIT.findings;
}
