import type { Finding } from "../source/finding";
import type { Path } from "../source/source";

/** A finding of a rule, at a path of the map or of a document; id and severity are those of the rule. */
export interface RuleFinding extends Omit<Finding, "rule" | "severity"> {
  /** Path in the map, or in the document that `document` names. */
  readonly at: Path;
  /** Name of the document of `policies/`. @default - the map */
  readonly document?: string;
  /** It may well be wanted: what accepts it is offered to paste. @default false */
  readonly acceptable?: true;
}
