import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { ofEntry, ofLoose, KNOWN_REVIEW_FINDINGS } from "../cli/ask/known-findings";
import type { KnownFinding } from "../cli/ask/known-findings";
import { headingAnchor } from "../lib/diagnostics/documentation";
import { CATALOGUE, SECTIONS } from "../lib/rules/catalogue";
import { ACCESS_FINDINGS } from "../lib/diagnostics/findings/access-findings";
import { ENTRY_FINDINGS } from "../lib/diagnostics/findings/entry-findings";
import { ORGANIZATION_FINDINGS } from "../lib/diagnostics/findings/organization-findings";
import { TEXT_FINDINGS } from "../lib/diagnostics/findings/text-findings";
import type { CatalogueEntry } from "../lib/rules/rule";
import type { FindingFacts } from "../lib/diagnostics/findings/finding-facts";
import type { RuleId } from "../lib/diagnostics/findings/finding-id";

/** What stands above the generated part. */
export const RULES_HEAD = `# The rules

<!-- Generated from lib/rules and __tests__/fixtures: npm run docs:rules -->

What \`trustwheel check\` and \`synth\` look for, with an example of each: the input, and the message. [check.md](check.md) explains the command.

An error stops a synthesis; a warning fails \`check\`; information does neither. A finding can be accepted in the map, with a reason:

\`\`\`yaml
acknowledgements:
  - rule: N1
    at: spokes.deployer
    reason: the platform team deploys roles
    until: 2027-01-01T00:00:00Z
\`\`\`

What AWS or Terraform would refuse cannot be accepted. \`npx trustwheel explain ID\` prints the part about one finding in a terminal.
`;

const FIXTURES = join(__dirname, "..", "__tests__", "fixtures");
const RULE_FIXTURES = join(FIXTURES, "rules");
const FINDING_FIXTURES = join(FIXTURES, "findings");

/** Findings that are no rules: what stands in the way of reading, proving and comparing. */
const FINDINGS: readonly (readonly [title: string, findings: readonly KnownFinding[]])[] = [
  ["Texts that cannot be read", TEXT_FINDINGS.map(ofLoose)],
  ["Entries of the map", ENTRY_FINDINGS.map(ofLoose)],
  ["Terraform, plans and proofs", ACCESS_FINDINGS.map(ofLoose)],
  ["Organizations and adoption", ORGANIZATION_FINDINGS.map(ofLoose)],
  ["Reviews", KNOWN_REVIEW_FINDINGS],
];

/** The generated part of docs/rules.md, from the catalogue, the other findings, and the fixtures of both. */
export function rulesReference(): string {
  const sections = SECTIONS.flatMap(({ title, entries }) => [
    `## ${title}`,
    ...entries.flatMap(entryText),
  ]);
  const others = FINDINGS.flatMap(([title, findings]) => [
    `## ${title}`,
    ...findings.flatMap(findingText),
  ]);
  return `${[countsText(), contentsText(), ...sections, ...others].join("\n\n")}\n`;
}

function findingText({ id, claim, summary, why, source }: KnownFinding): string[] {
  const example = exampleOf(join(FINDING_FIXTURES, id));
  return [`### ${id}`, `${boldStart(claim)}: ${summary}.`, ...example, why, `Source: ${source}.`];
}

/** A claim with its first word, or that it is made impossible, in bold. */
function boldStart(claim: string): string {
  return claim.replace(/^(?:Error|Warning|Information|Made impossible|Out of reach)/, "**$&**");
}

const STATUS_WORDS: Readonly<Record<CatalogueEntry["status"], string>> = {
  checked: "checked over the map, the plan and the documents",
  read: "checked while the texts are read",
  impossible: "impossible to break from a map",
  "out of reach": "can't be checked offline",
};

function countsText(): string {
  const lines = Object.entries(STATUS_WORDS).map(([status, words]) => {
    const count = CATALOGUE.filter((entry) => entry.status === status).length;
    return `- ${count} ${words}`;
  });
  return [`${CATALOGUE.length} rules:`, "", ...lines].join("\n");
}

function contentsText(): string {
  const lines = SECTIONS.map(({ title, entries }) => {
    const ids = entries.map((entry) => factsOf(entry).id);
    return contentsLine(title, ids);
  });
  const others = FINDINGS.map(([title, findings]) =>
    contentsLine(
      title,
      findings.map(({ id }) => id),
    ),
  );
  return [...lines, ...others].join("\n");
}

function contentsLine(title: string, ids: readonly string[]): string {
  const links = ids.map((id) => `[${id}](#${headingAnchor(id)})`);
  return `- [${title}](#${headingAnchor(title)}): ${links.join(", ")}`;
}

function entryText(entry: CatalogueEntry): string[] {
  const { id, summary, why, source } = factsOf(entry);
  return [
    `### ${id}`,
    `${boldStart(ofEntry(entry).claim)}: ${summary}.`,
    ...proofOf(entry),
    why,
    `Source: ${source}.`,
  ];
}

function factsOf(entry: CatalogueEntry): FindingFacts<RuleId> {
  return entry.status === "checked" ? entry.rule : entry;
}

/** An example with its output; where nothing is checked, what stands in its place. */
function proofOf(entry: CatalogueEntry): string[] {
  switch (entry.status) {
    case "checked":
    case "read":
      return exampleOf(join(RULE_FIXTURES, factsOf(entry).id));
    case "impossible":
      return [`[${entry.test}](../${entry.test}) shows it.`];
    case "out of reach":
      return [entry.reason];
  }
}

function exampleOf(folder: string): string[] {
  if (!existsSync(join(folder, "broken.out"))) return [];
  const output = readFileSync(join(folder, "broken.out"), "utf8");
  return [...inputsOf(join(folder, "broken")), fenced(output, "text")];
}

const LANGUAGES: Readonly<Record<string, string>> = { yaml: "yaml", json: "json" };

function inputsOf(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name).slice(folder.length + 1))
    .sort();
  return names.flatMap((name) => {
    const text = shortened(
      readFileSync(join(folder, name), "utf8"),
      relative(FIXTURES, join(folder, name)),
    );
    return [`\`${name}\``, fenced(text, LANGUAGES[name.split(".").at(-1) ?? ""] ?? "text")];
  });
}

/** Most lines of an input, and most characters of a line, that a reader wants to see. */
const MOST_LINES = 60;
const MOST_COLUMNS = 160;

function shortened(text: string, place: string): string {
  const lines = text.trimEnd().split("\n");
  const shown = lines
    .slice(0, lines.length > MOST_LINES ? MOST_LINES - 1 : MOST_LINES)
    .map((line) => (line.length > MOST_COLUMNS ? `${line.slice(0, MOST_COLUMNS - 3)}...` : line));
  const hidden = lines.length - shown.length;
  const rest = `... and ${hidden} more lines, see __tests__/fixtures/${place}`;
  return `${[...shown, ...(hidden > 0 ? [rest] : [])].join("\n")}\n`;
}

function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}${fence}`;
}
