import { nearest } from "../../diagnostics/nearest";
import type { DocumentShape, PolicyPath, StatementShape } from "../policy-shape";
import type { PolicyKind } from "./policy-kind";
import { shorten } from "../../diagnostics/quote";
import type { Finding } from "../../source/finding";

/** What a rule of the grammar says about a part of a document. */
export interface GrammarFinding extends Finding {
  readonly at: PolicyPath;
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
  return JSON.stringify(shorten(value, LONGEST_QUOTE));
}

/** A name in backticks; a long one is cut. */
export function named(name: string): string {
  return `\`${shorten(name, LONGEST_QUOTE)}\``;
}

/** The help line that offers the nearest of the names that are known, if any is near. */
export function didYouMean(name: string, known: Iterable<string>): Pick<GrammarFinding, "help"> {
  // Nobody means a name by a text this long, and comparing it takes time.
  const meant = name.length > LONGEST_NAME ? undefined : nearest(name, known);
  return meant === undefined ? {} : { help: `did you mean \`${meant}\`?` };
}

const LONGEST_NAME = 80;
const LONGEST_QUOTE = 100;
