import { proofFindings } from "../../lib/access/proof/proof-findings";
import { hasErrors } from "../../lib/diagnostics/diagnostic";
import { printFindings } from "../print/print-findings";
import { reportSynthesis } from "../print/synth-summary";
import { writeAccessIndex } from "../project/access-index-file";
import { openProject } from "../project/open-project";
import { outputFindings } from "../project/output-findings";
import { previousSynthesis, writeOutput } from "../project/output-folder";
import { synthesizePlan } from "../project/synthesize-plan";
import { timedProof } from "../project/timed-proof";
import type { Program } from "../options/global-options";
import { EXIT } from "../system/exit-code";
import type { ExitCode } from "../system/exit-code";
import type { Terminal } from "../system/terminal";

function declare(program: Program) {
  return program
    .command("synth")
    .description("generate Terraform from the map, one stack per account")
    .option("-o, --output <folder>", "output folder", process.env.CDKTF_OUTDIR ?? "cdktf.out")
    .addHelpText(
      "after",
      "\nExamples:\n  trustwheel synth\n  trustwheel synth --output build/terraform",
    );
}

/** `trustwheel synth`: the same as `npm run synth`, for repositories that use the package. */
export function addSynthCommand(
  program: Program,
  terminal: Terminal,
  finish: (code: ExitCode) => void,
): void {
  declare(program).action((_, command) => {
    const { output, map } = command.optsWithGlobals();
    finish(synth(".", output, terminal, map));
  });
}

/**
 * Loads, checks, plans, synthesizes, proves, writes. What is wrong is printed, and nothing is written then.
 *
 * @param map file of the account map.
 *
 * @default - accounts.yaml
 */
export function synth(root: string, outdir: string, terminal: Terminal, map?: string): ExitCode {
  const project = openProject(root, terminal, {
    map,
    previous: ({ state }) => previousSynthesis(outdir, root, state),
    now: new Date().toISOString(),
  });
  if (typeof project === "number") return project;
  const { plan, texts, named } = project;
  printFindings(project.diagnostics, terminal, texts);

  const tree = synthesizePlan(plan);
  const flaws = outputFindings(outdir, tree.stacks, named.read);
  printFindings(flaws, terminal, texts);
  if (hasErrors(flaws)) return EXIT.findings;

  const proof = timedProof(project.map, plan, tree.stacks, terminal);
  printFindings(proofFindings(proof.proof, project.source), terminal, texts);
  if (proof.proof.verdict !== "proved") return EXIT.findings;

  const written = writeOutput(outdir, tree, named.read(".terraform.lock.hcl"), named.read);
  writeAccessIndex(outdir, plan, project.files.mapText);
  reportSynthesis(plan, written, proof, outdir, terminal);
  return EXIT.clean;
}
