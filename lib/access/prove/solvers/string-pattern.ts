import { MANY, ONE } from "../../../iam/condition/glob";
import type { Glob } from "../../../iam/condition/glob";
import { arnFields } from "../../../iam/condition/arn-match";
import { ANY, NOT_COLON } from "./characters";
import type { CharacterClass } from "./characters";

/** One step of a pattern: a character among some, once or any number of times. */
export interface Token {
  /** Characters that are named one by one. */
  readonly codes: readonly number[];
  /** Blocks of characters. */
  readonly set: CharacterClass;
  readonly many: boolean;
}

/** A set of strings: those that one of the alternatives spells. */
export interface StringPattern {
  readonly alternatives: readonly (readonly Token[])[];
  /** Equal for equal patterns. */
  readonly id: string;
  /** The one string of the set, where it has exactly one. */
  readonly literal: string | undefined;
}

/** The strings that any of these sequences of tokens spells. */
export function pattern(...alternatives: readonly (readonly Token[])[]): StringPattern {
  const [only = []] = alternatives;
  const single =
    alternatives.length === 1 &&
    only.every((token) => !token.many && token.set === 0 && token.codes.length === 1);
  return {
    alternatives,
    id: alternatives.map((tokens) => tokens.map(tokenId).join(" ")).join(" | "),
    literal: single ? String.fromCharCode(...only.flatMap((token) => token.codes)) : undefined,
  };
}

/** Exactly this text. */
export function text(value: string): Token[] {
  return Array.from({ length: value.length }, (_, at) => char(value.charCodeAt(at)));
}

/** This text in any case. */
export function textIgnoringCase(value: string): Token[] {
  return value.split("").map((each) => ({
    codes: [...new Set([each.toLowerCase(), each.toUpperCase()])]
      .filter((variant) => variant.length === 1 && variant.toLowerCase() === each.toLowerCase())
      .map((variant) => variant.charCodeAt(0)),
    set: 0,
    many: false,
  }));
}

/** The text that every string of a pattern begins with, as far as its tokens show it. */
export function commonPrefix({ alternatives }: StringPattern): string {
  const [first = [], ...rest] = alternatives;
  let length = 0;
  for (; length < first.length; length++) {
    const token = first[length];
    const fixed = token !== undefined && !token.many && token.set === 0 && token.codes.length === 1;
    const code = token?.codes[0];
    const shared = rest.every((other) => {
      const each = other[length];
      return (
        each?.many === false && each.set === 0 && each.codes.length === 1 && each.codes[0] === code
      );
    });
    if (!fixed || !shared) break;
  }
  return String.fromCharCode(...first.slice(0, length).flatMap((token) => token.codes));
}

/** One character of a class. */
export function one(set: CharacterClass): Token {
  return { codes: [], set, many: false };
}

/** Any number of characters of a class. */
export function many(set: CharacterClass): Token {
  return { codes: [], set, many: true };
}

/** A glob whose wildcards span a class of characters. */
export function glob(parts: Glob, set: CharacterClass = ANY): Token[] {
  return parts.map((part) => (part === MANY ? many(set) : part === ONE ? one(set) : char(part)));
}

/** An ARN pattern: wildcards span colons in the sixth field only (rule GR-21). It must have six fields. */
export function arnGlob(parts: Glob): Token[] {
  const fields = arnFields(parts) ?? [];
  return fields.flatMap((field, index) =>
    index === fields.length - 1 ? glob(field) : [...glob(field, NOT_COLON), ...text(":")],
  );
}

function char(code: number): Token {
  return { codes: [code], set: 0, many: false };
}

function tokenId(token: Token): string {
  return `${token.codes.join(",")}${token.set === 0 ? "" : `#${token.set}`}${token.many ? "*" : ""}`;
}
