import { notCovered } from "../../lib/access/proof/not-covered";
import { proofFindings } from "../../lib/access/proof/proof-findings";
import { PROOF_ASSUMPTIONS } from "../../lib/access/prove/axioms";
import { jsonDiagnostics } from "../../lib/diagnostics/json";
import { printDiagnostics } from "../../lib/diagnostics/print";
import { readAccessInputs } from "../project/access-inputs";
import { unreadJson } from "../ask/unread-answer";
import {
  controlPoliciesOption,
  dirOption,
  formatOption,
  planOption,
} from "../options/access-options";
import type { OptionsOf, Program } from "../options/global-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import type { Terminal } from "../system/terminal";
import { proofLine, timeProof } from "../project/timed-proof";

const EXAMPLES = `
Examples:
  trustwheel prove                        the map, synthesized in memory
  trustwheel prove --dir cdktf.out        existing output against the current map
  trustwheel prove --plan plans/*.json    the access after all plans are applied
  trustwheel prove --format json          machine-readable`;

function declare(program: Program) {
  return program
    .command("prove")
    .description("prove that the Terraform grants exactly the access the map declares")
    .addOption(dirOption())
    .addOption(planOption())
    .addOption(controlPoliciesOption())
    .addOption(formatOption())
    .addHelpText("after", EXAMPLES);
}

type ProveOptions = OptionsOf<typeof declare>;

/** `trustwheel prove`: whether the Terraform grants exactly what the map declares. */
export function addProveCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action((_, command) => {
    finish(prove(command.optsWithGlobals(), terminal));
  });
}

function prove({ format, ...sources }: ProveOptions, terminal: Terminal): ExitCode {
  const inputs = readAccessInputs(sources, terminal);
  if (typeof inputs === "number") return inputs;
  const timed = timeProof({ ...inputs, assertions: inputs.map.assertions ?? [] }, terminal);
  const findings = proofFindings(timed.proof, inputs.source);
  const uncovered = notCovered(inputs.controls);
  const { verdict, roles, edges, chains } = timed.proof;
  const assumed = [...PROOF_ASSUMPTIONS, ...timed.proof.assumed];
  if (format === "json") {
    const unread = unreadJson(timed.proof.unread);
    const extra = { verdict, roles, edges, chains, assumed, notCovered: uncovered, unread };
    terminal.stdout(jsonDiagnostics(findings, extra));
  } else {
    const problems = printDiagnostics(findings, { texts: inputs.texts, color: terminal.color });
    const print = terminal.quiet === true ? terminal.stderr : terminal.stdout;
    if (problems !== "") print(`${problems}\n`);
    terminal.stdout(
      [
        proofLine(timed, terminal.color),
        "",
        "Assumed:",
        ...assumed.map((each) => `  ${each}`),
        "",
        "Not covered:",
        ...uncovered.map((each) => `  ${each}`),
        "",
      ].join("\n"),
    );
  }
  return verdict === "proved" ? EXIT.clean : EXIT.findings;
}
