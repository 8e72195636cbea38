import { createScanner } from "jsonc-parser";
import type { Diagnostic, Position, Span } from "../diagnostics/diagnostic";
import { readJson } from "./json-source";
import type { JsonPath } from "./json-source";

/** One of the JSON documents of a file. */
export interface JsonDocument {
  readonly value: unknown;
  /** The place of a value in the file; if it is missing, of the nearest value above it. */
  locate(path: JsonPath): Span;
}

/**
 * Reads a file of JSON documents one behind the other, as the outputs of several commands in one file
 * are. The first that is not JSON ends the reading: what follows it cannot be separated.
 */
export function readJsonDocuments(
  file: string,
  text: string,
): { readonly documents: readonly JsonDocument[]; readonly diagnostics: readonly Diagnostic[] } {
  const refuse = (message: string, help: string): { documents: []; diagnostics: Diagnostic[] } => ({
    documents: [],
    diagnostics: [{ severity: "error", rule: "json-syntax", file, message, help }],
  });
  if (text.includes("\u0000")) {
    return refuse(
      "the file is not UTF-8 text",
      "save it as UTF-8; in PowerShell, write `| Out-File -Encoding utf8 FILE` instead of `> FILE`",
    );
  }
  const documents: JsonDocument[] = [];
  for (const { chunk, start } of chunksOf(text)) {
    const { source, diagnostics } = readJson(file, chunk);
    if (source === undefined) {
      return { documents, diagnostics: diagnostics.map((each) => explain(each, chunk, start)) };
    }
    const { value } = source;
    documents.push({ value, locate: (path) => shift(source.locate(path), start) });
  }
  if (documents.length > 0) return { documents, diagnostics: [] };
  return refuse(
    "the file is empty",
    "write the output of the AWS CLI into it, with `--output json`",
  );
}

/** Tokens of the library, whose names are not there at run time. */
const OPENING: ReadonlySet<number> = new Set([1, 3]);
const CLOSING: ReadonlySet<number> = new Set([2, 4]);
const END_OF_TEXT = 17;

/** The documents of a text, separated by their brackets, each with the place where it starts. */
function* chunksOf(text: string): Generator<{ readonly chunk: string; readonly start: Position }> {
  const scanner = createScanner(text, true);
  const position = positions(text);
  let depth = 0;
  let from: number | undefined;
  const next = (): number => scanner.scan();
  for (let token = next(); token !== END_OF_TEXT; token = next()) {
    from ??= scanner.getTokenOffset();
    if (OPENING.has(token)) depth += 1;
    if (!CLOSING.has(token)) continue;
    depth -= 1;
    if (depth > 0) continue;
    const end = scanner.getTokenOffset() + scanner.getTokenLength();
    yield { chunk: text.slice(from, end), start: position(from) };
    depth = 0;
    from = undefined;
  }
  if (from !== undefined) yield { chunk: text.slice(from), start: position(from) };
}

/** Returns the positions of offsets that only grow. */
function positions(text: string): (offset: number) => Position {
  let line = 1;
  let lineStart = 0;
  return (offset) => {
    for (
      let at = text.indexOf("\n", lineStart);
      at >= 0 && at < offset;
      at = text.indexOf("\n", lineStart)
    ) {
      line += 1;
      lineStart = at + 1;
    }
    return { line, column: offset - lineStart + 1 };
  };
}

function shift({ start, end }: Span, by: Position): Span {
  const move = ({ line, column }: Position): Position => ({
    line: line + by.line - 1,
    column: line === 1 ? column + by.column - 1 : column,
  });
  return { start: move(start), end: move(end) };
}

/** What usually breaks JSON that people touch, in words that say what to do. */
function explain(diagnostic: Diagnostic, chunk: string, start: Position): Diagnostic {
  const { span } = diagnostic;
  if (span === undefined) return diagnostic;
  const placed = { ...diagnostic, span: shift(span, start) };
  const lines = chunk.split("\n").slice(0, span.start.line);
  const before = [...lines.slice(0, -1), lines.at(-1)?.slice(0, span.start.column - 1) ?? ""].join(
    "\n",
  );
  const after = chunk.slice(before.length);
  if (/,\s*$/.test(before) && /^[}\]]/.test(after)) {
    return {
      ...placed,
      message: "not valid JSON: there is a comma before the closing bracket",
      help: "remove the comma",
    };
  }
  const zeros = /(?:^|[\s:,[])(0)$/.exec(before);
  const digits = /^\d+/.exec(after)?.[0];
  if (zeros !== null && digits !== undefined) {
    return {
      ...placed,
      message: "not valid JSON: a number starts with a zero",
      help: `write "0${digits}" in double quotes: an account ID is a string`,
    };
  }
  if (/^\s*$/.test(after)) {
    return {
      ...placed,
      help: "the file ends too early: create it again, the command was probably interrupted",
    };
  }
  return placed;
}
