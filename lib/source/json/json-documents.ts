import { createScanner } from "jsonc-parser";
import type { Diagnostic } from "../../diagnostics/diagnostic";
import { Lines } from "../lines";
import type { Source } from "../source";
import { CLOSERS, CLOSING, parseJson, placesIn } from "./json-source";
import type { JsonProblem } from "./json-source";

/** One of the JSON documents of a file; places are those in the file. */
export type JsonDocument = Omit<Source, "text">;

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
  const lines = new Lines(text);
  const documents: JsonDocument[] = [];
  for (const { chunk, start } of chunksOf(text)) {
    const result = parseJson(chunk);
    if ("refused" in result) {
      const { rule, offset, length, message } = result.refused;
      const span = lines.spanOf(start + offset, start + offset + length);
      const found = { severity: "error", rule, file, span, message } as const;
      return { documents, diagnostics: [{ ...found, ...explain(result.refused, chunk) }] };
    }
    documents.push({ file, value: result.value, ...placesIn(result.root, lines, start) });
  }
  if (documents.length > 0) return { documents, diagnostics: [] };
  return refuse(
    "the file is empty",
    "write the output of the AWS CLI into it, with `--output json`",
  );
}

/** A kind of token; the library's names are not there at run time. */
const END_OF_TEXT = 17;

/** The documents of a text, separated by their brackets, each with the offset where it starts. */
function* chunksOf(text: string): Generator<{ readonly chunk: string; readonly start: number }> {
  const scanner = createScanner(text, true);
  let depth = 0;
  let from: number | undefined;
  const next = (): number => scanner.scan();
  for (let token = next(); token !== END_OF_TEXT; token = next()) {
    from ??= scanner.getTokenOffset();
    if (CLOSING.has(token)) depth += 1;
    if (!CLOSERS.has(token)) continue;
    depth -= 1;
    if (depth > 0) continue;
    const end = scanner.getTokenOffset() + scanner.getTokenLength();
    yield { chunk: text.slice(from, end), start: from };
    depth = 0;
    from = undefined;
  }
  if (from !== undefined) yield { chunk: text.slice(from), start: from };
}

/** What usually breaks JSON that people touch, in words that say what to do. */
function explain({ offset }: JsonProblem, chunk: string): Partial<Diagnostic> {
  const before = chunk.slice(0, offset);
  const after = chunk.slice(offset);
  if (/,\s*$/.test(before) && /^[}\]]/.test(after)) {
    return {
      message: "not valid JSON: there is a comma before the closing bracket",
      help: "remove the comma",
    };
  }
  const zeros = /(?:^|[\s:,[])(0)$/.exec(before);
  const digits = /^\d+/.exec(after)?.[0];
  if (zeros !== null && digits !== undefined) {
    return {
      message: "not valid JSON: a number starts with a zero",
      help: `write "0${digits}" in double quotes: an account ID is a string`,
    };
  }
  if (/^\s*$/.test(after)) {
    return {
      help: "the file ends too early: create it again, the command was probably interrupted",
    };
  }
  return {};
}
