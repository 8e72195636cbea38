/** Markdown without its code spans and fenced blocks: what GitHub would read as more than text. */
export function outsideOfCode(markdown: string): string {
  const lines: string[] = [];
  let fenced = false;
  for (const line of markdown.split("\n")) {
    if (line.startsWith("```")) fenced = !fenced;
    else if (!fenced) lines.push(line.replace(/(?<!`)(`+)(?!`)(?:.*?)(?<!`)\1(?!`)/g, "CODE"));
  }
  return lines.join("\n");
}
