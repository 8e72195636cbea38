import type { AccountMap } from "../account-map/model/account-map";
import type { Finding } from "../source/reporter";
import type { Path } from "../source/yaml/yaml-source";
import type { Severity } from "../diagnostics/diagnostic";
import type { PolicySource } from "../iam/policy-shape";
import type { ResolvedAccess } from "../plan/resolved-access";

/** What a rule judges. */
export interface RuleInput {
  readonly map: AccountMap;
  readonly plan: ResolvedAccess;
  /** Documents of `policies/` by name, with the places of their parts. */
  readonly documents: ReadonlyMap<string, PolicySource>;
  /** The moment of judgement, ISO 8601 in UTC. @default - dates are not judged */
  readonly now?: string;
  /** @default - nothing was synthesized before */
  readonly previous?: PreviousSynthesis;
}

/** What an earlier synthesis left. It may change what is said, never what is written. */
export interface PreviousSynthesis {
  /** Account ids by the key of the map. */
  readonly accountIds: ReadonlyMap<string, string>;
  /** Whether Terraform holds a state of an account; where that is unknown, whether it might. */
  readonly hasState: (accountId: string) => boolean;
  /** How many roles the stack of an account had, by its key. @default - none had any */
  readonly roleCounts?: ReadonlyMap<string, number>;
}

/** A finding of a rule, at a path of the map or of a document; id and severity are those of the rule. */
export interface RuleFinding extends Omit<Finding, "rule" | "severity"> {
  /** Path in the map, or in the document that `document` names. */
  readonly at: Path;
  /** Name of the document of `policies/`. @default - the map */
  readonly document?: string;
  /** It may well be wanted: what accepts it is offered to paste. @default false */
  readonly acceptable?: true;
}

/** What is known of a rule, checked or not. */
export interface RuleFacts {
  /** Stable id, that of the reference where the fact is there. */
  readonly id: string;
  /** One sentence: what must hold. */
  readonly summary: string;
  /** What happens where it does not hold. */
  readonly why: string;
  /** The page or evidence that it rests on. */
  readonly source: string;
}

/** One fact of IAM or STS, or of ours, that a map must respect. One rule, one file. */
export interface Rule extends RuleFacts {
  readonly severity: Severity;
  /** AWS or Terraform would reject the result, so a finding cannot be accepted. @default false */
  readonly refused?: true;
  /** Every place where it does not hold. */
  check(input: RuleInput): Iterable<RuleFinding>;
}

/** How a fact of the reference is kept. */
export type CatalogueEntry =
  | { readonly status: "checked"; readonly rule: Rule }
  /** Checked while the texts are read: `by` names the part that does. */
  | (RuleFacts & {
      readonly status: "read";
      readonly severity: Severity;
      readonly by: "account map" | "document grammar" | "plan" | "terraform";
    })
  /** The generator cannot break it: a test shows that. */
  | (RuleFacts & { readonly status: "impossible"; readonly test: string })
  /** Nothing that can be read offline tells. */
  | (RuleFacts & { readonly status: "out of reach"; readonly reason: string });
