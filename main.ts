import { EXIT } from "./cli/exit-code";
import type { ExitCode } from "./cli/exit-code";
import { previousSynthesis, writeOutput } from "./cli/output-folder";
import { readNamedFile, readProject } from "./cli/project-files";
import { printSynthSummary } from "./cli/synth-summary";
import { processTerminal } from "./cli/terminal";
import type { Terminal } from "./cli/terminal";
import { synthesize } from "./constructs/synthesize";
import type { AccountMap } from "./lib/account-map/account-map";
import { printDiagnostics } from "./lib/diagnostics/print";
import { checkProject } from "./lib/rules/check-project";
import type { PreviousSynthesis } from "./lib/rules/rule";

/** Load, check, plan, synthesize, write: what `npm run synth` and `cdktf synth` run. */
export function main(root: string, outdir: string, terminal: Terminal): ExitCode {
  const { files, diagnostics: unreadable } = readProject(root);
  if (files === undefined) {
    terminal.stderr(printDiagnostics(unreadable, { texts: new Map(), color: terminal.errorColor }));
    return EXIT.findings;
  }
  const readFile = (name: string): string | undefined => readNamedFile(root, name);
  const previous = (map: AccountMap): PreviousSynthesis =>
    previousSynthesis(outdir, root, map.state);
  const { plan, diagnostics, texts } = checkProject({ ...files, readFile, previous });
  terminal.stderr(printDiagnostics(diagnostics, { texts, color: terminal.errorColor }));
  if (plan === undefined) return EXIT.findings;

  const tree = synthesize(plan);
  const written = writeOutput(outdir, tree, readNamedFile(root, ".terraform.lock.hcl"));
  terminal.stdout(printSynthSummary(plan, written, { outdir, color: terminal.color }));
  return EXIT.clean;
}

if (require.main === module) {
  process.exitCode = main(".", process.env.CDKTF_OUTDIR ?? "cdktf.out", processTerminal());
}
