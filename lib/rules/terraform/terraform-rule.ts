import type { Severity } from "../../diagnostics/severity";
import type { Path } from "../../source/source";
import { resourcesOf } from "./json-walk";
import type { StackResource } from "./json-walk";
import type { CatalogueEntry } from "../rule";
import type { FindingFacts } from "../../diagnostics/findings/finding-facts";
import type { RuleId } from "../../diagnostics/findings/finding-id";

/** The synthesized Terraform of one stack. */
export class Stack {
  /** As the user named it. */
  readonly file: string;
  readonly text: string;
  /** The text as a value. */
  readonly value: Readonly<Record<string, unknown>>;
  #resources?: readonly StackResource[];

  constructor(file: string, text: string, value: Readonly<Record<string, unknown>>) {
    this.file = file;
    this.text = text;
    this.value = value;
  }

  /** Its resources and data sources. */
  get resources(): readonly StackResource[] {
    return (this.#resources ??= resourcesOf(this.value));
  }
}

/** A finding about a stack, at a path of its JSON; id and severity are those of the rule. */
export interface TerraformFinding {
  readonly file: string;
  readonly at: Path;
  /** Point at the key instead of the value. @default false */
  readonly atKey?: true;
  /** The part of a string to point at. @default - all of the value */
  readonly part?: string;
  readonly message: string;
  readonly help?: string;
  /** A second place. @default - none */
  readonly related?: { readonly file: string; readonly at: Path; readonly message: string };
}

/** What must hold of synthesized Terraform, because Terraform or CDKTF would not tell in time. One rule, one file. */
export interface TerraformRule extends FindingFacts<RuleId> {
  readonly severity: Severity;
  /** Every place where it does not hold, in all the stacks of a tree. */
  check(stacks: readonly Stack[]): Iterable<TerraformFinding>;
}

/** How the catalogue lists what is checked in synthesized Terraform. */
export function terraformEntry({
  id,
  severity,
  summary,
  why,
  source,
}: FindingFacts<RuleId> & { readonly severity: Severity }): CatalogueEntry {
  return { status: "read", by: "terraform", severity, id, summary, why, source };
}
