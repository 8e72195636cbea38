import type { Diagnostic } from "./diagnostic";
import type { Severity } from "./severity";
import { documentationOf } from "./documentation";

const LEVELS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "note",
};

/** What SARIF says of the tool and its rules. */
export interface SarifTool {
  readonly version: string;
  /** Address that pages of the documentation are below. @default - they come with the package */
  readonly home?: string;
  readonly rules: readonly {
    readonly id: string;
    readonly summary: string;
    readonly why: string;
  }[];
}

/** Findings as SARIF 2.1.0, for code scanning (docs.oasis-open.org/sarif/sarif/v2.1.0). */
export function sarifLog(diagnostics: readonly Diagnostic[], tool: SarifTool): string {
  const used = new Set<string>(diagnostics.map(({ rule }) => rule));
  const rules = tool.rules
    .filter(({ id }) => used.has(id))
    .map(({ id, summary, why }) => ({
      id,
      shortDescription: { text: summary },
      fullDescription: { text: why },
      help: { text: `npx trustwheel explain ${id}`, markdown: helpMarkdown(id) },
      ...(tool.home === undefined ? {} : { helpUri: `${tool.home}/${documentationOf(id)}` }),
      properties: { documentation: documentationOf(id) },
    }));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "trustwheel", version: tool.version, rules } },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map(result),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function helpMarkdown(id: string): string {
  return `\`npx trustwheel explain ${id}\` explains it, as does \`${documentationOf(id)}\``;
}

function result(diagnostic: Diagnostic): object {
  const { rule, severity, message, help, file, span, accepted, acceptance } = diagnostic;
  const region =
    span === undefined
      ? {}
      : {
          region: {
            startLine: span.start.line,
            startColumn: span.start.column,
            endLine: span.end.line,
            endColumn: span.end.column,
          },
        };
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message: {
      text: [
        help === undefined ? message : `${message} (${help})`,
        ...(acceptance === undefined || accepted !== undefined ? [] : [acceptance]),
      ].join("\n"),
    },
    locations: [{ physicalLocation: { artifactLocation: { uri: encodeURI(file) }, ...region } }],
    ...(accepted === undefined
      ? {}
      : { suppressions: [{ kind: "inSource", justification: accepted.reason }] }),
  };
}
