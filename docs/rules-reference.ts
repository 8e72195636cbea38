import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_RULES } from "../lib/rules/catalogue/project-rules";
import { SECTION_A } from "../lib/rules/catalogue/section-a";
import { SECTION_B } from "../lib/rules/catalogue/section-b";
import { SECTION_C } from "../lib/rules/catalogue/section-c";
import { SECTION_D } from "../lib/rules/catalogue/section-d";
import { SECTION_E } from "../lib/rules/catalogue/section-e";
import { SECTION_F } from "../lib/rules/catalogue/section-f";
import { SECTION_G } from "../lib/rules/catalogue/section-g";
import { SECTION_H } from "../lib/rules/catalogue/section-h";
import { SECTION_I } from "../lib/rules/catalogue/section-i";
import { SECTION_J } from "../lib/rules/catalogue/section-j";
import { SECTION_K } from "../lib/rules/catalogue/section-k";
import { SECTION_L } from "../lib/rules/catalogue/section-l";
import { SECTION_M } from "../lib/rules/catalogue/section-m";
import { SECTION_N } from "../lib/rules/catalogue/section-n";
import type { CatalogueEntry, RuleFacts } from "../lib/rules/rule";

/** The sections of docs/rules.md. */
const SECTIONS: readonly (readonly [title: string, entries: readonly CatalogueEntry[]])[] = [
  ["Identifiers, names and quotas", SECTION_A],
  ["Grammar of documents", SECTION_B],
  ["Trust", SECTION_C],
  ["Condition keys", SECTION_D],
  ["The hub and its targets", SECTION_E],
  ["IAM Identity Center", SECTION_F],
  ["OIDC, SAML and EKS", SECTION_G],
  ["Instance profiles and databases", SECTION_H],
  ["Boundaries and control policies", SECTION_I],
  ["Partitions", SECTION_J],
  ["Deployment roles", SECTION_K],
  ["Time windows", SECTION_L],
  ["AWS configuration files", SECTION_M],
  ["Permissions that escalate, and AWS managed policies", SECTION_N],
  ["What this project asks for itself", PROJECT_RULES],
];

/** What stands above the generated part. */
export const RULES_HEAD = `# The rules

<!-- Generated from lib/rules/catalogue and __tests__/fixtures/rules: npm run docs:rules -->

What \`trustwheel check\` and \`synth\` look for, with an example of each: the input, and the message. [check.md](check.md) explains the command.

An error stops a synthesis; a warning fails \`check\`; information does neither. A finding can be accepted in the map, with a reason:

\`\`\`yaml
acknowledgements:
  - rule: N1
    at: spokes.deployer
    reason: the platform team deploys roles
    until: 2027-01-01T00:00:00Z
\`\`\`

What AWS or Terraform would refuse cannot be accepted.
`;

const FIXTURES = join(__dirname, "..", "__tests__", "fixtures", "rules");

/** The generated part of docs/rules.md, from the catalogue and the fixtures of the rules. */
export function rulesReference(): string {
  const sections = SECTIONS.flatMap(([title, entries]) => [
    `## ${title}`,
    ...entries.flatMap(entryText),
  ]);
  return `${[countsText(), contentsText(), ...sections].join("\n\n")}\n`;
}

const STATUS_WORDS: Readonly<Record<CatalogueEntry["status"], string>> = {
  checked: "checked over the map, the plan and the documents",
  read: "checked while the texts are read",
  impossible: "impossible to break from a map",
  "out of reach": "can't be checked offline",
};

function countsText(): string {
  const all = SECTIONS.flatMap(([, entries]) => entries);
  const lines = Object.entries(STATUS_WORDS).map(([status, words]) => {
    const count = all.filter((entry) => entry.status === status).length;
    return `- ${count} ${words}`;
  });
  return [`${all.length} rules:`, "", ...lines].join("\n");
}

function contentsText(): string {
  const lines = SECTIONS.map(([title, entries]) => {
    const ids = entries.map((entry) => factsOf(entry).id);
    return `- [${title}](#${anchor(title)}): ${ids.map((id) => `[${id}](#${anchor(id)})`).join(", ")}`;
  });
  return lines.join("\n");
}

function entryText(entry: CatalogueEntry): string[] {
  const { id, summary, why, source } = factsOf(entry);
  return [
    `### ${id}`,
    `${claimOf(entry)}: ${summary}.`,
    ...proofOf(entry),
    why,
    `Source: ${source}.`,
  ];
}

function factsOf(entry: CatalogueEntry): RuleFacts {
  return entry.status === "checked" ? entry.rule : entry;
}

const SEVERITY_WORDS = { error: "Error", warning: "Warning", info: "Information" } as const;

const READERS = {
  "account map": "found while the account map is read",
  "document grammar": "found while documents are read",
  plan: "found while the plan is made",
  terraform: "found in synthesized Terraform",
} as const;

function claimOf(entry: CatalogueEntry): string {
  switch (entry.status) {
    case "checked":
      return `**${SEVERITY_WORDS[entry.rule.severity]}**${entry.rule.refused === true ? ", cannot be accepted" : ""}`;
    case "read":
      return `**${SEVERITY_WORDS[entry.severity]}**, ${READERS[entry.by]}`;
    case "impossible":
      return "**Made impossible**";
    case "out of reach":
      return "**Out of reach**";
  }
}

/** An example with its output; where nothing is checked, what stands in its place. */
function proofOf(entry: CatalogueEntry): string[] {
  switch (entry.status) {
    case "checked":
    case "read":
      return exampleOf(factsOf(entry).id);
    case "impossible":
      return [`[${entry.test}](../${entry.test}) shows it.`];
    case "out of reach":
      return [entry.reason];
  }
}

function exampleOf(id: string): string[] {
  const folder = join(FIXTURES, id);
  if (!existsSync(join(folder, "broken.out"))) return [];
  const output = readFileSync(join(folder, "broken.out"), "utf8");
  return [...inputsOf(id), fenced(output, "text")];
}

const LANGUAGES: Readonly<Record<string, string>> = { yaml: "yaml", json: "json" };

function inputsOf(id: string): string[] {
  const folder = join(FIXTURES, id, "broken");
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name).slice(folder.length + 1))
    .sort();
  return names.flatMap((name) => {
    const text = shortened(readFileSync(join(folder, name), "utf8"), `${id}/broken/${name}`);
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
  const rest = `... and ${hidden} more lines, see __tests__/fixtures/rules/${place}`;
  return `${[...shown, ...(hidden > 0 ? [rest] : [])].join("\n")}\n`;
}

function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}${fence}`;
}

/** The anchor that GitHub gives a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 _-]/g, "")
    .replaceAll(" ", "-");
}
