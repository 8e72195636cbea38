import type { FindingId } from "../../diagnostics/findings/finding-id";
import { nearest } from "../../diagnostics/nearest";
import type { Severity } from "../../diagnostics/severity";
import type { DocumentShape, PolicyPath, StatementShape } from "../policy-shape";
import type { PolicyKind } from "./policy-kind";

/** What a rule of the grammar says about a part of a document. */
export interface GrammarFinding {
  /** Id of the rule, such as `GR-01`. */
  readonly rule: FindingId;
  /** The part. */
  readonly at: PolicyPath;
  readonly message: string;
  /** @default - the message says it all */
  readonly help?: string;
  /** @default "error" */
  readonly severity?: Severity;
  /** Point at the key instead of the value. @default false */
  readonly atKey?: boolean;
  /** A second part that explains the finding. @default - none */
  readonly related?: { readonly at: PolicyPath; readonly message: string };
}

/** A rule about a document as a whole. */
export type DocumentRule = (document: DocumentShape, kind: PolicyKind) => Iterable<GrammarFinding>;

/** A rule about one statement, which is at a path of its document. */
export type StatementRule = (
  statement: StatementShape,
  at: PolicyPath,
  kind: PolicyKind,
) => Iterable<GrammarFinding>;

/** A kind of document in the words of messages. */
export const KIND_NAMES: Readonly<Record<PolicyKind, string>> = {
  trust: "a trust policy",
  identity: "an identity policy",
  boundary: "a permissions boundary",
  "service-control": "a service control policy",
  "resource-control": "a resource control policy",
};

/** A value as it was found, in double quotes; a long one is cut. */
export function quoted(value: string): string {
  return JSON.stringify(shortened(value));
}

/** A name in backticks; a long one is cut. */
export function named(name: string): string {
  return `\`${shortened(name)}\``;
}

/** The help line that offers the nearest of the names that are known, if any is near. */
export function didYouMean(name: string, known: Iterable<string>): Pick<GrammarFinding, "help"> {
  // Nobody means a name by a text this long, and comparing it takes time.
  const meant = name.length > LONGEST_NAME ? undefined : nearest(name, known);
  return meant === undefined ? {} : { help: `did you mean \`${meant}\`?` };
}

const LONGEST_NAME = 80;
const LONGEST_QUOTE = 100;

function shortened(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 3)}...` : text;
}
