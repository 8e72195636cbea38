import { EXIT, type ExitCode } from "./cli/system/exit-code";
import { reportFailure } from "./cli/system/failure";
import { previousSynthesis, writeOutput } from "./cli/project/output-folder";
import { NamedFiles, readProject } from "./cli/project/project-files";
import { reportSynthesis } from "./cli/print/synth-summary";
import { timedProof } from "./cli/project/timed-proof";
import { outputFindings } from "./cli/project/output-findings";
import { processTerminal, type Terminal } from "./cli/system/terminal";
import { synthesize } from "./constructs/synthesize";
import { proofFindings } from "./lib/access/proof/proof-findings";
import type { AccountMap } from "./lib/account-map/model/account-map";
import { hasErrors, type Diagnostic } from "./lib/diagnostics/diagnostic";
import { printDiagnostics } from "./lib/diagnostics/print";
import { checkProject } from "./lib/check/check-project";
import type { PreviousSynthesis } from "./lib/rules/rule";

export { synthesize };

/** Load, check, plan, synthesize, prove, write: what `npm run synth` and `cdktf synth` run. */
export function main(root: string, outdir: string, terminal: Terminal, mapFile?: string): ExitCode {
  const { files, diagnostics: unreadable } = readProject(root, mapFile);
  if (files === undefined) {
    terminal.stderr(printDiagnostics(unreadable, { texts: new Map(), color: terminal.errorColor }));
    return EXIT.usage;
  }
  const named = new NamedFiles(root);
  const previous = (map: AccountMap): PreviousSynthesis =>
    previousSynthesis(outdir, root, map.state);
  const now = new Date().toISOString();
  const checked = checkProject({ ...files, readFile: named.read, previous, now });
  const { map, plan, source, texts } = checked;
  const report = (findings: readonly Diagnostic[]): void => {
    terminal.stderr(printDiagnostics(findings, { texts, color: terminal.errorColor }));
  };
  report(named.outside.length > 0 ? named.outside : checked.diagnostics);
  if (named.outside.length > 0) return EXIT.usage;
  if (map === undefined || plan === undefined || source === undefined) return EXIT.findings;

  const tree = synthesize(plan);
  const flaws = outputFindings(outdir, tree.stacks, named.read);
  report(flaws);
  if (hasErrors(flaws)) return EXIT.findings;

  const proof = timedProof(map, plan, tree.stacks, terminal);
  report(proofFindings(proof.proof, source));
  if (proof.proof.verdict !== "proved") return EXIT.findings;

  const written = writeOutput(outdir, tree, named.read(".terraform.lock.hcl"), named.read);
  reportSynthesis(plan, written, proof, outdir, terminal);
  return EXIT.clean;
}

if (require.main === module) {
  const terminal = processTerminal();
  try {
    process.exitCode = main(".", process.env.CDKTF_OUTDIR ?? "cdktf.out", terminal);
  } catch (error) {
    process.exitCode = reportFailure(error, terminal);
  }
}
