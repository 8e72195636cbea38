import { isCollection, isMap, isScalar, isSeq } from "yaml";
import type { Document, Node, YAMLError } from "yaml";
import { quoteName } from "../../diagnostics/quote";
import type { YamlProblem } from "./yaml-parse";

/** What is wrong in words of ours, and where, if not where the library says so. */
export type Explanation = Partial<Pick<YamlProblem, "start" | "end">> &
  Pick<YamlProblem, "message" | "help">;

/** Explains an error of syntax: what it means for the file, and what to type. */
export function explain(error: YAMLError, text: string, document: Document.Parsed): Explanation {
  const [start] = error.pos;
  const character = text.charAt(start);
  switch (error.code) {
    case "TAB_AS_INDENT":
      return {
        message: "a tab indents this line; YAML allows only spaces",
        help: "replace the tab with spaces",
      };
    case "BAD_INDENT":
      return error.message.startsWith("Flow")
        ? unclosed(start, text, document)
        : { ...lineSpan(text, start), message: UNEVEN, help: INDENT_HELP };
    case "MISSING_CHAR":
      return missing(error, text, document);
    case "BAD_SCALAR_START":
      return {
        message: `a text that begins with \`${character}\` must be quoted`,
        help: `write ${quoteName(`"${lineFrom(text, start)}"`)}`,
      };
    case "BAD_ALIAS":
      return {
        message: `YAML reads \`${character}\` as the begin of ${character === "&" ? "an anchor" : "an alias"}, and a name is missing`,
        help: `write ${quoteName(`"${lineFrom(text, start)}"`)} if the text is meant`,
      };
    case "BLOCK_AS_IMPLICIT_KEY":
      return hasTwin(error, document)
        ? { ...lineSpan(text, start), message: DEEPER, help: INDENT_HELP }
        : {
            message: "a second `key: value` is on the same line",
            help: "quote a text that contains `: `, or begin a new line",
          };
    case "BLOCK_IN_FLOW":
      return {
        message: "a second `key: value` has no comma before it",
        help: "put a comma between the two, or quote a text that contains `: `",
      };
    case "MULTILINE_IMPLICIT_KEY":
      return multiline(lineFrom(text, start), start);
    case "NON_STRING_KEY":
      return notText(text, start);
    case "BAD_DQ_ESCAPE":
      return {
        message: `\`${text.slice(start, start + 2)}\` means nothing within double quotes`,
        help: "write `\\\\` for a backslash, or use single quotes",
      };
    case "TAG_RESOLVE_FAILED":
      return {
        message: `YAML reads ${quoteName(lineFrom(text, start).split(" ")[0] ?? "")} as a tag, and tags have no meaning here`,
        help: "remove it, or quote the text if the `!` belongs to it",
      };
    case "KEY_OVER_1024_CHARS":
      return { message: "a key has at most 1024 characters" };
    default:
      return unexpected(error, text);
  }
}

const UNEVEN = "this line is indented unlike its neighbours";
const DEEPER = "the line below is indented deeper, but this key has a value already";
const INDENT_HELP = "let all keys of a map, and all items of a list, begin in the same column";

/** A bracket without its counterpart, at the bracket: the library notices it where the text goes on. */
function unclosed(offset: number, text: string, document: Document.Parsed): Explanation {
  const open = innermost(
    document.contents,
    offset,
    (node) =>
      isCollection(node) && node.flow === true && !/[\]}]/.test(text.charAt(endOf(node) - 1)),
  );
  const bracket = isSeq(open) ? "[" : "{";
  const closing = isSeq(open) ? "]" : "}";
  const start = open?.range?.[0] ?? offset;
  return {
    start,
    end: start + 1,
    message: `the \`${bracket}\` that opens here is not closed before the next line of its neighbours`,
    help: `close it with \`${closing}\``,
  };
}

function endOf(node: Node): number {
  return node.range?.[1] ?? 0;
}

function missing(error: YAMLError, text: string, document: Document.Parsed): Explanation {
  const { message } = error;
  const [offset] = error.pos;
  if (message.includes("quote")) {
    const open = innermost(
      document.contents,
      offset,
      (node) => isScalar(node) && isQuoted(node.type),
    );
    const start = open?.range?.[0] ?? offset;
    return {
      start,
      end: lineEnd(text, start),
      message: "the quote that opens here is never closed",
      help: `close it with \`${text.charAt(start)}\``,
    };
  }
  if (message.startsWith("Comments")) {
    return {
      message: "a space is missing before `#`",
      help: "quote the text if the `#` belongs to it",
    };
  }
  if (message.includes("map values")) {
    return {
      message: "a colon is missing after the key",
      help: `write ${quoteName(`${lineFrom(text, offset)}:`)}`,
    };
  }
  if (message.startsWith("Missing ,")) {
    return { message: "a comma is missing before this", help: "put a comma between the items" };
  }
  return { message: inWords(message) };
}

/** Whether the library complains about the same place for its lines, too. */
function hasTwin({ pos: [start] }: YAMLError, document: Document.Parsed): boolean {
  return document.errors.some(
    ({ code, pos }) => code === "MULTILINE_IMPLICIT_KEY" && pos[0] === start,
  );
}

function multiline(line: string, start: number): Explanation {
  const glued = /^([\w-]+):(?=\S)/.exec(line)?.[1];
  if (glued !== undefined) {
    const rest = line.slice(glued.length + 1);
    return {
      start,
      end: start + glued.length + 1,
      message: "a space is missing after the colon",
      help: `write ${quoteName(`${glued}: ${rest}`)}`,
    };
  }
  const place = { start, end: start + line.length };
  if (/^["']/.test(line)) return { ...place, message: "a key must be on one line" };
  return line.includes(":")
    ? { ...place, message: DEEPER, help: INDENT_HELP }
    : {
        ...place,
        message: "a colon is missing after the key",
        help: `write ${quoteName(`${line}:`)}`,
      };
}

function notText(text: string, start: number): Explanation {
  const placeholder = /^\{\{[^{}\n]*\}\}[^\n#,\]}]*/.exec(text.slice(start - 1, start + 200))?.[0];
  if (placeholder === undefined) return { message: "a key must be a text" };
  return {
    start: start - 1,
    end: start - 1 + placeholder.trimEnd().length,
    message: "a text that begins with `{{` must be quoted; otherwise YAML reads maps",
    help: `write ${quoteName(`"${placeholder.trimEnd()}"`)}`,
  };
}

function unexpected(error: YAMLError, text: string): Explanation {
  const [start] = error.pos;
  const { message } = error;
  if (message.includes("at node end")) {
    return {
      message: "a value has ended before this",
      help: "put the whole value in quotes, or begin a new line",
    };
  }
  if (message.startsWith("Block scalar header")) {
    const from = text.lastIndexOf("\n", start) + 1;
    const begin = from + Math.max(0, text.slice(from, start + 1).search(/[|>]/));
    return {
      start: begin,
      end: begin + 1,
      message: `a text that begins with \`${text.charAt(begin)}\` must be quoted`,
      help: `write ${quoteName(`"${lineFrom(text, begin)}"`)}`,
    };
  }
  if (message.startsWith("Unexpected ,")) {
    return { message: "this comma has no item before it", help: "remove the comma" };
  }
  return { message: inWords(message) };
}

/** The innermost node of a kind that holds an offset, or ends there. */
function innermost(
  node: Node | null | undefined,
  offset: number,
  fits: (node: Node) => boolean,
): Node | undefined {
  if (!node?.range || node.range[0] > offset || node.range[2] < offset) return undefined;
  const children: unknown[] = isSeq(node)
    ? node.items
    : isMap(node)
      ? node.items.flatMap((pair) => [pair.key, pair.value])
      : [];
  for (const child of children.reverse()) {
    const found = innermost(child as Node | null, offset, fits);
    if (found !== undefined) return found;
  }
  return fits(node) ? node : undefined;
}

function isQuoted(type: string | undefined): boolean {
  return type === "QUOTE_DOUBLE" || type === "QUOTE_SINGLE";
}

/** What is on the line of an offset, without its indentation. */
function lineSpan(text: string, offset: number): { start: number; end: number } {
  const begin = text.lastIndexOf("\n", offset - 1) + 1;
  const end = lineEnd(text, offset);
  const indent = text.slice(begin, end).search(/\S/);
  return { start: begin + Math.max(0, indent), end };
}

/** What is on a line from an offset on, without a comment. */
function lineFrom(text: string, offset: number): string {
  const end = Math.min(lineEnd(text, offset), offset + 200);
  return text
    .slice(offset, end)
    .replace(/\s+#.*$/, "")
    .trimEnd();
}

function inWords(message: string): string {
  return `not valid YAML: ${message.charAt(0).toLowerCase()}${message.slice(1).replace(/"/g, "`")}`;
}

/** Where the line of an offset ends. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end;
}
