import type { AccountMap } from "../account-map/model/account-map";
import { readAccountMap } from "../account-map/read/read-account-map";
import { Reporter } from "../source/reporter";
import type { YamlSource } from "../source/yaml/yaml-source";
import { hasErrors, sortDiagnostics } from "../diagnostics/diagnostic";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { policyDocument } from "../iam/policy-document";
import type { PolicyDocument, Statement } from "../iam/policy-document";
import { policyKind } from "../iam/grammar/policy-kind";
import { checkPolicyGrammar } from "../iam/policy-grammar";
import type { PolicySource } from "../iam/policy-shape";
import { readPolicySource } from "../iam/policy-source";
import type { ResolvedAccess } from "../plan/resolved-access";
import { buildAccessPlan } from "../plan/build-access-plan";
import { acceptanceOf, acknowledge } from "./acknowledge";
import type { JudgedFinding } from "./acknowledge";
import { RULES } from "../rules/catalogue";
import { checkControlPolicies, controlPolicyUses } from "./control-policy-uses";
import type { PreviousSynthesis } from "../rules/previous-synthesis";
import { findingsOf } from "../rules/rule";
import { PlanContext } from "../rules/rule-context";
import { checkStatementsInPlace } from "./statements-in-place";

/** The texts of a project. */
export interface ProjectTexts {
  readonly mapFile: string;
  readonly mapText: string;
  /** Documents of `policies/` by name. */
  readonly policies: ReadonlyMap<string, { readonly file: string; readonly text: string }>;
  /** The text of a file that the map names, or `undefined` if it cannot be read. */
  readonly readFile: (path: string) => string | undefined;
  /** The moment of judgement, ISO 8601 in UTC. @default - dates are not judged */
  readonly now?: string;
  /** What an earlier synthesis left, told by the map's state backend. @default - nothing */
  readonly previous?: (map: AccountMap) => PreviousSynthesis;
}

/** A project that was checked. */
export interface CheckedProject {
  /** @default - the findings hold an error */
  readonly map?: AccountMap;
  /** @default - the findings hold an error */
  readonly plan?: ResolvedAccess;
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** The map's text, for the places of further findings. @default - the findings hold an error */
  readonly source?: YamlSource;
  /** Texts by file, for printing the findings. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Reads and checks a project: documents and map, then the plan, then the rules. What depends on a part
 * that has errors is not looked at, so that one mistake is reported once.
 */
export function checkProject(project: ProjectTexts): CheckedProject {
  const texts = new Map([[project.mapFile, project.mapText]]);
  const documents = new Map<string, PolicySource | undefined>();
  const readable = new Map<string, PolicySource>();
  const diagnostics: Diagnostic[] = [];
  const done = (): CheckedProject => ({ diagnostics: sortDiagnostics(diagnostics), texts });
  for (const [name, { file, text }] of project.policies) {
    texts.set(file, text);
    const { source, diagnostics: findings } = readPolicySource(file, text);
    diagnostics.push(...findings);
    documents.set(name, source);
    if (source !== undefined && !hasErrors(findings)) readable.set(name, source);
  }
  const { mapFile: file, mapText: text, readFile } = project;
  const read = readAccountMap({ file, text, documents, readFile });
  diagnostics.push(...read.diagnostics);
  const { map, source } = read;
  const controls = controlPolicyUses(map);
  for (const [name, document] of readable) {
    const kind = controls.get(name)?.kind ?? policyKind(document.document);
    diagnostics.push(...checkPolicyGrammar(document, kind));
  }
  if (map === undefined || source === undefined) return done();
  diagnostics.push(...checkStatementsInPlace(map, source));
  diagnostics.push(...checkControlPolicies(controls, project.policies, source));
  if (hasErrors(diagnostics)) return done();

  const sound = new Map(
    [...documents].flatMap(([name, document]) =>
      document === undefined ? [] : [[name, document]],
    ),
  );
  const planned = buildAccessPlan({ map, documents: asDocuments(sound), source });
  diagnostics.push(...planned.diagnostics);
  if (hasErrors(diagnostics)) return done();

  const { now } = project;
  const previous = project.previous?.(map);
  diagnostics.push(
    ...judge(
      source,
      new PlanContext({
        map,
        plan: planned.plan,
        // Rules judge what is made; control policies are not.
        documents: new Map([...sound].filter(([name]) => !controls.has(name))),
        now,
        previous,
      }),
    ),
  );
  return hasErrors(diagnostics) ? done() : { ...done(), map, plan: planned.plan, source };
}

/** Runs the rules and matches what they find with what the map accepts. */
function judge(source: YamlSource, context: PlanContext): Diagnostic[] {
  const found = RULES.flatMap((rule) =>
    [...findingsOf(rule, context)].map((finding) => ({ rule, finding })),
  );
  const { findings, problems } = acknowledge(found, context.map.acknowledgements, context.now);
  const unused = context.unusedDocuments;
  const reporter = new Reporter(source);
  for (const { at, ...problem } of problems) {
    reporter.report(at, { severity: "warning", ...problem });
  }
  return [
    ...reporter.diagnostics,
    ...findings.map((finding) => {
      const { document } = finding.finding;
      const diagnostic = diagnosticOf(finding, source, context);
      return document !== undefined && unused.has(document) ? ofUnused(diagnostic) : diagnostic;
    }),
  ];
}

/** What a rule says of a document that nothing uses: it grants nothing yet, and stops nobody. */
function ofUnused(diagnostic: Diagnostic): Diagnostic {
  const message = `${diagnostic.message}; nothing in the map uses this document`;
  return { ...diagnostic, severity: "info", message };
}

function diagnosticOf(
  { rule, finding, accepted }: JudgedFinding,
  source: YamlSource,
  context: PlanContext,
): Diagnostic {
  const { at, document, acceptable, ...rest } = finding;
  const places = document === undefined ? source : (context.documents.get(document) ?? source);
  const reporter = new Reporter(places);
  reporter.report(at, { rule: rule.id, severity: rule.severity, ...rest });
  const [diagnostic] = reporter.diagnostics;
  if (diagnostic === undefined) throw new Error("a finding was not reported");
  if (accepted === undefined) {
    return acceptable === true
      ? { ...diagnostic, acceptance: acceptanceOf(rule, finding) }
      : diagnostic;
  }
  const { reason, until } = accepted;
  return { ...diagnostic, accepted: { reason, ...(until === undefined ? {} : { until }) } };
}

/** The documents as values; their grammar was checked. */
function asDocuments(
  sources: ReadonlyMap<string, PolicySource>,
): ReadonlyMap<string, PolicyDocument> {
  return new Map(
    [...sources].map(([name, { document }]) => [
      name,
      policyDocument((document.Statement ?? []) as Statement[]),
    ]),
  );
}
