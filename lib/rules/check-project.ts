import type { AccountMap } from "../account-map/account-map";
import { readAccountMap } from "../account-map/read-account-map";
import { Reporter } from "../account-map/reporter";
import { hasErrors, sortDiagnostics } from "../diagnostics/diagnostic";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { policyDocument } from "../iam/policy-document";
import type { PolicyDocument, Statement } from "../iam/policy-document";
import type { AccessPlan } from "../plan/access-plan";
import { buildAccessPlan } from "../plan/build-access-plan";
import { RULES } from "./catalogue";
import type { PreviousSynthesis, RuleInput } from "./rule";

/** The texts of a project. */
export interface ProjectTexts {
  readonly mapFile: string;
  readonly mapText: string;
  /** Documents of `policies/` by name. */
  readonly policies: ReadonlyMap<string, { readonly file: string; readonly text: string }>;
  /** The text of a file that the map names, or `undefined` where it cannot be read. */
  readonly readFile: (path: string) => string | undefined;
  /** What an earlier synthesis left, told by the map's state backend. @default - nothing */
  readonly previous?: (map: AccountMap) => PreviousSynthesis;
}

/** A project that was checked. */
export interface CheckedProject {
  /** @default - the findings hold an error */
  readonly map?: AccountMap;
  /** @default - the findings hold an error */
  readonly plan?: AccessPlan;
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** Texts by file, for printing the findings. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Reads and checks a project: documents and map, then the plan, then the rules. What depends on a part
 * that has errors is not looked at, so that one mistake is reported once.
 */
export function checkProject(project: ProjectTexts): CheckedProject {
  const texts = new Map([[project.mapFile, project.mapText]]);
  const documents = new Map<string, PolicyDocument>();
  const diagnostics: Diagnostic[] = [];
  for (const [name, { file, text }] of project.policies) {
    texts.set(file, text);
    documents.set(name, parseDocument(text));
  }
  const { mapFile: file, mapText: text, readFile } = project;
  const read = readAccountMap({ file, text, documents, readFile });
  diagnostics.push(...read.diagnostics);
  if (read.map === undefined || read.source === undefined || hasErrors(diagnostics)) {
    return { diagnostics: sortDiagnostics(diagnostics), texts };
  }
  const { map, source } = read;
  const planned = buildAccessPlan({ map, documents, source });
  diagnostics.push(...planned.diagnostics);
  if (hasErrors(diagnostics)) return { diagnostics: sortDiagnostics(diagnostics), texts };

  const reporter = new Reporter(source);
  const previous = project.previous?.(map);
  const input: RuleInput = {
    map,
    plan: planned.plan,
    ...(previous === undefined ? {} : { previous }),
  };
  for (const rule of RULES) {
    for (const { at, ...finding } of rule.check(input)) {
      reporter.report(at, { rule: rule.id, severity: rule.severity, ...finding });
    }
  }
  diagnostics.push(...reporter.diagnostics);
  const sorted = sortDiagnostics(diagnostics);
  if (hasErrors(sorted)) return { diagnostics: sorted, texts };
  return { map, plan: planned.plan, diagnostics: sorted, texts };
}

function parseDocument(text: string): PolicyDocument {
  const { Statement: statements } = JSON.parse(text) as { Statement: Statement | Statement[] };
  return policyDocument(Array.isArray(statements) ? statements : [statements]);
}
