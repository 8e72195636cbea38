import type { Span } from "../diagnostics/diagnostic";
import type { ConditionBlock, OneOrMore } from "./policy-document";

/** The way from the top of a document to one of its values; a single statement is number 0 of a list. */
export type PolicyPath = readonly (string | number)[];

/** Where the parts of a document are in the file that holds it, of whatever format. */
export interface PolicyPlaces {
  readonly file: string;
  /** Where a value stands; where it is missing, the nearest value above it. */
  locate(path: PolicyPath): Span;
  /** Where the key of a value stands. */
  locateKey(path: PolicyPath): Span;
}

/** A statement whose elements have the right types; whether they say what they may is not yet checked. */
export interface StatementShape {
  readonly Sid?: string;
  readonly Effect?: string;
  readonly Principal?: string | Readonly<Record<string, OneOrMore>>;
  readonly NotPrincipal?: string | Readonly<Record<string, OneOrMore>>;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: ConditionBlock;
}

/** A document whose elements have the right types. */
export interface DocumentShape {
  /** `null` where it is not a string. */
  readonly Version?: string | null;
  readonly Id?: string | null;
  /** Always a list; a statement is `null` where it, or an element of it, is not of its type. */
  readonly Statement?: readonly (StatementShape | null)[] | null;
}

/** A policy document as parsed, with the places of its parts. */
export interface PolicySource extends PolicyPlaces {
  readonly document: DocumentShape;
}
