import type { Severity } from "../../diagnostics/diagnostic";
import type { RuleFacts } from "../rule";

/** What is known of a finding that no entry of the catalogue stands for: it has no id in the reference of IAM. */
export interface LooseFinding extends RuleFacts {
  readonly severity: Severity;
  /** The part that reports it. */
  readonly by: "account map" | "terraform" | "organization" | "review";
}
