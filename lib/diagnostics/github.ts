import type { Diagnostic } from "./diagnostic";
import type { Severity } from "./severity";

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
};

/**
 * Findings as annotations of GitHub Actions: workflow commands, one a line
 * (docs.github.com/actions/reference/workflow-commands-for-github-actions).
 */
export function githubAnnotations(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(annotation).join("");
}

function annotation({
  severity,
  file,
  span,
  rule,
  message,
  help,
  accepted,
  acceptance,
}: Diagnostic): string {
  const command = accepted === undefined ? COMMANDS[severity] : "notice";
  const place =
    span === undefined
      ? [`file=${property(file)}`]
      : [
          `file=${property(file)}`,
          `line=${span.start.line}`,
          `endLine=${span.end.line}`,
          `col=${span.start.column}`,
        ];
  const title = `title=${property(rule)}`;
  const reason = accepted === undefined ? help : `accepted: ${accepted.reason}`;
  const block = accepted === undefined ? acceptance : undefined;
  const text = [message, reason, block].filter((part) => part !== undefined).join("\n");
  return `::${command} ${[...place, title].join(",")}::${data(text)}\n`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
