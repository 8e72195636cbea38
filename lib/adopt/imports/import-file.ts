/**
 * Whether the text of a Terraform file holds import blocks and nothing else: an address and a plain text
 * as ID each, and comments. Such a file says what already exists, and creates and grants nothing.
 */
export function isImportFile(text: string): boolean {
  const rest = text.replaceAll("\r\n", "\n").replaceAll(BLOCK, "\n");
  return rest.split("\n").every((line) => BLANK_OR_COMMENT.test(line));
}

const ADDRESS = String.raw`[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*`;
/** Without escapes but those of a quote and a backslash, and without `${` and `%{`, which are expressions. */
const TEXT = String.raw`"(?:[^"\\\n$%]|\\["\\]|[$%](?!\{))*"`;
const BLOCK = new RegExp(String.raw`^import \{\n *to *= *${ADDRESS}\n *id *= *${TEXT}\n\}$`, "gm");
const BLANK_OR_COMMENT = /^[ \t]*(?:#.*|\/\/.*)?$/;
