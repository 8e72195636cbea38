import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { documentationOf, FINDINGS_PAGE } from "../../lib/diagnostics/documentation";
import { nearest } from "../../lib/diagnostics/nearest";
import { KNOWN_FINDINGS } from "./known-findings";
import type { KnownFinding } from "./known-findings";

/** The finding that somebody names, in whatever case. */
export function findingNamed(text: string): KnownFinding | undefined {
  const wanted = text.toLowerCase();
  return [...KNOWN_FINDINGS.values()].find(({ id }) => id.toLowerCase() === wanted);
}

/** The id that was probably meant by a name that is neither a finding nor a role. */
export function findingMeant(text: string): string | undefined {
  return nearest(text, KNOWN_FINDINGS.keys());
}

/** A finding as a person reads it: what must hold, an example with its output, why, and the source. */
export function findingText(finding: KnownFinding): string {
  const { id, claim, summary, why, source } = finding;
  const example = exampleOf(id).map((line) => (line === "" ? "" : `  ${line}`));
  return [
    `${id}: ${summary}`,
    `  ${claim}`,
    "",
    ...(example.length === 0 ? [] : [...example, ""]),
    `  ${why}`,
    "",
    `  source: ${source}`,
    `  page: ${documentationOf(id)}`,
    "",
  ].join("\n");
}

/** A finding as a program reads it. */
export function findingJson(finding: KnownFinding): string {
  const documentation = documentationOf(finding.id);
  const example = exampleOf(finding.id).join("\n");
  const value = { ...finding, documentation, ...(example === "" ? {} : { example }) };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Every finding, a line each; or as a program reads them. */
export function findingList(format: "text" | "json"): string {
  const all = [...KNOWN_FINDINGS.values()];
  if (format === "json") {
    const values = all.map((each) => ({ ...each, documentation: documentationOf(each.id) }));
    return `${JSON.stringify({ version: 1, findings: values }, undefined, 2)}\n`;
  }
  const width = Math.max(...all.map(({ id }) => id.length));
  return all.map(({ id, summary }) => `${id.padEnd(width)}  ${summary}\n`).join("");
}

/** The blocks of the page of findings that are about one: its input by file, and what is said about it. */
function exampleOf(id: string): string[] {
  const page = pageText();
  const start = page.indexOf(`\n### ${id}\n`);
  if (start < 0) return [];
  const end = page.indexOf("\n### ", start + 1);
  const part = page.slice(start, end < 0 ? undefined : end);
  const lines: string[] = [];
  for (const [, fileName, , block = ""] of part.matchAll(EXAMPLE)) {
    const body = block.trimEnd().split("\n");
    lines.push(...(lines.length === 0 ? [] : [""]), `${fileName ?? "output"}:`);
    lines.push(...body.map((line) => (line === "" ? "" : `  ${line}`)));
  }
  return lines;
}

/** A file's name above its block, or a block without one, which is the output. */
const EXAMPLE = /(?:`([^`\n]+)`\n\n)?(`{3,})[a-z]+\n([\s\S]*?)\n\2/g;

/** The page as it comes with the package or the repository; empty where somebody removed it. */
function pageText(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const file = join(folder, FINDINGS_PAGE);
    if (existsSync(file)) return readFileSync(file, "utf8");
    if (dirname(folder) === folder) return "";
  }
}
