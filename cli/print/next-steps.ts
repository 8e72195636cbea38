/** Something that remains to be done, and the commands that do it. */
export interface NextStep {
  readonly what: string;
  readonly commands: readonly string[];
}

/** The steps that remain, as a person reads them. */
export function nextText(steps: readonly NextStep[], bold: (text: string) => string): string {
  if (steps.length === 0) return "";
  const lines = steps.flatMap(({ what, commands }, index) => [
    `  ${index + 1}. ${what}`,
    ...commands.map((command) => `       ${command}`),
  ]);
  return `\n${[bold("Next"), ...lines].join("\n")}\n`;
}
