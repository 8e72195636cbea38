import type { YamlSource } from "../../source/yaml/yaml-source";
import { Reporter } from "../../source/reporter";
import { sortDiagnostics } from "../../diagnostics/diagnostic";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import type { Proof } from "./prove-plan";

/** What speaks against a proof, and warnings, as findings: at the entry of the map that declares the role, if it has one. */
export function proofFindings(proof: Proof, source: YamlSource): Diagnostic[] {
  const reporter = new Reporter(source);
  const undeclared: Diagnostic[] = [];
  for (const { verdict, roleArn, message, at } of proof.problems) {
    const rule = verdict === "refuted" ? "proof-refuted" : "proof-unknown";
    const text = `${roleArn}: ${message}`;
    if (at === undefined) {
      undeclared.push({ severity: "error", rule, file: source.file, message: text });
    } else {
      reporter.report(at, { rule, atKey: true, message: text });
    }
  }
  const elsewhere: Diagnostic[] = [];
  for (const { diagnostic, at } of proof.warnings) {
    const { severity, rule, message, help } = diagnostic;
    if (at === undefined) elsewhere.push(diagnostic);
    else reporter.report(at, { severity, rule, message, ...(help === undefined ? {} : { help }) });
  }
  return sortDiagnostics([
    ...proof.diagnostics,
    ...elsewhere,
    ...undeclared,
    ...reporter.diagnostics,
  ]);
}
