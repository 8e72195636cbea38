import { CATALOGUE } from "../../lib/rules/catalogue";
import { LOOSE_FINDINGS } from "../../lib/diagnostics/findings/finding-id";
import type { LooseFinding } from "../../lib/diagnostics/findings/finding-facts";
import type { CatalogueEntry } from "../../lib/rules/rule";
import type { FindingFacts } from "../../lib/diagnostics/findings/finding-facts";
import type { FindingId } from "../../lib/diagnostics/findings/finding-id";
import { REVIEW_FINDINGS } from "../../lib/diagnostics/findings/review-findings";

/** What is known of an id that a command can print, or that the reference of IAM has. */
export interface KnownFinding extends FindingFacts<FindingId> {
  /** How much it weighs, and where it comes from: `Error, found while the account map is read`. */
  readonly claim: string;
}

const SEVERITY_WORDS = { error: "Error", warning: "Warning", info: "Information" } as const;

const READERS = {
  "account map": "found while the account map is read",
  "document grammar": "found while documents are read",
  plan: "found while the plan is made",
  terraform: "found in synthesized Terraform",
} as const;

const PARTS: Readonly<Record<LooseFinding["by"], string>> = {
  "account map": "found while the map and its files are read",
  terraform: "found while Terraform, or a plan of it, is read and proved",
  organization: "found in what AWS Organizations or IAM say",
  review: "found by `trustwheel review`",
};

/** Findings of a review as facts: what they rest on is the page of the command. */
export const KNOWN_REVIEW_FINDINGS: readonly KnownFinding[] = REVIEW_FINDINGS.map(
  ({ id, summary, why }) => ({
    id,
    claim: "Found by `trustwheel review`",
    summary: summary.replace(/\.$/, ""),
    why,
    source: "this project: docs/review.md",
  }),
);

/** Every finding by its id: a command prints no other. */
export const KNOWN_FINDINGS: ReadonlyMap<string, KnownFinding> = new Map<string, KnownFinding>(
  [...CATALOGUE.map(ofEntry), ...LOOSE_FINDINGS.map(ofLoose), ...KNOWN_REVIEW_FINDINGS].map(
    (finding) => [finding.id, finding],
  ),
);

/** How a finding weighs and where it comes from, of one that is not in the catalogue. */
export function ofLoose({ severity, by, ...facts }: LooseFinding<FindingId>): KnownFinding {
  return { ...facts, claim: `${SEVERITY_WORDS[severity]}, ${PARTS[by]}` };
}

/** How a rule of the catalogue weighs and where it is found. */
export function ofEntry(entry: CatalogueEntry): KnownFinding {
  const facts = entry.status === "checked" ? entry.rule : entry;
  const { id, summary, why, source } = facts;
  return { id, summary, why, source, claim: claimOf(entry) };
}

function claimOf(entry: CatalogueEntry): string {
  switch (entry.status) {
    case "checked":
      return `${SEVERITY_WORDS[entry.rule.severity]}${entry.rule.refused === true ? ", cannot be accepted" : ""}`;
    case "read":
      return `${SEVERITY_WORDS[entry.severity]}, ${READERS[entry.by]}`;
    case "impossible":
      return "Made impossible";
    case "out of reach":
      return "Out of reach";
  }
}
