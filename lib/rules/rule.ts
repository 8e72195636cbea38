import type { Severity } from "../diagnostics/severity";
import type { DocumentContext, MapContext, PlanContext } from "./rule-context";
import type { RuleFinding } from "./rule-finding";
import type { FindingFacts } from "../diagnostics/findings/finding-facts";
import type { RuleId } from "../diagnostics/findings/finding-id";

/** One fact of IAM or STS, or of ours, that a map must respect. One rule, one file. */
export interface Rule extends FindingFacts<RuleId> {
  readonly severity: Severity;
  /** AWS or Terraform would reject the result, so a finding cannot be accepted. @default false */
  readonly refused?: true;
  /** Every place where it does not hold that documents show: they may be all there is. */
  readonly inDocuments?: (context: DocumentContext) => Iterable<RuleFinding>;
  /** Every place where it does not hold that the map shows. */
  readonly inMap?: (context: MapContext) => Iterable<RuleFinding>;
  /** Every place where it does not hold that needs the plan to be seen. */
  readonly inPlan?: (context: PlanContext) => Iterable<RuleFinding>;
}

/** Every place where a rule does not hold, in a map with all that belongs to it. */
export function* findingsOf(rule: Rule, context: PlanContext): Generator<RuleFinding> {
  yield* rule.inDocuments?.(context) ?? [];
  yield* rule.inMap?.(context) ?? [];
  yield* rule.inPlan?.(context) ?? [];
}

/** How a fact of the reference is kept. */
export type CatalogueEntry =
  | { readonly status: "checked"; readonly rule: Rule }
  /** Checked while the texts are read: `by` names the part that does. */
  | (FindingFacts<RuleId> & {
      readonly status: "read";
      readonly severity: Severity;
      readonly by: "account map" | "document grammar" | "plan" | "terraform";
    })
  /** The generator cannot break it: a test shows that. */
  | (FindingFacts<RuleId> & { readonly status: "impossible"; readonly test: string })
  /** Nothing that can be read offline tells. */
  | (FindingFacts<RuleId> & { readonly status: "out of reach"; readonly reason: string });

/** A part of the reference: a folder of rules, whose index lists all its facts. */
export interface Section {
  readonly title: string;
  readonly entries: readonly CatalogueEntry[];
}
