import type { AccountMap } from "../account-map/account-map";
import type { Finding } from "../account-map/reporter";
import type { Path } from "../account-map/yaml-source";
import type { Severity } from "../diagnostics/diagnostic";
import type { AccessPlan } from "../plan/access-plan";

/** What a rule judges. */
export interface RuleInput {
  readonly map: AccountMap;
  readonly plan: AccessPlan;
  /** @default - nothing was synthesized before */
  readonly previous?: PreviousSynthesis;
}

/** What an earlier synthesis left. It may change what is said, never what is written. */
export interface PreviousSynthesis {
  /** Account ids by the key of the map. */
  readonly accountIds: ReadonlyMap<string, string>;
  /** Whether Terraform holds a state of an account; where that cannot be told, whether it might. */
  readonly hasState: (accountId: string) => boolean;
}

/** A finding of a rule, at a path of the map; id and severity are those of the rule. */
export interface RuleFinding extends Omit<Finding, "rule" | "severity"> {
  readonly at: Path;
}

/** One fact of IAM or STS, or of ours, that a map must respect. One rule, one file. */
export interface Rule {
  /** Stable id, that of the reference where the fact stands there. */
  readonly id: string;
  readonly severity: Severity;
  /** One sentence: what must hold. */
  readonly summary: string;
  /** Every place where it does not hold. */
  check(input: RuleInput): Iterable<RuleFinding>;
}
