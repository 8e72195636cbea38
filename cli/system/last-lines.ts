/** Most lines that are shown of what a program said. */
const SHOWN_LINES = 30;

/** The last lines of what a program said, indented. */
export function lastLines(output: string): string {
  const lines = output.trimEnd().split("\n");
  const cut = lines.length > SHOWN_LINES ? [`… (${lines.length - SHOWN_LINES} lines before)`] : [];
  return [...cut, ...lines.slice(-SHOWN_LINES)].map((line) => `  ${line}`).join("\n");
}
